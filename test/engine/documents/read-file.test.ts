import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { DEFAULT_LIMITS } from '../../../src/engine/documents/index.ts'
import { type FileReading, readFile } from '../../../src/engine/documents/read-file.ts'
import { readerOf } from '../../../src/engine/documents/read-format.ts'
import { TextStore } from '../../../src/engine/documents/text-store.ts'
import { failureOf } from '../../fixtures/app-error.ts'

vi.mock(import('../../../src/engine/documents/read-format.ts'), { spy: true })

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-read-file-'))
  path = join(folder, 'a.txt')
  await writeFile(path, '出張旅費規程')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const texts = (): TextStore => new TextStore(join(folder, 'texts'))
const read = (store = texts()): Promise<FileReading> =>
  readFile({ path, name: 'a.txt', limits: DEFAULT_LIMITS, ocr: false }, store, () => {})
const throwing = (error: Error): void => {
  vi.mocked(readerOf).mockResolvedValueOnce(() => {
    throw error
  })
}

it('leaves nothing of a file that is deleted while it is read', async () => {
  class Slow extends TextStore {
    override async keep(...kept: Parameters<TextStore['keep']>): Promise<void> {
      await rm(path)
      // Deletion looks for the texts before they are there.
      await this.forget([path])
      await super.keep(...kept)
    }
  }
  const store = new Slow(join(folder, 'texts'))
  expect(await failureOf(() => read(store))).toEqual({ code: 'file/not-found', params: { path: 'a.txt' } })
  await writeFile(path, '別の文書')
  await read()
  await rm(path)
  await texts().forget([path])
  expect(await readdir(join(folder, 'texts'), { recursive: true })).toEqual([])
})

it('calls a file damaged that a parser fails on, by its kind', async () => {
  throwing(new RangeError('Offset is outside the bounds of the DataView'))
  expect((await read()).skipped).toEqual([
    {
      inside: '',
      code: 'documents/damaged',
      params: { type: 'TEXT', part: 'Offset is outside the bounds of the DataView' },
    },
  ])
})

it('does not keep a failure of the machine as if the file were damaged', async () => {
  throwing(Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' }))
  await expect(read()).rejects.toThrow('EMFILE')
  expect((await read()).documents).toHaveLength(1)
})
