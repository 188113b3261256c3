import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import {
  beginningAssumptions,
  createProject,
  deleteAssumptionSet,
  listAssumptionSets,
  readAssumptionSet,
  saveAssumptionSet,
} from '../../../../src/engine/index.ts'
import { quietContext } from '../../../../src/engine/kernel/run-context.ts'
import type { Assumptions } from '../../../../src/shared/roi/assumptions.ts'
import { failureOf } from '../../../fixtures/app-error.ts'

let parent: string
let project: string
let set: Assumptions
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'soroban-sets-'))
  const home = join(parent, 'home')
  project = (await createProject({ home, parent, name: '評価' }, quietContext())).folder
  set = (await beginningAssumptions(null, 'JPY', { home, locale: 'ja' })).assumptions
})
afterEach(() => rm(parent, { recursive: true, force: true }))

const save = (name: string, horizon = 5): Promise<void> => {
  const values = { ...set.values, horizon: { ...set.values.horizon, value: horizon } }
  return saveAssumptionSet(project, { ...set, name, values })
}

it('keeps sets under their names, in a folder of their own', async () => {
  expect(await listAssumptionSets(project)).toEqual([])
  await save('東京DC案', 4)
  await save('Osaka')
  await save('東京DC案', 7)
  expect(await listAssumptionSets(project)).toEqual(
    ['東京DC案', 'Osaka'].toSorted((a, b) => a.localeCompare(b, 'ja')),
  )
  expect(await readdir(join(project, 'assumptions'))).toEqual(['Osaka.json', '東京DC案.json'])
  const read = await readAssumptionSet(project, '東京DC案')
  expect([read.name, read.values.horizon.value]).toEqual(['東京DC案', 7])
  await deleteAssumptionSet(project, '東京DC案')
  expect(await listAssumptionSets(project)).toEqual(['Osaka'])
})

it('a file that was copied under another name is called by that name', async () => {
  await save('a')
  const folder = join(project, 'assumptions')
  await writeFile(join(folder, 'b.json'), `\ufeff${await readFile(join(folder, 'a.json'), 'utf8')}`)
  expect((await readAssumptionSet(project, 'b')).name).toBe('b')
})

it.each(['../a', 'a/b', 'a\\b', '..', '.a', 'a.', ' a', 'con', 'NUL.txt', 'COM1', 'a:b', 'a\0b', '\ud800'])(
  'refuses the name %j, and touches nothing',
  async (name) => {
    await mkdir(join(project, 'assumptions'))
    await writeFile(join(project, 'a.json'), '{}')
    for (const attempt of [
      save(name),
      readAssumptionSet(project, name),
      deleteAssumptionSet(project, name),
    ]) {
      expect(await failureOf(() => attempt)).toEqual({ code: 'assumptions/name', params: { name } })
    }
    expect(await readdir(join(project, 'assumptions'))).toEqual([])
    expect(await readFile(join(project, 'a.json'), 'utf8')).toBe('{}')
  },
)

it('refuses a name that is too long for a file: 100 letters of Japanese are 300 bytes', async () => {
  const name = '前'.repeat(100)
  expect(await failureOf(() => save(name))).toEqual({ code: 'assumptions/name-too-long', params: { name } })
  await save('前'.repeat(70))
})

it('says which set there is not, and what is wrong in one', async () => {
  const params = { name: '案' }
  expect(await failureOf(() => readAssumptionSet(project, '案'))).toEqual({
    code: 'assumptions/unknown-set',
    params,
  })
  expect(await failureOf(() => deleteAssumptionSet(project, '案'))).toEqual({
    code: 'assumptions/unknown-set',
    params,
  })
  await save('案', 11)
  expect(await failureOf(() => readAssumptionSet(project, '案'))).toEqual({
    code: 'assumptions/at-most',
    params: {
      source: join(project, 'assumptions', '案.json'),
      field: 'values.horizon.value',
      value: '11',
      limit: 10,
    },
  })
})
