import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { clearGraphCache, graphCache, measureGraphCache } from '../../../src/engine/index.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'soroban-cache-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

it('measures and clears the compiled graphs and nothing else', async () => {
  const folder = graphCache(home)
  const empty = { folder, bytes: 0, files: 0 }
  expect(await measureGraphCache(home)).toEqual(empty)
  await mkdir(join(folder, 'entry', 'deep'), { recursive: true })
  await writeFile(join(folder, 'entry', 'weights.bin'), Buffer.alloc(1000))
  await writeFile(join(folder, 'entry', 'deep', 'score.onnx'), Buffer.alloc(24))
  await writeFile(join(home, 'settings.json'), '{}')
  expect(await measureGraphCache(home)).toEqual({ folder, bytes: 1024, files: 2 })
  expect(await clearGraphCache(home)).toEqual(empty)
  expect((await stat(join(home, 'settings.json'))).size).toBe(2)
  expect(await clearGraphCache(home)).toEqual(empty)
})
