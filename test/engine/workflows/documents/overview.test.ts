import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { documentsOverview, documentText } from '../../../src/engine/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import type { DocumentEntry } from '../../../src/shared/contract/documents.ts'
import type { Progress } from '../../../src/shared/job.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import { encoded } from '../documents/encoded.ts'

const PROSE = '出張旅費規程　第1条（目的）この規程は、従業員が出張する場合の旅費を定める。'

let folder: string
async function put(name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true })
  await writeFile(join(folder, name), content)
}

const entry = (fields: Partial<DocumentEntry>): Partial<DocumentEntry> => ({
  encoding: 'utf-8',
  format: 'text',
  language: 'ja',
  brokenCharacters: 0,
  duplicateOf: null,
  problem: null,
  ...fields,
})
const unread = { format: null, encoding: null, bytes: null, characters: null, language: null } as const

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-overview-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('tells of every file what an evaluation would make of it', async () => {
  const sjis = encoded(PROSE, 'SJIS')
  const long = PROSE.repeat(20)
  const damaged = `${long}\ufffd`
  await put('規程/a.txt', sjis)
  await put('copy.md', `\ufeff${PROSE}  \r\n`)
  await put('damaged.txt', damaged)
  await put('blank.txt', '\ufffe\ufffe')
  await put('drawing.dwg', 'AC1032')
  await put('.hidden.txt', PROSE)
  const progress: Progress[] = []
  const overview = await documentsOverview(folder, { ...quietContext(), report: (p) => progress.push(p) })
  expect(overview).toEqual({
    folder,
    documents: [
      entry({ name: 'blank.txt', state: 'blank', bytes: 6, characters: 0, language: null }),
      entry({
        name: 'copy.md',
        state: 'ready',
        format: 'markdown',
        bytes: Buffer.byteLength(PROSE) + 7,
        characters: PROSE.length,
      }),
      entry({
        name: 'damaged.txt',
        state: 'damaged',
        bytes: Buffer.byteLength(damaged),
        characters: damaged.length,
        brokenCharacters: 1,
      }),
      entry({
        name: 'drawing.dwg',
        state: 'skipped',
        ...unread,
        problem: { code: 'documents/unsupported-type', params: { name: 'drawing.dwg', type: '.dwg' } },
      }),
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
  })
  expect(progress.at(-1)).toMatchObject({ kind: 'documents', done: 4, total: 4, fraction: 1 })
  expect(await documentText(folder, 'copy.md', quietContext())).toBe(PROSE)
})

it('lists files of which none can be read, and an empty folder', async () => {
  expect(await documentsOverview(folder, quietContext())).toEqual({ folder, documents: [], characters: 0 })
  await put('a.pdf.txt', '%PDF-1.7')
  expect(await documentsOverview(folder, quietContext())).toEqual({
    folder,
    documents: [
      entry({
        name: 'a.pdf.txt',
        state: 'skipped',
        ...unread,
        problem: { code: 'documents/not-text', params: { name: 'a.pdf.txt', type: 'PDF' } },
      }),
    ],
    characters: 0,
  })
})

it('tells that there is no folder, and stops when cancelled', async () => {
  const gone = join(folder, 'gone')
  expect(await failureOf(() => documentsOverview(gone, quietContext()))).toEqual({
    code: 'file/not-found',
    params: { path: gone },
  })
  await put('a.txt', PROSE)
  const aborted = AbortSignal.abort()
  await expect(documentsOverview(folder, quietContext(aborted))).rejects.toBe(aborted.reason)
})
