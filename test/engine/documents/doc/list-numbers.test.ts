import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { readDoc } from '../../../../src/engine/documents/doc/read-doc.ts'
import { readerInput } from '../plain/reader-input.ts'

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'documents', 'doc')

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
