import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { writeWholeFolder } from '../../../src/engine/models/whole-folder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-whole-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('removes what killed writers of the same folder left a day ago, and nothing else', async () => {
  const kept = ['model.0123456789ab.part.txt', 'model.backup.part', 'other.0123456789ab.part', 'model.part']
  const old = new Date(Date.now() - 25 * 3600 * 1000)
  for (const name of [...kept, 'model.0123456789ab.part']) {
    await mkdir(join(folder, name))
    await writeFile(join(folder, name, 'weights'), 'x')
    await utimes(join(folder, name), old, old)
  }
  // This one may be another process's, at work.
  await mkdir(join(folder, 'model.ba9876543210.part'))
  await writeWholeFolder(join(folder, 'model'), (temporary) => writeFile(join(temporary, 'a'), 'x'))
  expect((await readdir(folder)).sort()).toEqual([...kept, 'model', 'model.ba9876543210.part'].sort())
  expect(await readdir(join(folder, 'model'))).toEqual(['a'])
})
