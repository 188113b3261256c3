// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { CALCULATION_DELAY, type RoiQuestion, useRoiStore } from '../../../src/renderer/stores/roi.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { defaultAssumptions } from '../fakes/assumptions.ts'
import { FINISHED_RUN, installFakeApi, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { roiResult } from '../fakes/roi.ts'

const question = (name: string): RoiQuestion => ({
  project: SAMPLE_FOLDER,
  run: FINISHED_RUN,
  assumptions: { ...defaultAssumptions(), name },
})
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(CALCULATION_DELAY)

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})
afterEach(() => void vi.useRealTimers())

test('the first question is asked at once, further ones when nothing has changed for a moment', async () => {
  const asked: string[] = []
  installFakeApi({
    handlers: {
      'roi.calculate': ({ run, assumptions }) => {
        asked.push(assumptions.name)
        return roiResult(run, assumptions)
      },
    },
  })
  const roi = useRoiStore()
  roi.ask(question('a'))
  await vi.advanceTimersByTimeAsync(0)
  expect([asked, roi.resultOf(SAMPLE_FOLDER, FINISHED_RUN)?.assumptions.name, roi.isCalculating]).toEqual([
    ['a'],
    'a',
    false,
  ])
  roi.ask(question('b'))
  roi.ask(question('c'))
  expect([roi.isCalculating, roi.resultOf(SAMPLE_FOLDER, FINISHED_RUN)?.assumptions.name]).toEqual([
    true,
    'a',
  ])
  await settle()
  expect([asked, roi.resultOf(SAMPLE_FOLDER, FINISHED_RUN)?.assumptions.name]).toEqual([['a', 'c'], 'c'])
  roi.ask(question('c'))
  await settle()
  expect(asked).toEqual(['a', 'c'])
})

test('a late answer to an earlier question does not replace the later one', async () => {
  const late = Promise.withResolvers<undefined>()
  installFakeApi({
    handlers: {
      'roi.calculate': async ({ run, assumptions }) => {
        if (assumptions.name === 'slow') await late.promise
        return roiResult(run, assumptions)
      },
    },
  })
  const roi = useRoiStore()
  roi.ask(question('slow'))
  roi.ask(question('fast'))
  await settle()
  late.resolve(undefined)
  await settle()
  expect(roi.resultOf(SAMPLE_FOLDER, FINISHED_RUN)?.assumptions.name).toBe('fast')
})

test('a refusal is told, and the answer before it stays until there is a new one', async () => {
  installFakeApi({
    handlers: {
      'roi.calculate': ({ run, assumptions }) => {
        if (assumptions.name === 'bad') throw new AppError('runs/unknown', { run })
        return roiResult(run, assumptions)
      },
    },
  })
  const roi = useRoiStore()
  roi.ask(question('good'))
  await settle()
  roi.ask(question('bad'))
  await settle()
  expect([
    roi.error?.code,
    roi.isCalculating,
    roi.resultOf(SAMPLE_FOLDER, FINISHED_RUN)?.assumptions.name,
  ]).toEqual(['runs/unknown', false, 'good'])
  roi.forget()
  expect(roi.error).toBeNull()
})
