import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import {
  bundledModels,
  openSampleProject,
  recentProjects,
  updateProject,
} from '../../../../src/engine/index.ts'
import { quietContext } from '../../../../src/engine/kernel/run-context.ts'
import { DEFAULT_CORPUS_SETTINGS } from '../../../../src/shared/documents.ts'
import { failureOf } from '../../../fixtures/app-error.ts'

const ctx = quietContext()
let folder: string
let home: string

async function install(name: string): Promise<string> {
  const resources = join(folder, name)
  for (const part of ['samples', 'models/reference-mha', 'models/reference-gqa']) {
    await mkdir(join(resources, part), { recursive: true })
  }
  vi.stubEnv('SOROBAN_RESOURCES', resources)
  return resources
}

const inputsIn = (resources: string) => ({
  documents: join(resources, 'samples'),
  baseline: join(resources, 'models', 'reference-mha'),
  candidates: [join(resources, 'models', 'reference-gqa')],
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-sample-'))
  home = join(folder, 'home')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

it('is made ready to run, once, and counts as opened', async () => {
  const resources = await install('installation')
  const sample = await openSampleProject(home, ctx)
  expect(sample).toEqual({
    folder: join(home, 'projects', 'sample'),
    name: 'サンプル / Sample',
    createdAt: expect.stringMatching(/Z$/),
    isSample: true,
    ...inputsIn(resources),
    plan: { contexts: [256, 1024, 2048], quantization: 'none', marginNll: 0.01, seed: 1 },
    corpus: DEFAULT_CORPUS_SETTINGS,
  })
  expect(await openSampleProject(home, ctx)).toEqual(sample)
  expect(await recentProjects(home, ctx)).toMatchObject([
    { folder: sample.folder, isSample: true, exists: true },
  ])
})

it('uses the reference models and samples of this repository', async () => {
  const { baseline, candidates, documents } = await openSampleProject(home, ctx)
  expect({ baseline, candidate: candidates[0] }).toEqual(await bundledModels())
  expect(await readdir(documents!)).toContain('contracts')
})

it('follows an installation that has moved, and keeps what the user has chosen', async () => {
  await install('old')
  const { folder: sample } = await openSampleProject(home, ctx)
  const own = join(folder, 'own')
  await mkdir(own)
  const changed = await updateProject(sample, { documents: own, name: '試行' })
  await rename(join(folder, 'old'), join(folder, 'gone'))
  const resources = await install('new')
  expect(await openSampleProject(home, ctx)).toEqual({
    ...changed,
    ...inputsIn(resources),
    documents: own,
  })
})

it('is made anew beside a damaged project file, which is kept with its runs', async () => {
  const resources = await install('installation')
  const { folder: sample } = await openSampleProject(home, ctx)
  await writeFile(join(sample, 'soroban-project.json'), '{')
  await writeFile(join(sample, 'soroban.db'), 'runs')
  expect(await openSampleProject(home, ctx)).toMatchObject(inputsIn(resources))
  expect((await readdir(sample)).sort()).toEqual([
    expect.stringMatching(/^soroban-project\.damaged-.*\.json$/),
    'soroban-project.json',
    'soroban.db',
  ])
})

it('tells which part of the installation is missing', async () => {
  const resources = await install('installation')
  await rm(join(resources, 'models', 'reference-gqa'), { recursive: true })
  expect(await failureOf(() => openSampleProject(home, ctx))).toEqual({
    code: 'file/not-found',
    params: { path: join(resources, 'models', 'reference-gqa') },
  })
})
