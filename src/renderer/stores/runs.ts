import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'

import type { CheckedPlan, RunEntry } from '../../shared/contract/runs.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import type { Progress } from '../../shared/job.ts'
import type { Locale } from '../../shared/messages/define.ts'
import { useApi } from '../api.ts'
import { withProgress } from './progress-entries.ts'

export const isResumable = ({ state }: RunEntry): boolean =>
  state === 'interrupted' || state === 'failed' || state === 'created'

/** The runs of the open project, the check of its plan, and what starts, resumes and deletes runs. */
export const useRunsStore = defineStore('runs', () => {
  const api = useApi()

  const listed = shallowRef<{ readonly project: string; readonly runs: readonly RunEntry[] } | null>(null)
  const listError = shallowRef<AppError | null>(null)
  let lastLoad = 0
  /** Of the last start, resumption or deletion. */
  const error = shallowRef<AppError | null>(null)
  const isStarting = shallowRef(false)
  /** Runs that are being deleted. */
  const deleting = shallowReactive(new Set<string>())

  const checked = shallowRef<{ readonly project: string; readonly plan: CheckedPlan } | null>(null)
  const checking = shallowRef<AbortController | null>(null)
  const checkProgress = shallowRef<readonly Progress[]>([])
  const checkError = shallowRef<AppError | null>(null)

  const runsOf = (project: string): readonly RunEntry[] | null =>
    listed.value?.project === project ? listed.value.runs : null
  /** Runs with results, the newest first. */
  const finishedOf = (project: string): readonly RunEntry[] =>
    (runsOf(project) ?? []).filter(({ state }) => state === 'done')
  const checkedOf = (project: string): CheckedPlan | null =>
    checked.value?.project === project ? checked.value.plan : null
  const isChecking = computed(() => checking.value !== null)

  /** Reads the list anew; what was listed of the same project stays until then. */
  async function load(project: string): Promise<void> {
    listError.value = null
    if (listed.value?.project !== project) error.value = null
    const call = ++lastLoad
    try {
      const runs = await api.call('runs.list', { project })
      if (call === lastLoad) listed.value = { project, runs }
    } catch (failure) {
      if (call === lastLoad) listError.value = toAppError(failure)
    }
  }

  /** Has the engine read and check every input of the next run. A second call replaces the first. */
  async function checkPlan(project: string, locale: Locale): Promise<void> {
    forgetCheck()
    const controller = new AbortController()
    checking.value = controller
    const { signal } = controller
    try {
      const plan = await api.call(
        'runs.plan',
        { project, locale },
        {
          signal,
          onEvent: (event) => {
            if (checking.value === controller) checkProgress.value = withProgress(checkProgress.value, event)
          },
        },
      )
      if (checking.value === controller) checked.value = { project, plan }
    } catch (failure) {
      if (checking.value === controller) checkError.value = toAppError(failure)
    } finally {
      if (checking.value === controller) checking.value = null
    }
  }

  /** Stops a check and forgets what it found: when it is cancelled, and when the plan has changed since. */
  function forgetCheck(): void {
    checking.value?.abort()
    checking.value = null
    checked.value = null
    checkProgress.value = []
    checkError.value = null
  }

  /** @returns whether it began; else `error` is set */
  const start = (project: string, locale: Locale): Promise<boolean> =>
    begin(() => api.call('runs.start', { project, locale }), project)

  const resume = (project: string, run: string): Promise<boolean> =>
    begin(() => api.call('runs.resume', { project, run }), project)

  async function begin(call: () => Promise<{ job: string }>, project: string): Promise<boolean> {
    error.value = null
    isStarting.value = true
    try {
      await call()
    } catch (failure) {
      error.value = toAppError(failure)
      return false
    } finally {
      isStarting.value = false
    }
    await load(project)
    return true
  }

  /** Deletes a run with its samples, beyond recovery. @returns whether it is gone; else `error` is set */
  async function remove(project: string, run: string): Promise<boolean> {
    error.value = null
    deleting.add(run)
    try {
      await api.call('runs.delete', { project, run })
    } catch (failure) {
      error.value = toAppError(failure)
      return false
    } finally {
      deleting.delete(run)
    }
    await load(project)
    return true
  }

  return {
    listError,
    error,
    isStarting,
    deleting,
    checkProgress,
    checkError,
    isChecking,
    runsOf,
    finishedOf,
    checkedOf,
    load,
    checkPlan,
    forgetCheck,
    start,
    resume,
    remove,
  }
})
