import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { quietContext, type RunContext, silentLogger } from '../../../src/engine/kernel/run-context.ts'
import { executeRun, type Performers, type Run, RunLedger } from '../../../src/engine/runs/index.ts'
import { AppError } from '../../../src/shared/errors.ts'
import type { Progress } from '../../../src/shared/job.ts'
import { deterministicPerformers, inputs, smallPlan } from './plans.ts'

let folder: string
let ledger: RunLedger
let run: Run
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'soroban-execute-'))
  ledger = RunLedger.open(join(folder, 'soroban.db'))
  run = ledger.createRun(smallPlan())
})
afterEach(() => {
  ledger[Symbol.dispose]()
  rmSync(folder, { recursive: true, force: true })
})

/** Deterministic performers that call `before` ahead of each unit and record which units ran. */
function recording(performed: number[], before: (ordinal: number) => void = () => {}): Performers {
  const wrap =
    <U, S>(perform: (unit: U, context: RunContext) => Promise<S>) =>
    async (unit: U, context: RunContext): Promise<S> => {
      const ordinal = run.plan.units.findIndex((planned) => JSON.stringify(planned) === JSON.stringify(unit))
      before(ordinal)
      performed.push(ordinal)
      return perform(unit, context)
    }
  const { quality, speed, memory } = deterministicPerformers
  return {
    quality: wrap(quality),
    'self-check': wrap(deterministicPerformers['self-check']),
    speed: wrap(speed),
    memory: wrap(memory),
  }
}

const ALL = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

describe('executeRun', () => {
  it('does every unit once, in the plan’s order', async () => {
    const performed: number[] = []
    const counts: number[][] = []
    const onUnits = (...units: readonly number[]): void => void counts.push([...units])
    await executeRun(run, inputs, recording(performed), quietContext(), { onUnits })
    await executeRun(run, inputs, recording(performed), quietContext(), { onUnits })
    expect(counts).toEqual([[0, 11], ...ALL.map((ordinal) => [ordinal + 1, 11]), [11, 11]])
    expect(performed).toEqual(ALL)
    expect(run.status.state).toBe('done')
  })

  it('after an abort is interrupted, and goes on where it stopped', async () => {
    const performed: number[] = []
    const controller = new AbortController()
    const abortAtFour = recording(performed, (ordinal) => {
      if (ordinal === 4) controller.abort()
    })
    await expect(executeRun(run, inputs, abortAtFour, quietContext(controller.signal))).rejects.toMatchObject(
      {
        code: 'cancelled',
      },
    )
    // The unit in flight finished, so it was kept.
    expect(run.status).toMatchObject({ state: 'interrupted', failure: null, unitsDone: 5 })
    await executeRun(run, inputs, recording(performed), quietContext())
    expect(performed).toEqual(ALL)
  })

  it('calls an error during an abort a cancellation', async () => {
    const controller = new AbortController()
    const dying = recording([], () => {
      controller.abort()
      throw new Error('session terminated')
    })
    await expect(executeRun(run, inputs, dying, quietContext(controller.signal))).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(run.status.state).toBe('interrupted')
  })

  it('after an error is failed with its reason, and can be resumed', async () => {
    const performed: number[] = []
    const failing = recording(performed, (ordinal) => {
      if (ordinal === 6) throw new AppError('file/disk-full', { path: '/x' })
    })
    await expect(executeRun(run, inputs, failing, quietContext())).rejects.toMatchObject({
      code: 'file/disk-full',
    })
    expect(run.status).toMatchObject({
      state: 'failed',
      failure: { code: 'file/disk-full', params: { path: '/x' } },
      unitsDone: 6,
    })
    await executeRun(run, inputs, recording(performed), quietContext())
    expect(performed).toEqual(ALL)
    expect(run.status).toMatchObject({ state: 'done', failure: null })
  })

  it('is done only once what completes it has succeeded', async () => {
    const performed: number[] = []
    const states: string[] = []
    const full = new AppError('file/disk-full', { path: '/results.json' })
    await expect(
      executeRun(run, inputs, recording(performed), quietContext(), { complete: () => Promise.reject(full) }),
    ).rejects.toBe(full)
    expect(run.status).toMatchObject({ state: 'failed', failure: { code: 'file/disk-full' }, unitsDone: 11 })
    const complete = async (): Promise<void> => void states.push(run.status.state)
    await executeRun(run, inputs, recording(performed), quietContext(), { complete })
    expect(performed).toEqual(ALL)
    expect([...states, run.status.state]).toEqual(['running', 'done'])
  })

  it('throws what stopped it even when that cannot be recorded', async () => {
    const closing = recording([], (ordinal) => {
      if (ordinal !== 2) return
      // Every later statement of this connection fails.
      ledger[Symbol.dispose]()
      throw new AppError('file/disk-full', { path: '/soroban.db' })
    })
    await expect(executeRun(run, inputs, closing, quietContext())).rejects.toMatchObject({
      code: 'file/disk-full',
      params: { path: '/soroban.db' },
    })
    ledger = RunLedger.open(join(folder, 'soroban.db'))
    expect(ledger.run(run.id).status).toMatchObject({ state: 'interrupted', unitsDone: 2 })
  })

  it('reports progress by kind, counting what was done before', async () => {
    const controller = new AbortController()
    const abortAtOne = recording([], (ordinal) => {
      if (ordinal === 1) controller.abort()
    })
    await executeRun(run, inputs, abortAtOne, quietContext(controller.signal)).catch(() => {})
    const events: Progress[] = []
    await executeRun(run, inputs, deterministicPerformers, {
      signal: new AbortController().signal,
      report: (progress) => events.push(progress),
      log: silentLogger,
    })
    expect(events.map(({ kind, done, total, unit }) => `${kind} ${done}/${total} ${unit}`)).toEqual([
      'score 3/5 windows',
      'score 4/5 windows',
      'score 5/5 windows',
      'measure 1/6 repetitions',
      'measure 2/6 repetitions',
      'measure 3/6 repetitions',
      'measure 4/6 repetitions',
      'measure 5/6 repetitions',
      'measure 6/6 repetitions',
    ])
    expect(events.at(-1)).toMatchObject({ fraction: 1, etaSeconds: 0 })
  })
})
