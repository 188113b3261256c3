import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, expect, it } from 'vitest'

import {
  corpusOverview,
  type DocumentsInput,
  documentsOverview,
  documentText,
  Surveys,
} from '../../../../src/engine/index.ts'
import { sha256 } from '../../../../src/engine/kernel/files.ts'
import { quietContext } from '../../../../src/engine/kernel/run-context.ts'
import type { DocumentEntry } from '../../../../src/shared/contract/documents.ts'
import {
  type CorpusSettings,
  DEFAULT_CORPUS_SETTINGS,
  type DocumentHealth,
} from '../../../../src/shared/documents.ts'
import type { Progress } from '../../../../src/shared/job.ts'
import { failureOf } from '../../../fixtures/app-error.ts'
import { encoded } from '../../documents/encoded.ts'

const PROSE = '出張旅費規程　第1条（目的）この規程は、従業員が出張する場合の旅費を定める。'

let folder: string
async function put(name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true })
  await writeFile(join(folder, name), content)
}

const healthy: DocumentHealth = {
  unreadable: 0,
  mojibake: 0,
  pagesWithoutText: 0,
  ocr: null,
  formulasWithoutResult: 0,
  macros: false,
  sensitive: [],
}

const entry = (fields: Partial<DocumentEntry> & { readonly name: string }): Partial<DocumentEntry> => ({
  file: fields.name,
  encoding: 'utf-8',
  format: 'text',
  language: 'ja',
  pages: null,
  duplicateOf: null,
  nearDuplicate: null,
  health: healthy,
  steps: [],
  problem: null,
  ...fields,
})
const unread = {
  state: 'skipped',
  format: null,
  encoding: null,
  bytes: null,
  characters: null,
  language: null,
  health: null,
} as const

let texts: string
const input = (corpus: Partial<CorpusSettings> = {}): DocumentsInput => ({
  folder,
  surveys: new Surveys(texts),
  corpus: { ...DEFAULT_CORPUS_SETTINGS, ...corpus },
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-overview-'))
  texts = `${folder}-texts`
})
afterEach(async () => {
  for (const path of [folder, texts]) await rm(path, { recursive: true, force: true })
})

