import { beforeEach, expect, it } from 'vitest'

import { PlanChecks } from '../../src/host/plan-checks.ts'
import { AppError } from '../../src/shared/errors.ts'
import { failureOf } from '../fixtures/app-error.ts'

let checks: PlanChecks
beforeEach(() => {
  checks = new PlanChecks()
})

/** Ends when it is told to, and some time after that. */
const endless = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => setImmediate(() => reject(new AppError('cancelled'))))
  })

it('gives what a check gives, and is busy until then', async () => {
  const { promise, resolve } = Promise.withResolvers<number>()
  const result = checks.perform(() => promise, new AbortController().signal)
  expect(checks.isBusy).toBe(true)
  resolve(7)
  expect(await result).toBe(7)
  expect(checks.isBusy).toBe(false)
  expect(
    await failureOf(() => checks.perform(() => Promise.reject(new AppError('cancelled')), neverAborted())),
  ).toEqual({
    code: 'cancelled',
    params: {},
  })
  expect(checks.isBusy).toBe(false)
})

it('ends with its caller, and no other with it', async () => {
  const caller = new AbortController()
  const failure = failureOf(() => checks.perform(endless, caller.signal))
  const other = failureOf(() => checks.perform(endless, neverAborted()))
  caller.abort()
  expect(await failure).toEqual({ code: 'cancelled', params: {} })
  expect(checks.isBusy).toBe(true)
  await checks.stop()
  expect(checks.isBusy).toBe(false)
  expect(await other).toEqual({ code: 'cancelled', params: {} })
})

const neverAborted = (): AbortSignal => new AbortController().signal
