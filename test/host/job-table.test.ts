import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { OngoingJob } from '../../src/host/job.ts'
import { JobTable } from '../../src/host/job-table.ts'
import type { Job } from '../../src/shared/contract/runs.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { Progress } from '../../src/shared/job.ts'

const progress = (done: number, label?: string): Progress => ({
  kind: 'score',
  ...(label === undefined ? {} : { label }),
  fraction: done / 10,
  done,
  total: 10,
  unit: 'windows',
  etaSeconds: null,
})

/** Work that goes on until it is told how to end. */
function openEnded(table: JobTable, project = '/p') {
  const end: PromiseWithResolvers<void> = Promise.withResolvers()
  const begun = Promise.withResolvers<OngoingJob>()
  const id = table.start(project, async (job) => {
    begun.resolve(job)
    await end.promise
  })
  return { id, end, begun: begun.promise }
}

function watched(table: JobTable) {
  const told: Job[][] = []
  const leaving = new AbortController()
  const watching = table.watch((jobs) => told.push(jobs), leaving.signal)
  return {
    told,
    leave: async () => {
      leaving.abort()
      await expect(watching).rejects.toMatchObject({ code: 'cancelled' })
    },
  }
}

let table: JobTable
beforeEach(() => {
  table = new JobTable()
})

describe('a job', () => {
  it('keeps the latest of each kind and label, the units, and the latest 200 lines', async () => {
    const { id, end, begun } = openEnded(table)
    const ongoing = await begun
    ongoing.run = 'r1'
    for (const step of [progress(1, 'a'), progress(1), progress(2, 'a'), progress(3)]) ongoing.report(step)
    ongoing.count(3, 10)
    for (let line = 0; line < 250; line++) ongoing.tell(`line ${line}`, line % 2 === 0 ? 'info' : 'warn')
    end.resolve()
    await ongoing.ended
    const { log, ...rest } = ongoing.snapshot()
    expect(rest).toEqual({
      id,
      project: '/p',
      run: 'r1',
      state: 'done',
      startedAt: expect.any(String),
      endedAt: expect.any(String),
      progress: [progress(2, 'a'), progress(3)],
      unitsDone: 3,
      unitsTotal: 10,
      error: null,
    })
    expect([log.length, log[0]?.text, log.at(-1)?.text]).toEqual([200, 'line 50', 'line 249'])
  })

  it('that fails says why; one that was told to stop is stopped, whatever it says then', async () => {
    const failing = openEnded(table)
    failing.end.reject(new AppError('file/disk-full', { path: '/x' }))
    await (
      await failing.begun
    ).ended
    const stopping = openEnded(table)
    const job = await stopping.begun
    job.signal.addEventListener('abort', () => stopping.end.reject(job.signal.reason))
    const stopped = table.stop(stopping.id)
    expect(job.snapshot().state).toBe('stopping')
    await stopped
    const { told, leave } = watched(table)
    expect(told[0]!.map(({ state, error }) => [state, error])).toEqual([
      ['failed', { code: 'file/disk-full', params: { path: '/x' } }],
      ['stopped', null],
    ])
    await leave()
  })
})

describe('the table', () => {
  it('has one job at a time, and keeps twenty that have ended', async () => {
    for (let round = 0; round < 25; round++) {
      const { end, begun } = openEnded(table, `/p${round}`)
      end.resolve()
      await (
        await begun
      ).ended
    }
    const { id, end, begun } = openEnded(table)
    const ongoing = await begun
    ongoing.run = 'r1'
    const errorOf = (project: string): unknown => {
      try {
        return table.start(project, async () => {})
      } catch (error) {
        return error
      }
    }
    expect([errorOf('/p'), errorOf('/q')]).toEqual([
      new AppError('jobs/busy'),
      new AppError('jobs/busy-elsewhere', { project: '/p' }),
    ])
    expect([table.isBusy, table.isWorkingOn('r1'), table.isWorkingOn('r2')]).toEqual([true, true, false])
    await expect(table.stop('none')).rejects.toMatchObject({ code: 'jobs/unknown', params: { job: 'none' } })
    end.resolve()
    await ongoing.ended
    const { told, leave } = watched(table)
    expect(told[0]!.map(({ project }) => project)).toEqual([
      ...Array.from({ length: 20 }, (_, round) => `/p${round + 5}`),
      '/p',
    ])
    expect([table.isBusy, table.isWorkingOn('r1')]).toEqual([false, false])
    await table.stop(id)
    await leave()
  })

  it('closes once everything has stopped', async () => {
    const { end, begun } = openEnded(table)
    const ongoing = await begun
    ongoing.signal.addEventListener('abort', () => end.reject(new AppError('cancelled')))
    await table.close()
    expect(ongoing.snapshot().state).toBe('stopped')
  })
})

describe('watching', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('shows all jobs, then what changed, ten times a second at most, and always the last state', async () => {
    const { told, leave } = watched(table)
    const { end, begun } = openEnded(table)
    const ongoing = await begun
    for (let done = 1; done <= 10; done++) {
      ongoing.report(progress(done))
      await vi.advanceTimersByTimeAsync(30)
    }
    end.resolve()
    await ongoing.ended
    await vi.advanceTimersByTimeAsync(100)
    expect(told.map((jobs) => jobs.map(({ state, progress: [latest] }) => [state, latest?.done]))).toEqual([
      [],
      [['running', 4]],
      [['running', 8]],
      [['done', 10]],
    ])
    expect(told.at(-1)).toEqual([ongoing.snapshot()])
    await leave()
  })

  it('by one does not end with another’s leaving', async () => {
    const [first, second] = [watched(table), watched(table)]
    const { end, begun } = openEnded(table)
    const ongoing = await begun
    await first.leave()
    ongoing.tell('after')
    end.resolve()
    await ongoing.ended
    await vi.advanceTimersByTimeAsync(1000)
    expect(first.told).toEqual([[]])
    expect(second.told).toEqual([[], [ongoing.snapshot()]])
    await second.leave()
  })
})
