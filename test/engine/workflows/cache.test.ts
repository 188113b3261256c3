import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { clearCache, graphCache, measureCache, textCache } from '../../../src/engine/index.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'soroban-cache-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

it('measures and clears compiled graphs and texts of documents, and nothing else', async () => {
  const folder = join(home, 'cache')
  const empty = { folder, bytes: 0, files: 0 }
  expect(await measureCache(home)).toEqual(empty)
  const entry = join(graphCache(home), 'entry')
  await mkdir(join(entry, 'deep'), { recursive: true })
  await writeFile(join(entry, 'weights.bin'), Buffer.alloc(1000))
  await writeFile(join(entry, 'deep', 'score.onnx'), Buffer.alloc(20))
  await mkdir(textCache(home))
  await writeFile(join(textCache(home), '0.txt'), Buffer.alloc(4))
  await writeFile(join(home, 'settings.json'), '{}')
  expect(await measureCache(home)).toEqual({ folder, bytes: 1024, files: 3 })
  expect(await clearCache(home)).toEqual(empty)
  expect((await stat(join(home, 'settings.json'))).size).toBe(2)
  expect(await clearCache(home)).toEqual(empty)
})
