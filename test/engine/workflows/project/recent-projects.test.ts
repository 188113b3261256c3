import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import {
  createProject,
  forgetProject,
  openProject,
  recentProjects,
  updateProject,
} from '../../../../src/engine/index.ts'
import { quietContext } from '../../../../src/engine/kernel/run-context.ts'

const ctx = quietContext()
let folder: string
let home: string
const create = async (name: string): Promise<string> =>
  (await createProject({ home, parent: join(folder, 'work'), name }, ctx)).folder
const open = (project: string) => openProject({ home, folder: project }, ctx)
const recent = async (): Promise<(readonly [string, boolean])[]> =>
  (await recentProjects(home, ctx)).map(({ name, exists }) => [name, exists])

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-recent-'))
  home = join(folder, 'home')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('lists the last opened first, each once, by its present name', async () => {
  expect(await recent()).toEqual([])
  const a = await create('a')
  await create('b')
  await open(a)
  await updateProject(a, { name: '改名' })
  expect(await recentProjects(home, ctx)).toEqual([
    { folder: a, name: '改名', isSample: false, openedAt: expect.stringMatching(/Z$/), exists: true },
    {
      folder: join(folder, 'work', 'b'),
      name: 'b',
      isSample: false,
      openedAt: expect.stringMatching(/Z$/),
      exists: true,
    },
  ])
})

it('tells which projects are gone; one that is damaged is not', async () => {
  const gone = await create('gone')
  const emptied = await create('emptied')
  const damaged = await create('damaged')
  await rm(gone, { recursive: true })
  await rm(join(emptied, 'soroban-project.json'))
  await writeFile(join(damaged, 'soroban-project.json'), '{')
  expect(await recent()).toEqual([
    ['damaged', true],
    ['emptied', false],
    ['gone', false],
  ])
})

it('forgets a project without touching it', async () => {
  const a = await create('a')
  await create('b')
  await forgetProject(home, `${a}/`, ctx)
  expect(await recent()).toEqual([['b', true]])
  expect(await readdir(a)).toEqual(['soroban-project.json'])
})

it('keeps the last twenty', async () => {
  for (let index = 0; index < 22; index++) await create(`p${index}`)
  expect(await recent()).toEqual(Array.from({ length: 20 }, (_, index) => [`p${21 - index}`, true]))
})

it('loses none of many that are opened at once', async () => {
  const projects = [await create('a'), await create('b'), await create('c')]
  await rm(join(home, 'recent-projects.json'))
  await Promise.all(projects.map(open))
  expect((await recent()).map(([name]) => name).sort()).toEqual(['a', 'b', 'c'])
})

it('starts afresh beside a damaged list, which is kept', async () => {
  await create('a')
  await writeFile(join(home, 'recent-projects.json'), 'not JSON')
  expect(await recent()).toEqual([])
  await create('b')
  expect(await recent()).toEqual([['b', true]])
  const [kept] = (await readdir(home)).filter((name) => name.includes('damaged'))
  expect(kept).toMatch(/^recent-projects\.damaged-\d{8}T\d{9}Z\.json$/)
  expect(await readFile(join(home, kept!), 'utf8')).toBe('not JSON')
})
