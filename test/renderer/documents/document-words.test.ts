import { describe, expect, test } from 'vitest'

import { createFormatter } from '../../../src/renderer/format.ts'
import { createI18n } from '../../../src/renderer/i18n.ts'
import { WARNINGS, warningsOf } from '../../../src/renderer/views/documents/document-warnings.ts'
import {
  explain,
  isDrawable,
  markOf,
  pageUnitOf,
  placeOf,
  problemOf,
  reasonOf,
} from '../../../src/renderer/views/documents/document-words.ts'
import { documentsErrors } from '../../../src/shared/messages/errors-documents.ts'
import { entry, forgotten, HEALTHY, skipped } from './document-entries.ts'

const { t } = createI18n('ja').global
const format = createFormatter('ja')

const TROUBLED = entry('a.pdf', {
  format: 'pdf',
  nearDuplicate: { of: 'b.pdf', similarity: 0.947 },
  health: {
    unreadable: 1200,
    mojibake: 0.034,
    pagesWithoutText: 2,
    ocr: { pages: 3, confidence: 0.918 },
    formulasWithoutResult: 3,
    macros: true,
    sensitive: [
      { kind: 'telephone', count: 3 },
      { kind: 'private-key', count: 1 },
      { kind: 'my-number', count: 1 },
    ],
  },
})

test('a document that is fine is not warned of', () => {
  expect(warningsOf(entry('a.txt'))).toEqual([])
  expect(warningsOf(skipped('a.bin'))).toEqual([])
})

test('each warning is marked with the number that matters', () => {
  expect(warningsOf(TROUBLED)).toEqual(WARNINGS)
  expect(WARNINGS.map((warning) => markOf(TROUBLED, warning, t, format))).toEqual([
    '読めない文字 1,200',
    '文字化けの疑い 3.4 %',
    '文字のないページ 2',
    '計算結果のない数式 3',
    '文字認識 92 %',
    '秘密情報 1',
    '個人情報 4',
    'マクロ',
    'ほぼ同じ文書 95 %',
  ])
})

test('an estimated similarity is never shown as certainty', () => {
  const alike = entry('a.txt', { nearDuplicate: { of: 'b.txt', similarity: 1 } })
  expect(markOf(alike, 'near-duplicate', t, format)).toBe('ほぼ同じ文書 99 %')
  expect(explain(alike, 'near-duplicate', t, format)).toContain('類似度の推計 99 %')
})

test('and explained in a sentence, the kinds of sensitive passages with their counts', () => {
  expect(explain(TROUBLED, 'personal', t, format)).toContain('電話番号 3 件、マイナンバー 1 件と思われる箇所')
  expect(explain(TROUBLED, 'secrets', t, format)).toContain('秘密鍵 1 件と思われる箇所')
  expect(explain(TROUBLED, 'near-duplicate', t, format)).toBe(
    '「b.pdf」とほぼ同じ内容です（類似度の推計 95 %）。',
  )
  expect(explain(TROUBLED, 'ocr', t, format)).toContain(
    '3 ページの文字は画像から認識したもので、確からしさは 92 %',
  )
})

test('a document in an archive or a mail is told with what holds it', () => {
  expect(placeOf(entry('mails/a.eml/図面.pdf', { file: 'mails/a.eml' }))).toEqual({
    name: '図面.pdf',
    container: 'mails/a.eml',
  })
  expect(placeOf(entry('mails/a.txt'))).toEqual({ name: 'mails/a.txt', container: null })
})

test('each reason for which a document can be skipped has few words of its own', () => {
  const notOfDocuments = [
    'not-a-folder',
    'not-a-file',
    'none',
    'too-many',
    'text-gone',
    'forgotten',
    'not-drawn',
    'not-found',
  ]
  const wordless = Object.keys(documentsErrors)
    .map((code) => code as keyof typeof documentsErrors)
    .filter((code) => reasonOf(code, t) === t('documents.reason.other'))
  expect(wordless.map((code) => code.slice('documents/'.length)).sort()).toEqual(notOfDocuments.sort())
  expect([reasonOf('documents/encrypted', t), reasonOf('file/unreadable', t)]).toEqual([
    'パスワード付き',
    '開けない',
  ])
})

test('pages are called what they are, and only PDF and pictures can be drawn', () => {
  const units = (['pdf', 'pptx', 'xlsx', 'ods', 'odp'] as const).map((of) => pageUnitOf({ format: of }))
  expect(units).toEqual(['page', 'slide', 'sheet', 'sheet', 'slide'])
  expect((['pdf', 'image', 'docx'] as const).map((of) => isDrawable(entry('a', { format: of })))).toEqual([
    true,
    true,
    false,
  ])
})

describe('what a state means', () => {
  test('is said where something is to be known', () => {
    expect(problemOf(entry('a.txt'), t)).toBe(null)
    expect(problemOf(entry('a.txt', { state: 'duplicate', duplicateOf: 'b.txt' }), t)).toContain(
      '「b.txt」と同じ内容のため',
    )
    expect(problemOf(entry('a.txt', { state: 'excluded', health: HEALTHY }), t)).toContain('評価に戻す')
    expect(problemOf(forgotten('a.txt'), t)).toContain('元のファイルは残っています。「評価に戻す」')
    expect(problemOf(entry('a.txt', { state: 'near-duplicate' }), t)).toContain('コーパスの設定')
  })

  test('is left to the error where there is one', () => {
    expect(problemOf(skipped('a.dwg'), t)).toBe(null)
    expect(problemOf(skipped('a.dwg', { problem: null }), t)).toContain('読み取れなかったため')
  })
})
