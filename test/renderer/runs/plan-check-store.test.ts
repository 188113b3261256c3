// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'

import { usePlanCheckStore } from '../../../src/renderer/stores/plan-check.ts'
import { withProgress } from '../../../src/renderer/stores/progress-entries.ts'
import type { Handlers } from '../../../src/rpc/handlers.ts'
import type { Project } from '../../../src/shared/contract/projects.ts'
import type { CheckedPlan } from '../../../src/shared/contract/runs.ts'
import { AppError } from '../../../src/shared/errors.ts'
import type { Progress } from '../../../src/shared/job.ts'
import { installFakeApi, sampleProject } from '../fakes/fake-api.ts'

function storeOver(handlers: Partial<Handlers<'runs.plan'>> = {}) {
  installFakeApi({ handlers })
  return usePlanCheckStore()
}

const progress = (done: number, label?: string): Progress => ({
  kind: 'documents',
  fraction: done / 10,
  done,
  total: 10,
  unit: 'documents',
  etaSeconds: null,
  ...(label === undefined ? {} : { label }),
})

const PLAN: CheckedPlan = {
  documents: 3,
  tokens: 900,
  window: 512,
  arms: [{ id: 'a', role: 'baseline', name: 'a' }],
  units: { quality: 4, 'self-check': 1, speed: 7, memory: 1 },
  warnings: [],
}
const PROJECT = sampleProject()

beforeEach(() => setActivePinia(createPinia()))

test('a check tells its progress, then what the run would do', async () => {
  const goOn = Promise.withResolvers<undefined>()
  const store = storeOver({
    'runs.plan': async (_, { emit }) => {
      emit(progress(3))
      emit(progress(10))
      await goOn.promise
      return PLAN
    },
  })
  const check = store.check(PROJECT, 'ja')
  expect(store.checkOf(PROJECT)).toMatchObject({ isRunning: true, progress: [], plan: null })
  goOn.resolve(undefined)
  await check
  expect(store.checkOf(PROJECT)).toEqual({
    project: PROJECT,
    isRunning: false,
    progress: [progress(10)],
    plan: PLAN,
    error: null,
  })
})

test.each<[string, Partial<Project>]>([
  ['project', { folder: '/other' }],
  ['document folder', { documents: '/other' }],
  ['baseline', { baseline: '/other' }],
  ['candidate', { candidates: [] }],
  ['plan', { plan: { ...PROJECT.plan, seed: 2 } }],
])('a check does not count for another %s', async (_, patch) => {
  const store = storeOver({ 'runs.plan': () => PLAN })
  await store.check(PROJECT, 'ja')
  expect(store.checkOf({ ...PROJECT, ...patch })).toBeNull()
  expect(store.checkOf({ ...PROJECT, name: 'renamed' })?.plan).toEqual(PLAN)
})

test('a check that is forgotten is stopped, and then says nothing', async () => {
  const aborted = Promise.withResolvers<undefined>()
  const began = Promise.withResolvers<undefined>()
  const store = storeOver({
    'runs.plan': (_, { signal }) =>
      new Promise((_resolve, reject) => {
        began.resolve(undefined)
        signal.addEventListener('abort', () => {
          aborted.resolve(undefined)
          reject(new AppError('cancelled'))
        })
      }),
  })
  const check = store.check(PROJECT, 'ja')
  await began.promise
  store.forget()
  await aborted.promise
  await check
  expect(store.checkOf(PROJECT)).toBeNull()
})

test('a second check replaces the first, whose answer comes to nothing', async () => {
  const began = Promise.withResolvers<undefined>()
  const late = Promise.withResolvers<undefined>()
  let calls = 0
  const store = storeOver({
    'runs.plan': async () => {
      if (++calls > 1) return PLAN
      began.resolve(undefined)
      await late.promise
      return { ...PLAN, documents: 99 }
    },
  })
  const first = store.check(PROJECT, 'ja')
  await began.promise
  await store.check(PROJECT, 'ja')
  late.resolve(undefined)
  await first
  expect(store.checkOf(PROJECT)).toMatchObject({ isRunning: false, plan: PLAN, error: null })
})

test('a check tells what is wrong with the inputs', async () => {
  const store = storeOver({
    'runs.plan': () => {
      throw new AppError('poc/nothing-to-score', { path: '/d' })
    },
  })
  await store.check(PROJECT, 'ja')
  expect(store.checkOf(PROJECT)).toMatchObject({
    isRunning: false,
    plan: null,
    error: { code: 'poc/nothing-to-score', params: { path: '/d' } },
  })
})

test('progress keeps the latest of each kind and label, in order of appearance', () => {
  const events = [progress(1, 'a'), progress(2, 'b'), progress(5, 'a')]
  expect(events.reduce<readonly Progress[]>(withProgress, [])).toEqual([progress(5, 'a'), progress(2, 'b')])
})
