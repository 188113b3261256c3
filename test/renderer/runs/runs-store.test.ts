// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test } from 'vitest'

import { withProgress } from '../../../src/renderer/stores/progress-entries.ts'
import { useRunsStore } from '../../../src/renderer/stores/runs.ts'
import type { Handlers } from '../../../src/rpc/handlers.ts'
import type { ProcedureName } from '../../../src/shared/contract.ts'
import type { CheckedPlan } from '../../../src/shared/contract/runs.ts'
import { AppError } from '../../../src/shared/errors.ts'
import type { Progress } from '../../../src/shared/job.ts'
import { FakeWorld, FINISHED_RUN, installFakeApi, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { until } from '../until.ts'

function storeOver(handlers: Partial<Handlers<ProcedureName>> = {}, world = new FakeWorld()) {
  installFakeApi({ handlers, world })
  return { runs: useRunsStore(), world }
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

beforeEach(() => setActivePinia(createPinia()))

describe('the list', () => {
  test('belongs to one project', async () => {
    const { runs, world } = storeOver()
    await runs.load(SAMPLE_FOLDER)
    expect(runs.runsOf(SAMPLE_FOLDER)).toEqual(world.runs)
    expect(runs.finishedOf(SAMPLE_FOLDER).map(({ id }) => id)).toEqual([FINISHED_RUN])
    expect(runs.runsOf('/other')).toBeNull()
    expect(runs.finishedOf('/other')).toEqual([])
  })

  test('an answer that comes late does not replace a newer one', async () => {
    const late = Promise.withResolvers<undefined>()
    const { runs, world } = storeOver({
      'runs.list': async ({ project }) => {
        if (project === '/slow') await late.promise
        return new FakeWorld().runs
      },
    })
    const slow = runs.load('/slow')
    await runs.load(SAMPLE_FOLDER)
    late.resolve(undefined)
    await slow
    expect(runs.runsOf(SAMPLE_FOLDER)).toEqual(world.runs)
  })

  test('tells why it cannot be read', async () => {
    const { runs } = storeOver({
      'runs.list': () => {
        throw new AppError('call/disconnected')
      },
    })
    await runs.load(SAMPLE_FOLDER)
    expect(runs.listError?.code).toBe('call/disconnected')
  })
})

describe('the check of a plan', () => {
  test('tells its progress, then what the run would do', async () => {
    const shown: (readonly Progress[])[] = []
    const { runs } = storeOver({
      'runs.plan': (_, { emit }) => {
        emit(progress(3))
        emit(progress(10))
        return PLAN
      },
    })
    const check = runs.checkPlan(SAMPLE_FOLDER, 'ja')
    expect(runs.isChecking).toBe(true)
    await check
    shown.push(runs.checkProgress)
    expect(shown).toEqual([[progress(10)]])
    expect([runs.isChecking, runs.checkedOf(SAMPLE_FOLDER), runs.checkedOf('/other')]).toEqual([
      false,
      PLAN,
      null,
    ])
  })

  test('is forgotten when the plan changes, and then says nothing', async () => {
    const aborted = Promise.withResolvers<undefined>()
    const began = Promise.withResolvers<undefined>()
    const { runs } = storeOver({
      'runs.plan': (_, { signal }) =>
        new Promise((_resolve, reject) => {
          began.resolve(undefined)
          signal.addEventListener('abort', () => {
            aborted.resolve(undefined)
            reject(new AppError('cancelled'))
          })
        }),
    })
    const check = runs.checkPlan(SAMPLE_FOLDER, 'ja')
    await began.promise
    runs.forgetCheck()
    await aborted.promise
    await check
    expect([runs.isChecking, runs.checkError, runs.checkedOf(SAMPLE_FOLDER)]).toEqual([false, null, null])
  })

  test('tells what is wrong with the inputs', async () => {
    const { runs } = storeOver({
      'runs.plan': () => {
        throw new AppError('poc/nothing-to-score', { path: '/d' })
      },
    })
    await runs.checkPlan(SAMPLE_FOLDER, 'ja')
    expect(runs.checkError).toMatchObject({ code: 'poc/nothing-to-score', params: { path: '/d' } })
  })
})

describe('starting, resuming, deleting', () => {
  test('a started run is listed', async () => {
    const { runs, world } = storeOver()
    expect(await runs.start(SAMPLE_FOLDER, 'ja')).toBe(true)
    expect(runs.runsOf(SAMPLE_FOLDER)?.[0]?.state).toBe('running')
    expect(world.jobs.value).toHaveLength(1)
  })

  test('a second one is refused while the first is at work', async () => {
    const { runs } = storeOver()
    await runs.start(SAMPLE_FOLDER, 'ja')
    expect(await runs.start(SAMPLE_FOLDER, 'ja')).toBe(false)
    expect([runs.error?.code, runs.isStarting]).toEqual(['jobs/busy', false])
  })

  test('a deleted run is gone from the list', async () => {
    const { runs } = storeOver()
    expect(await runs.remove(SAMPLE_FOLDER, FINISHED_RUN)).toBe(true)
    expect(runs.finishedOf(SAMPLE_FOLDER)).toEqual([])
  })

  test('one that cannot be resumed says why', async () => {
    const { runs } = storeOver({
      'runs.resume': ({ run }) => {
        throw new AppError('runs/inputs-changed', { run, changed: 'corpus' })
      },
    })
    expect(await runs.resume(SAMPLE_FOLDER, 'r')).toBe(false)
    await until(() => expect(runs.error).toMatchObject({ params: { run: 'r', changed: 'corpus' } }))
  })
})

test('progress keeps the latest of each kind and label, in order of appearance', () => {
  const events = [progress(1, 'a'), progress(2, 'b'), progress(5, 'a')]
  expect(events.reduce<readonly Progress[]>(withProgress, [])).toEqual([progress(5, 'a'), progress(2, 'b')])
})
