import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { folderDigest, readDocumentNamed, surveyDocuments } from '../../../src/engine/documents/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { failureOf } from '../../fixtures/app-error.ts'

const ctx = quietContext()
let folder: string
const put = (name: string, content: string): Promise<void> => writeFile(join(folder, name), content)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-survey-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('tells what a folder holds even where nothing can be read', async () => {
  await put('drawing.dwg', 'AC1032')
  await put('empty.txt', '')
  const { documents, skipped } = await surveyDocuments(folder, ctx)
  expect(documents).toEqual([])
  expect(skipped.map(({ name, error }) => [name, error.code])).toEqual([
    ['drawing.dwg', 'documents/unsupported-type'],
    ['empty.txt', 'documents/empty'],
  ])
})

describe('readDocumentNamed', () => {
  it('reads one document, found by its name in NFC', async () => {
    const decomposed = 'か\u3099いど.txt'
    await put(decomposed, 'ガイドの本文')
    const { name, text } = await readDocumentNamed(folder, decomposed.normalize('NFC'), ctx)
    expect([name, text]).toEqual(['が\u3044ど.txt', 'ガイドの本文'])
  })

  it('tells why a document cannot be read, and reads nothing outside the folder', async () => {
    await put('drawing.dwg', 'AC1032')
    await put('garbled.txt', '')
    expect(await failureOf(() => readDocumentNamed(folder, 'drawing.dwg', ctx))).toEqual({
      code: 'documents/unsupported-type',
      params: { name: 'drawing.dwg', type: '.dwg' },
    })
    expect(await failureOf(() => readDocumentNamed(folder, 'garbled.txt', ctx))).toEqual({
      code: 'documents/empty',
      params: { name: 'garbled.txt' },
    })
    for (const name of ['../secret.txt', '/etc/hostname', 'gone.txt']) {
      expect(await failureOf(() => readDocumentNamed(folder, name, ctx))).toEqual({
        code: 'file/not-found',
        params: { path: join(folder, name) },
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
  await put('c.dwg', 'AC1032')
  const skipped = await digest()
  await rm(join(folder, 'b.txt'))
  const removed = await digest()
  expect(new Set([first, touched, longer, added, skipped, removed]).size).toBe(6)
})
