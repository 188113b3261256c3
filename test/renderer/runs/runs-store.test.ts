// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test } from 'vitest'

import { useRunsStore } from '../../../src/renderer/stores/runs.ts'
import type { Handlers } from '../../../src/rpc/handlers.ts'
import type { ProcedureName } from '../../../src/shared/contract.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { FakeWorld, FINISHED_RUN, installFakeApi, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { until } from '../until.ts'

function storeOver(handlers: Partial<Handlers<ProcedureName>> = {}, world = new FakeWorld()) {
  installFakeApi({ handlers, world })
  return { runs: useRunsStore(), world }
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
