// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'

import { useModelsStore } from '../../../src/renderer/stores/models.ts'
import type { Handlers } from '../../../src/rpc/handlers.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { installFakeApi } from '../fakes/fake-api.ts'
import { BASELINE, CANDIDATE } from '../fakes/models.ts'

function storeOver(handlers: Partial<Handlers<'models.inspect' | 'doctor.examine'>> = {}) {
  installFakeApi({ handlers })
  return useModelsStore()
}

beforeEach(() => setActivePinia(createPinia()))

describe('inspections', () => {
  test('of exactly the folders that are wanted', async () => {
    const models = storeOver()
    models.keep([BASELINE.folder, CANDIDATE.folder])
    expect([...models.inspections.values()]).toEqual([{ state: 'reading' }, { state: 'reading' }])
    await vi.waitFor(() =>
      expect([...models.inspections]).toEqual([
        [BASELINE.folder, { state: 'read', model: BASELINE }],
        [CANDIDATE.folder, { state: 'read', model: CANDIDATE }],
      ]),
    )
    models.keep([CANDIDATE.folder])
    expect([...models.inspections.keys()]).toEqual([CANDIDATE.folder])
  })

  test('keep what went wrong, and can be tried again', async () => {
    let calls = 0
    const models = storeOver({
      'models.inspect': ({ folder }) => {
        if (++calls === 1) throw new AppError('models/not-a-model', { folder })
        return BASELINE
      },
    })
    await models.inspect('/m')
    expect(models.inspections.get('/m')).toMatchObject({
      state: 'failed',
      error: { code: 'models/not-a-model', params: { folder: '/m' } },
    })
    await models.inspect('/m')
    expect(models.inspections.get('/m')).toEqual({ state: 'read', model: BASELINE })
  })

  test('a folder that is let go while it is read is cancelled and stays away', async () => {
    const started = Promise.withResolvers<null>()
    const cancelled = Promise.withResolvers<null>()
    const models = storeOver({
      'models.inspect': (_, { signal }) =>
        new Promise((_resolve, reject) => {
          started.resolve(null)
          signal.addEventListener('abort', () => {
            cancelled.resolve(null)
            reject(new AppError('cancelled'))
          })
        }),
    })
    const inspection = models.inspect('/large')
    await started.promise
    models.keep([])
    await cancelled.promise
    await inspection
    expect(models.inspections.size).toBe(0)
  })
})

describe('what models are set against', () => {
  test('the bundled pair', async () => {
    const models = storeOver()
    await models.findBundled()
    expect(models.bundled).toEqual({ baseline: BASELINE.folder, candidate: CANDIDATE.folder })
  })

  test("the machine's memory, unless another size is chosen", async () => {
    const models = storeOver()
    expect(models.memory).toBeNull()
    await models.examineMachine()
    expect(models.memory).toBe(32 * 2 ** 30)
    models.chosenMemory = 8 * 2 ** 30
    expect(models.memory).toBe(8 * 2 ** 30)
  })

  test('a machine that cannot be examined leaves the size to the reader', async () => {
    const models = storeOver({
      'doctor.examine': () => {
        throw new AppError('internal', { reason: 'no' })
      },
    })
    await models.examineMachine()
    expect([models.memory, models.machineError?.code]).toEqual([null, 'internal'])
  })
})
