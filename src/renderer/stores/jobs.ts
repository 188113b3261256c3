import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef, watch } from 'vue'

import type { Job } from '../../shared/contract/runs.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import { useApi } from '../api.ts'
import { useSessionStore } from './session.ts'

/** Lines of a job's log that are kept, however many the engine tells: memory stays flat over hours. */
const LOG_LINES = 400

/** Still at work, or letting go of it. */
export const isActive = ({ state }: Job): boolean => state === 'running' || state === 'stopping'

/** Share of a job's units that are done, 0–1; null until its plan is known. */
export const jobFraction = ({ unitsDone, unitsTotal }: Job): number | null =>
  unitsTotal === 0 ? null : Math.min(1, unitsDone / unitsTotal)

/** Work of the engine's process, as it tells of it: at most ten times a second. */
export const useJobsStore = defineStore('jobs', () => {
  const api = useApi()
  const session = useSessionStore()
  const jobs = shallowRef<readonly Job[]>([])
  const dismissed = shallowReactive(new Set<string>())
  /** Jobs whose stop was asked for from here and has not been answered. */
  const stopping = shallowReactive(new Set<string>())
  /** Of the last attempt to stop one, or of the watching itself. */
  const error = shallowRef<AppError | null>(null)
  let unwatch: (() => void) | null = null

  /** The job at work, of whatever project. */
  const active = computed<Job | null>(() => jobs.value.find(isActive) ?? null)

  /** The latest job of a project, unless it has ended and was put away. */
  const latestOf = (project: string): Job | null =>
    jobs.value.find((job) => job.project === project && !dismissed.has(job.id)) ?? null

  const activeOf = (project: string): Job | null =>
    jobs.value.find((job) => job.project === project && isActive(job)) ?? null

  /** Follows the engine's jobs for as long as the page lives; calling it again changes nothing. */
  function start(): void {
    if (unwatch !== null) return
    unwatch = api.watch('jobs.watch', {}, receive, { onError: (failure) => (error.value = failure) })
    // Jobs live and die with their engine's process; a quick restart may be told of in one breath.
    watch(
      () => session.engine,
      (engine, before) => {
        const isGone = engine?.state === 'restarting' || engine?.state === 'failed'
        if (isGone || (before !== null && engine?.starts !== before.starts)) jobs.value = []
      },
      { flush: 'sync' },
    )
  }

  function receive(changed: readonly Job[]): void {
    const byId = new Map(jobs.value.map((job) => [job.id, job]))
    for (const job of changed) byId.set(job.id, { ...job, log: job.log.slice(-LOG_LINES) })
    jobs.value = [...byId.values()].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
  }

  /** Stops a job; what is finished stays. @returns whether it has stopped; else `error` is set */
  async function stop(job: string): Promise<boolean> {
    error.value = null
    stopping.add(job)
    try {
      await api.call('jobs.stop', { job })
      return true
    } catch (failure) {
      error.value = toAppError(failure)
      return false
    } finally {
      stopping.delete(job)
    }
  }

  /** Puts an ended job away. */
  function dismiss(job: string): void {
    dismissed.add(job)
  }

  return { jobs, active, stopping, error, latestOf, activeOf, start, stop, dismiss }
})
