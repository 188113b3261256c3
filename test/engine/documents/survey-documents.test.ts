import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  folderDigest,
  readDocumentNamed,
  type ReadingChoices,
  surveyDocuments,
} from '../../../src/engine/documents/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { failureOf } from '../../fixtures/app-error.ts'

const ctx = quietContext()
let folder: string
const SEVEN_ZIP = Buffer.from('377abcaf271c0004', 'hex')
const put = (name: string, content: string | Uint8Array): Promise<void> =>
  writeFile(join(folder, name), content)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-survey-'))
})
afterEach(async () => {
  for (const path of [folder, `${folder}-texts`]) await rm(path, { recursive: true, force: true })
})
const choices = (): ReadingChoices => ({ store: `${folder}-texts` })

it('tells what a folder holds even where nothing can be read', async () => {
  await put('archive.7z', SEVEN_ZIP)
  await put('empty.txt', '')
  const { documents, skipped } = await surveyDocuments(folder, choices(), ctx)
  expect(documents).toEqual([])
  expect(skipped.map(({ name, error }) => [name, error.code])).toEqual([
    ['archive.7z', 'documents/unsupported-type'],
    ['empty.txt', 'documents/empty'],
  ])
})

describe('readDocumentNamed', () => {
  it('reads one document, found by its name in NFC', async () => {
    const decomposed = 'か\u3099いど.txt'
    await put(decomposed, 'ガイドの本文')
    const name = decomposed.normalize('NFC')
    expect(await readDocumentNamed(folder, name, choices(), ctx)).toEqual({
      text: 'ガイドの本文',
      pageStarts: [],
    })
  })

  it('tells why a document cannot be read, and reads nothing outside the folder', async () => {
    await put('archive.7z', SEVEN_ZIP)
    await put('garbled.txt', '')
    expect(await failureOf(() => readDocumentNamed(folder, 'archive.7z', choices(), ctx))).toEqual({
      code: 'documents/unsupported-type',
      params: { name: 'archive.7z', type: '7z' },
    })
    expect(await failureOf(() => readDocumentNamed(folder, 'garbled.txt', choices(), ctx))).toEqual({
      code: 'documents/empty',
      params: { name: 'garbled.txt' },
    })
    for (const name of ['../secret.txt', '/etc/hostname', 'gone.txt']) {
      expect(await failureOf(() => readDocumentNamed(folder, name, choices(), ctx))).toEqual({
        code: 'documents/not-found',
        params: { name, path: folder },
      })
    }
  })
})

it('changes the digest of a folder with every change of its files, and only then', async () => {
  await put('a.txt', '本文')
  const digest = (): Promise<string> => folderDigest(folder, ctx.signal)
  const first = await digest()
  expect(await digest()).toBe(first)

  await utimes(join(folder, 'a.txt'), new Date(1e12), new Date(1e12))
  const touched = await digest()
  await put('a.txt', '本文とその続き')
  const longer = await digest()
  await put('b.txt', '別の本文')
  const added = await digest()
  await put('c\nd.txt', '本文')
  const skipped = await digest()
  await rm(join(folder, 'b.txt'))
  const removed = await digest()
  expect(new Set([first, touched, longer, added, skipped, removed]).size).toBe(6)
})
