import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { projectsHandlers } from '../../../src/host/handlers/projects.ts'
import type { CallClient } from '../../../src/rpc/call-client.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import { calling } from './calling.ts'

let folder: string
let client: CallClient
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-host-projects-'))
  client = calling(projectsHandlers({ home: join(folder, 'home') }))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('creates, changes, lists, opens and forgets projects', async () => {
  const created = await client.call('projects.create', { parent: folder, name: ' 購買 ' })
  expect([created.folder, created.name]).toEqual([join(folder, '購買'), '購買'])
  const patch = { documents: folder, candidates: [join(folder, 'gqa')] }
  const changed = await client.call('projects.update', { folder: created.folder, patch })
  expect(changed).toEqual({ ...created, ...patch })
  expect(await client.call('projects.open', { folder: created.folder })).toEqual(changed)

  const sample = await client.call('projects.sample', {})
  const { projects, suggestedParent } = await client.call('projects.recent', {})
  expect(suggestedParent).toMatch(/Soroban$|projects$/)
  expect(projects.map(({ name, folder: place, exists }) => ({ name, place, exists }))).toEqual([
    { name: sample.name, place: sample.folder, exists: true },
    { name: '購買', place: created.folder, exists: true },
  ])
  expect(await client.call('projects.forget', { folder: sample.folder })).toEqual({})
  expect((await client.call('projects.recent', {})).projects.map(({ name }) => name)).toEqual(['購買'])
})

it('answers with what is wrong', async () => {
  expect(await failureOf(() => client.call('projects.create', { parent: folder, name: 'a/b' }))).toEqual({
    code: 'projects/name',
    params: { name: 'a/b' },
  })
  expect(await failureOf(() => client.call('projects.open', { folder }))).toEqual({
    code: 'projects/not-a-project',
    params: { folder, file: 'soroban-project.json' },
  })
})
