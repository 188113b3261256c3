import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, parse, sep } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { listFolders } from '../../../src/engine/index.ts'
import { failureOf } from '../../fixtures/app-error.ts'

let folder: string
async function put(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), '')
  }
}

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'soroban-folders-')))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('lists folders in natural order and tells by their file names what they are', async () => {
  await put(
    'run10/a.txt',
    'run9/a.txt',
    'hf/config.json',
    'hf/model.safetensors',
    'sharded/config.json',
    'sharded/model.safetensors.index.json',
    'genai/genai_config.json',
    'web/config.json',
    'PoC/soroban-project.json',
    '.hidden/a.txt',
    'readme.txt',
    'notes.txt',
    '.profile',
  )
  await symlink(join(folder, 'hf'), join(folder, 'linked'))
  await symlink(join(folder, 'gone'), join(folder, 'broken'))
  const kinds = [
    ['genai', 'model'],
    ['hf', 'model'],
    ['linked', 'model'],
    ['PoC', 'project'],
    ['run9', 'folder'],
    ['run10', 'folder'],
    ['sharded', 'model'],
    ['web', 'folder'],
  ] as const
  expect(await listFolders(`${folder}/`)).toEqual({
    folder,
    parent: dirname(folder),
    entries: kinds.map(([name, kind]) => ({ name, path: join(folder, name), kind })),
    files: 2,
  })
})

it("begins in the user's own folder; nothing lies above the root", async () => {
  await put('texts/a.txt')
  const own = await listFolders(null, { userFolder: folder, platform: 'linux' })
  expect([own.folder, own.entries.map(({ name }) => name)]).toEqual([folder, ['texts']])
  const { root } = parse(folder)
  const [top = ''] = folder.slice(root.length).split(sep)
  const { parent, entries } = await listFolders(root)
  expect(parent).toBeNull()
  expect(entries.map(({ path }) => path)).toContain(join(root, top))
})

it('leaves out what Windows hides by a dollar sign', async () => {
  await put('$Recycle.Bin/a', 'Users/a')
  const namesOn = async (platform: NodeJS.Platform): Promise<string[]> =>
    (await listFolders(folder, { userFolder: folder, platform })).entries.map(({ name }) => name)
  expect(await namesOn('win32')).toEqual(['Users'])
  expect(await namesOn('linux')).toEqual(['$Recycle.Bin', 'Users'])
})

it('tells what cannot be listed', async () => {
  await put('a.txt')
  const failures = [
    [join(folder, 'gone'), 'file/not-found'],
    [join(folder, 'a.txt'), 'path/not-a-folder'],
    ['texts', 'path/not-absolute'],
  ] as const
  for (const [path, code] of failures) {
    expect(await failureOf(() => listFolders(path))).toEqual({ code, params: { path } })
  }
})
