import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { readDoc } from '../../../../src/engine/documents/doc/read-doc.ts'
import { readerInput } from '../plain/reader-input.ts'

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'documents', 'doc')

test('shows numbers in the formats of East Asia', async () => {
  const { text } = await readDoc(readerInput('numbers.doc', await readFile(join(FIXTURES, 'numbers.doc'))))
  // As LibreOffice shows the same lists.
  expect(text?.split('\n')).toEqual([
    '(23rd) ordinal',
    '(二十三) japaneseCounting',
    '(ｷ) aiueo',
    '(ﾄ) iroha',
    '(参) japaneseLegal',
    '(㉑) decimalEnclosedCircle',
    '(ン) aiueoFullWidth',
    '(ス) irohaFullWidth',
    '(07) decimalZero',
    '(다) ganada',
    '(ㄷ) chosung',
    '(丁) ideographTraditional',
    '(亥) ideographZodiac',
    '(貳拾參) ideographLegalTraditional',
    '(贰拾叁) chineseLegalSimplified',
    '(일영) koreanDigital',
    '(이십삼) koreanCounting',
    '(스물셋) koreanLegal',
    '(一零) koreanDigital2',
    '(BB) upperLetter',
    '(xiv) lowerRoman',
  ])
})

test('shows the numbers of lists, of headings by their styles too', async () => {
  const { text } = await readDoc(readerInput('lists.doc', await readFile(join(FIXTURES, 'lists.doc'))))
  expect(text?.split('\n')).toEqual([
    '第1章 総則',
    '1.1 目的',
    'この規程は、目的を定める。',
    '1.2 用語',
    '① 申請',
    '（ア） 書式',
    '（イ） 期限',
    '② 承認',
    '（ア） 再び書式',
    '第2章 運用',
    '2.1 期間',
    '番号なし',
    'I)first',
    'II)second',
    'V)fifth',
    '終わり',
  ])
})
