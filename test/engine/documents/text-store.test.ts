import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { DEFAULT_LIMITS } from '../../../src/engine/documents/index.ts'
import { type Reading, readingOptions } from '../../../src/engine/documents/reading.ts'
import { TextStore } from '../../../src/engine/documents/text-store.ts'

const HASH = 'a'.repeat(64)
const OPTIONS = readingOptions('a.txt', false, DEFAULT_LIMITS)
const READING: Reading = {
  documents: [],
  skipped: [{ inside: '', code: 'documents/empty', params: {} }],
}

let folder: string
let store: TextStore
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-store-'))
  store = new TextStore(join(folder, 'texts'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const everything = (): Promise<string[]> => readdir(store.folder, { recursive: true }).catch(() => [])
const unfinished = async (): Promise<string[]> =>
  (await everything()).filter((name) => name.endsWith('.part'))

describe('keep', () => {
  it('makes one record of many at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => store.keep(HASH, OPTIONS, READING, ['本文'])))
    expect(await store.find(HASH, OPTIONS)).toEqual(READING)
    expect(await unfinished()).toEqual([])
  })

  it('takes the place of a record that is unusable, and of what a killed process left', async () => {
    await store.keep(HASH, OPTIONS, READING, [])
    const contents = (await everything()).find((name) => name.endsWith('contents.json'))!
    await writeFile(join(store.folder, contents), '{')
    await mkdir(join(store.folder, `${contents.replace(/\/contents\.json$/, '')}.0123.part`))
    expect(await store.find(HASH, OPTIONS)).toBeNull()

    await store.keep(HASH, OPTIONS, READING, [])
    expect(await store.find(HASH, OPTIONS)).toEqual(READING)
    expect(await unfinished()).toEqual([])
  })

  it('leaves nothing of what another version made of the file', async () => {
    await store.noteSource(HASH, join(folder, 'a.txt'))
    await mkdir(join(store.folder, HASH, '0123456789abcdef'))
    await store.keep(HASH, OPTIONS, READING, ['本文'])
    const names = await readdir(join(store.folder, HASH))
    expect(names.filter((name) => !name.endsWith('.source'))).toEqual([
      expect.stringMatching(/^reading-\d+-[0-9a-f]{16}$/),
    ])
    expect(names).toHaveLength(2)
  })

  it('goes on where the cache is cleared meanwhile', async () => {
    const texts = Array.from({ length: 300 }, (_, index) => `本文${index}`)
    const keeping = store.keep(HASH, OPTIONS, READING, texts)
    let cleared = 0
    while (cleared < 2) {
      if ((await unfinished()).length === 0) break
      await rm(store.folder, { recursive: true, force: true, maxRetries: 5 })
      cleared++
    }
    await keeping
    expect(await store.find(HASH, OPTIONS)).toEqual(READING)
  })
})

describe('forget', () => {
  const place = (name: string): string => join(folder, name)
  const other = 'b'.repeat(64)

  it('finds every place of one content, though many were noted at once', async () => {
    const places = Array.from({ length: 20 }, (_, index) => place(`${index}.txt`))
    for (const path of places) {
      await Promise.all(places.map((each) => store.noteSource(HASH, each)))
      await store.noteSource(other, place('other.txt'))
      await store.keep(HASH, OPTIONS, READING, ['本文'])
      await store.forget([path])
      expect(await readdir(store.folder)).toEqual([other])
    }
  })

  it('finds what was read by another path or link, even when the file is gone', async () => {
    await mkdir(place('real'))
    await writeFile(place('real/a.txt'), '本文')
    await symlink(place('real'), place('linked'))
    await symlink(place('real/a.txt'), place('link.txt'))
    const spellings = ['linked/a.txt', 'link.txt', 'real/../real/a.txt'].map(place)
    for (const path of spellings) await store.noteSource(HASH, path)
    for (const [index, path] of spellings.entries()) await store.noteSource(`${index}`.repeat(64), path)
    await rm(place('real/a.txt'))
    await store.forget([place('real/a.txt')])
    expect(await readdir(store.folder)).toEqual([])
  })

  it('finds what a process left that was killed while it kept a text', async () => {
    await store.noteSource(HASH, place('a.txt'))
    await mkdir(join(store.folder, HASH, '0123456789abcdef.0123.part'))
    await store.forget([place('a.txt')])
    expect(await everything()).toEqual([])
  })

  it('keeps no path in clear', async () => {
    await store.noteSource(HASH, place('山田太郎.txt'))
    expect((await everything()).join()).not.toContain('山田')
  })
})
