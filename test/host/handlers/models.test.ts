import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { modelsHandlers } from '../../../src/host/handlers/models.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import { calling } from './calling.ts'

const client = calling(modelsHandlers())
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-host-models-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('describes the bundled models, which differ in their KV heads', async () => {
  const { baseline, candidate } = await client.call('models.bundled', {})
  const mha = await client.call('models.inspect', { folder: baseline })
  const gqa = await client.call('models.inspect', { folder: candidate })
  expect(mha).toMatchObject({ layout: 'hf', folder: baseline, kvHeads: mha.queryHeads })
  expect(gqa.queryHeads / gqa.kvHeads).toBeGreaterThan(1)
  expect(mha.kvBytesPerToken / gqa.kvBytesPerToken).toBe(mha.kvHeads / gqa.kvHeads)
})

it('lists the folders among which a model is chosen', async () => {
  const { baseline, candidate } = await client.call('models.bundled', {})
  const listing = await client.call('folders.list', { folder: dirname(baseline) })
  expect(listing).toEqual({
    folder: dirname(baseline),
    parent: dirname(dirname(baseline)),
    entries: [candidate, baseline].map((path) => ({
      name: path.slice(dirname(path).length + 1),
      path,
      kind: 'model',
    })),
    files: 1,
  })
})

it('tells what is no model', async () => {
  expect(await failureOf(() => client.call('models.inspect', { folder }))).toEqual({
    code: 'models/not-a-model',
    params: { folder },
  })
  const gone = join(folder, 'gone')
  expect(await failureOf(() => client.call('folders.list', { folder: gone }))).toEqual({
    code: 'file/not-found',
    params: { path: gone },
  })
})
