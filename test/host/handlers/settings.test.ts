import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { graphCache, measureCache } from '../../../src/engine/index.ts'
import { settingsHandlers, type SettingsSurroundings } from '../../../src/host/handlers/settings.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import { calling } from './calling.ts'

const unused = (): SettingsSurroundings => ({ home, isCacheInUse: () => false, releaseCache: async () => {} })

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'soroban-host-settings-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

it('keeps settings from one start to the next', async () => {
  const open = () => calling(settingsHandlers(unused()))
  const defaults = await open().call('settings.read', {})
  expect(await open().call('settings.write', { locale: 'en', provider: 'webgpu' })).toEqual({
    ...defaults,
    locale: 'en',
    provider: 'webgpu',
  })
  expect(await open().call('settings.read', {})).toEqual({ ...defaults, locale: 'en', provider: 'webgpu' })
  expect(await failureOf(() => open().call('settings.write', { theme: 'blue' as 'dark' }))).toMatchObject({
    code: 'input/invalid',
    params: { source: 'settings.write', field: 'theme' },
  })
})

it('measures the cache, and clears it when nothing uses it', async () => {
  let isCacheInUse = true
  const filesAtRelease: number[] = []
  const releaseCache = async (): Promise<void> => {
    filesAtRelease.push((await measureCache(home)).files)
  }
  const client = calling(settingsHandlers({ home, isCacheInUse: () => isCacheInUse, releaseCache }))
  const cache = join(home, 'cache')
  const folder = graphCache(home)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'graph.onnx'), 'graph')
  expect(await failureOf(() => client.call('cache.clear', {}))).toEqual({ code: 'cache/in-use', params: {} })
  expect(await client.call('cache.measure', {})).toEqual({ folder: cache, bytes: 5, files: 1 })
  isCacheInUse = false
  expect(await client.call('cache.clear', {})).toEqual({ folder: cache, bytes: 0, files: 0 })
  expect(filesAtRelease).toEqual([1])
})

it('examines the machine, and names what had to be set aside', async () => {
  await writeFile(join(home, 'settings.json'), '{ "theme": "bl')
  const client = calling(settingsHandlers(unused()))
  await client.call('settings.read', {})
  const report = await client.call('doctor.examine', {})
  expect(report.runtime.providers).toContain('cpu')
  expect(report.machine.cpu.physicalCores).toBeGreaterThan(0)
  expect(report.home).toEqual({
    path: home,
    writable: true,
    freeBytes: expect.any(Number),
    setAside: [expect.stringMatching(/^settings\.damaged-\d{8}T\d{9}Z\.json$/)],
  })
})