it('tells of every file what an evaluation would make of it', async () => {
  const sjis = encoded(PROSE, 'SJIS')
  const long = PROSE.repeat(20)
  const damaged = `${long}\ufffd`
  await put('規程/a.txt', sjis)
  await put('copy.md', `\ufeff${PROSE}  \r\n`)
  await put('damaged.txt', damaged)
  await put('blank.txt', '\ufffe\ufffe')
  await put('drawing.dwg', Buffer.from('AC1032\0\0\0\0\u0001\u0002\u0003', 'latin1'))
  await put('left out.txt', '評価に使わない文書です。')
  await put('.hidden.txt', PROSE)
  const progress: Progress[] = []
  const choices = input({ excluded: ['left out.txt'] })
  const overview = await documentsOverview(choices, { ...quietContext(), report: (p) => progress.push(p) })
  expect(overview).toEqual({
    folder,
    documents: [
      entry({
        name: 'blank.txt',
        ...unread,
        problem: { code: 'documents/empty', params: { name: 'blank.txt' } },
      }),
      entry({
        name: 'copy.md',
        state: 'ready',
        format: 'markdown',
        bytes: Buffer.byteLength(PROSE) + 7,
        characters: PROSE.length,
        steps: expect.arrayContaining(['line-ends', 'trailing-spaces', 'surrounding-blank-lines']),
      }),
      entry({
        name: 'damaged.txt',
        state: 'damaged',
        bytes: Buffer.byteLength(damaged),
        characters: damaged.length,
        health: { ...healthy, unreadable: 1 },
      }),
      entry({
        name: 'drawing.dwg',
        ...unread,
        problem: { code: expect.stringMatching(/^documents\//), params: expect.anything() },
      }),
      entry({ name: 'left out.txt', state: 'excluded', bytes: 36, characters: 12 }),
      entry({
        name: '規程/a.txt',
        state: 'duplicate',
        encoding: 'shift_jis',
        bytes: sjis.length,
        characters: PROSE.length,
        duplicateOf: 'copy.md',
      }),
    ],
    characters: PROSE.length + damaged.length,
    sha256: sha256([sha256(PROSE), sha256(damaged)].sort().join('\n')),
  })
  expect(progress.at(-1)).toMatchObject({ kind: 'documents', unit: 'bytes', fraction: 1 })
  expect(await documentText(input(), 'copy.md', quietContext())).toEqual({
    name: 'copy.md',
    text: PROSE,
    pageStarts: [],
    sensitive: [],
  })
})

it('points out what a text should perhaps not hold', async () => {
  await put('a.txt', '連絡先は yamada@example.co.jp です。')
  const { text, sensitive } = await documentText(input(), 'a.txt', quietContext())
  expect(sensitive.map(({ kind, from, to }) => [kind, text.slice(from, to)])).toEqual([
    ['mail-address', 'yamada@example.co.jp'],
  ])
})

it('drops near-copies or keeps them, and names them either way', async () => {
  const article = (number: number): string =>
    `第${number}条 この規程の第${number * 7 + 3}項は、${number * 13}件の点検と${number * 31}件の記録について定める。`
  const rules = Array.from({ length: 60 }, (_, index) => article(index + 1)).join('\n')
  await put('第一版.txt', rules)
  await put('第二版.txt', `${rules}\n附則 この規程は四月一日から施行する。`)
  const near = { of: '第二版.txt', similarity: expect.closeTo(0.98, 1) }
  const states = async (corpus: Partial<CorpusSettings>): Promise<unknown> =>
    (await documentsOverview(input(corpus), quietContext())).documents.map((document) => [
      document.name,
      document.state,
      document.nearDuplicate,
    ])
  expect(await states({})).toEqual([
    ['第一版.txt', 'near-duplicate', near],
    ['第二版.txt', 'ready', null],
  ])
  expect(await states({ nearDuplicates: 'keep' })).toEqual([
    ['第一版.txt', 'ready', near],
    ['第二版.txt', 'ready', null],
  ])
})

it('does not read what was deleted from the project', async () => {
  await put('a.txt', PROSE)
  const forgotten = input({ forgotten: ['a.txt'] })
  expect(await documentsOverview(forgotten, quietContext())).toMatchObject({
    documents: [{ name: 'a.txt', state: 'forgotten', problem: null }],
    characters: 0,
    sha256: null,
  })
  expect(await failureOf(() => documentText(forgotten, 'a.txt', quietContext()))).toEqual({
    code: 'documents/forgotten',
    params: { name: 'a.txt' },
  })
  await expect(readdir(texts)).rejects.toMatchObject({ code: 'ENOENT' })
})

it('counts what was deleted from the project apart from what cannot be read', async () => {
  await put('a.txt', PROSE)
  await put('b.txt', `${PROSE}です`)
  await put('空.txt', '')
  const settings = { ...input({ forgotten: ['a.txt'] }), seed: 1, models: [] }
  expect(await corpusOverview(settings, new Map(), quietContext())).toMatchObject({
    documents: 1,
    leftOut: { excluded: 0, duplicate: 0, nearDuplicate: 0, skipped: 1, forgotten: 1 },
  })
})

it('tells of every part that cannot be read in which file it lies', async () => {
  const parts = { '良.txt': strToU8(PROSE), '見積/空.txt': new Uint8Array(0) }
  await put('書類/束.zip', zipSync(parts))
  const { documents } = await documentsOverview(input(), quietContext())
  expect(documents.map(({ name, file, state }) => [name, file, state])).toEqual([
    ['書類/束.zip/良.txt', '書類/束.zip', 'ready'],
    ['書類/束.zip/見積/空.txt', '書類/束.zip', 'skipped'],
  ])
})

it('lists files of which none can be read, and an empty folder', async () => {
  const nothing = { folder, documents: [], characters: 0, sha256: null }
  expect(await documentsOverview(input(), quietContext())).toEqual(nothing)
  await put('a.pdf.txt', '%PDF-1.7')
  expect(await documentsOverview(input(), quietContext())).toEqual({
    ...nothing,
    documents: [
      entry({
        name: 'a.pdf.txt',
        ...unread,
        problem: { code: 'documents/damaged', params: expect.objectContaining({ type: 'PDF' }) },
      }),
    ],
  })
})

it('tells that there is no folder, and stops when cancelled', async () => {
  const gone = { ...input(), folder: join(folder, 'gone') }
  expect(await failureOf(() => documentsOverview(gone, quietContext()))).toEqual({
    code: 'file/not-found',
    params: { path: gone.folder },
  })
  await put('a.txt', PROSE)
  const aborted = AbortSignal.abort()
  await expect(documentsOverview(input(), quietContext(aborted))).rejects.toBe(aborted.reason)
})

it('reads again what was taken from the store after the survey, whoever asks and however many at once', async () => {
  await put('a.txt', PROSE)
  await put('b.txt', `${PROSE}${'別の条文を定める。'.repeat(20)}`)
  const settings = { ...input(), seed: 1, models: [] }
  const whole = await documentsOverview(settings, quietContext())
  const corpus = await corpusOverview(settings, new Map(), quietContext())
  const damage: ((path: string) => Promise<void>)[] = [
    async (path) => await rm(path),
    async (path) => await writeFile(path, ''),
    async (path) => await writeFile(path, (await readFile(path)).subarray(0, -4)),
  ]
  for (const spoil of damage) {
    const sketches = (await readdir(texts, { recursive: true })).filter((name) => name.endsWith('.sketch'))
    expect(sketches).toHaveLength(2)
    for (const name of sketches) await spoil(join(texts, name))
    const again = await Promise.all([
      documentsOverview(settings, quietContext()),
      corpusOverview(settings, new Map(), quietContext()),
      documentsOverview(settings, quietContext()),
    ])
    expect(again).toEqual([whole, corpus, whole])
  }
})

it('leaves out what was deleted after the survey, with its texts', async () => {
  await put('a.txt', PROSE)
  await put('b.txt', `${PROSE}${'別の条文を定める。'.repeat(20)}`)
  const settings = input()
  await documentsOverview(settings, quietContext())
  await rm(join(folder, 'b.txt'))
  await rm(texts, { recursive: true })
  const { documents } = await documentsOverview(settings, quietContext())
  expect(documents.map(({ name }) => name)).toEqual(['a.txt'])
})
