// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { useSessionStore } from '../../../src/renderer/stores/session.ts'
import { useSettingsStore } from '../../../src/renderer/stores/settings.ts'
import { useTourStore } from '../../../src/renderer/stores/tour.ts'
import type { EngineState } from '../../../src/shared/contract/shell.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { type FakeApi, type FakeOptions, FakeWorld, installFakeApi } from '../fakes/fake-api.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

async function started(
  options: FakeOptions = {},
): Promise<FakeApi & { session: ReturnType<typeof useSessionStore> }> {
  const fake = installFakeApi(options)
  setActivePinia(createPinia())
  const session = useSessionStore()
  await session.start()
  await flushPromises()
  return { ...fake, session }
}

const READY: EngineState = { state: 'ready', pid: 1, starts: 1, reason: null }
const KILLED: EngineState['reason'] = { code: 'engine/crashed', params: { how: 'SIGKILL' } }

test('door, engine and network are known as soon as the page is connected', async () => {
  const { session, world } = await started({ door: 'browser', systemLocale: 'en-GB' })
  expect(session.shell).toEqual({
    door: 'browser',
    version: '0.1.0',
    platform: 'win32',
    systemLocale: 'en-GB',
  })
  expect(session.isDesktop).toBe(false)
  expect(session.engine).toEqual(world.engine.value)
  world.network.set({
    refused: 1,
    latest: [{ at: '2026-04-04T00:00:00.000Z', target: 'example.com:443', by: 'window' }],
  })
  expect(session.network).toEqual(world.network.value)
})

test('an engine that ended is told until somebody has seen it', async () => {
  const { session, world } = await started()
  expect(session.crash).toBe(null)
  world.engine.set({ ...READY, state: 'restarting', pid: null, reason: KILLED })
  expect(session.crash).toEqual(new AppError('engine/crashed', { how: 'SIGKILL' }))
  world.engine.set({ ...READY, starts: 2, reason: KILLED })
  expect(session.crash?.code).toBe('engine/crashed')
  session.acknowledgeCrash()
  expect(session.crash).toBe(null)
  world.engine.set({ ...READY, starts: 2, pid: 9, reason: KILLED })
  expect(session.crash).toBe(null)
})

test('an engine that was back before the page heard of it is told, too', async () => {
  const { session, world } = await started()
  world.engine.set({ ...READY, starts: 2, reason: KILLED })
  expect(session.crash?.code).toBe('engine/crashed')
})

test('what happened before the page was opened is not news', async () => {
  const world = new FakeWorld()
  world.engine.set({ ...READY, starts: 2, reason: KILLED })
  const { session } = await started({ world })
  expect(session.crash).toBe(null)
})

test('a lost connection is seen, and what is watched goes on after it', async () => {
  const { session, world, breakLine } = await started()
  breakLine()
  expect(session.connection).toBe('lost')
  world.network.set({ refused: 3, latest: [] })
  expect(session.network.refused).toBe(0)
  await vi.advanceTimersByTimeAsync(250)
  await flushPromises()
  expect(session.connection).toBe('connected')
  expect(session.network.refused).toBe(3)
})

test('a failure that nothing else took up is kept for the banner', async () => {
  const { session } = await started({
    handlers: {
      'shell.describe': () => {
        throw new AppError('call/unknown-procedure', { procedure: 'shell.describe' })
      },
    },
  })
  expect(session.failure).toEqual(new AppError('call/unknown-procedure', { procedure: 'shell.describe' }))
  session.report(new TypeError('x is undefined'))
  expect(session.failure).toMatchObject({ code: 'internal', params: { reason: 'x is undefined' } })
})

test('the language is the user’s, or else the system’s', async () => {
  await started({ systemLocale: 'fr-FR' })
  const settings = useSettingsStore()
  expect(settings.locale).toBe('en')
  await settings.load()
  await settings.write({ locale: 'ja' })
  expect(settings.locale).toBe('ja')
  await settings.write({ locale: null })
  expect(settings.locale).toBe('en')
})

test('a setting that could not be written keeps its value and says why', async () => {
  const { world } = await started({
    handlers: {
      'settings.write': () => {
        throw new AppError('file/disk-full', { path: '/home' })
      },
    },
  })
  const settings = useSettingsStore()
  await settings.load()
  await settings.write({ theme: 'dark' })
  expect(settings.settings).toEqual(world.settings)
  expect(settings.theme).toBe('system')
  expect(settings.error?.code).toBe('file/disk-full')
})

test('the cache is measured and cleared', async () => {
  await started()
  const settings = useSettingsStore()
  await settings.measureCache()
  expect(settings.cache).toEqual({
    folder: '/home/soroban/.soroban/cache/graphs',
    bytes: 196_083_712,
    files: 9,
  })
  await settings.clearCache()
  expect(settings.cache).toEqual({ folder: '/home/soroban/.soroban/cache/graphs', bytes: 0, files: 0 })
})

test('a cache that cannot be cleared leaves the settings alone', async () => {
  await started({
    handlers: {
      'cache.clear': () => {
        throw new AppError('file/unwritable', { path: '/cache', reason: 'EACCES' })
      },
    },
  })
  const settings = useSettingsStore()
  await settings.clearCache()
  expect([settings.cacheError?.code, settings.error]).toEqual(['file/unwritable', null])
})

test('a tour that was closed does not come back by itself', async () => {
  const { world } = await started({ world: FakeWorld.empty() })
  const settings = useSettingsStore()
  await settings.load()
  const tour = useTourStore()
  tour.isOpen = true
  await tour.close()
  expect(tour.isOpen).toBe(false)
  expect(world.settings.tourDone).toBe(true)
})
