import { defineStore } from 'pinia'
import { shallowReactive, shallowRef } from 'vue'

import type { RunEntry } from '../../shared/contract/runs.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import type { Locale } from '../../shared/messages/define.ts'
import { useApi } from '../api.ts'

export const isResumable = ({ state }: RunEntry): boolean =>
  state === 'interrupted' || state === 'failed' || state === 'created'

/** The runs of the open project, and what starts, resumes and deletes runs. */
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

  const runsOf = (project: string): readonly RunEntry[] | null =>
    listed.value?.project === project ? listed.value.runs : null
  /** Runs with results, the newest first. */
  const finishedOf = (project: string): readonly RunEntry[] =>
    (runsOf(project) ?? []).filter(({ state }) => state === 'done')

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
    runsOf,
    finishedOf,
    load,
    start,
    resume,
    remove,
  }
})
