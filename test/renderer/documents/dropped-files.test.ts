// @vitest-environment happy-dom
import { expect, test } from 'vitest'

import { offeredByDrop, offeredByInput } from '../../../src/renderer/views/documents/dropped-files.ts'

const fileEntry = (fullPath: string) => ({
  isFile: true,
  isDirectory: false,
  fullPath,
  file: (found: (file: File) => void) => found(new File(['x'], fullPath.split('/').at(-1) ?? '')),
})

/** A folder whose reader tells its entries in batches. */
const folderEntry = (fullPath: string, batches: readonly (readonly unknown[])[]) => ({
  isFile: false,
  isDirectory: true,
  fullPath,
  createReader() {
    const left = [...batches]
    return { readEntries: (found: (batch: readonly unknown[]) => void) => found(left.shift() ?? []) }
  },
})

const dropOf = (entries: readonly unknown[]): DataTransferItem[] =>
  entries.map((entry) => ({ webkitGetAsEntry: () => entry }) as DataTransferItem)

test('a dropped folder gives every file in it, batch by batch, with its path', async () => {
  const offered = await offeredByDrop(
    dropOf([
      folderEntry('/規程', [
        [fileEntry('/規程/就業.txt'), folderEntry('/規程/旧', [[fileEntry('/規程/旧/就業.txt')]])],
        [fileEntry('/規程/購買.md')],
      ]),
      fileEntry('/memo.txt'),
      null,
    ]),
  )
  expect(offered.map(({ name }) => name)).toEqual([
    'memo.txt',
    '規程/就業.txt',
    '規程/旧/就業.txt',
    '規程/購買.md',
  ])
})

test('a file that cannot be opened fails the drop', async () => {
  const broken = {
    ...fileEntry('/gone.txt'),
    file: (_: unknown, failed: (error: Error) => void) => failed(new Error('gone')),
  }
  await expect(offeredByDrop(dropOf([broken]))).rejects.toThrow('gone')
})

test('chosen files keep the path inside a chosen folder', () => {
  const inside = new File(['x'], 'b.txt')
  Object.defineProperty(inside, 'webkitRelativePath', { value: 'folder/b.txt' })
  expect(offeredByInput([inside, new File(['x'], 'a.txt')]).map(({ name }) => name)).toEqual([
    'a.txt',
    'folder/b.txt',
  ])
})
