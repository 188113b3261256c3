import { defineStore } from 'pinia'
import { shallowReactive, shallowRef } from 'vue'

import { type AppError, toAppError } from '../../shared/errors.ts'
import type { Results } from '../../shared/results.ts'
import { useApi } from '../api.ts'

/** Results that are kept at hand; finished runs never change. */
const KEPT_RESULTS = 4

/** The results of finished runs, read once each. */
export const useComparisonStore = defineStore('comparison', () => {
  const api = useApi()
  /** By run; the last one asked for stands last. */
  const known = shallowReactive(new Map<string, Results>())
  /** The run being read. */
  const loading = shallowRef<string | null>(null)
  const error = shallowRef<AppError | null>(null)

  const resultsOf = (run: string): Results | null => known.get(run) ?? null

  async function load(project: string, run: string): Promise<void> {
    error.value = null
    const found = known.get(run)
    if (found !== undefined) {
      loading.value = null
      remember(run, found)
      return
    }
    loading.value = run
    try {
      const results = await api.call('runs.results', { project, run })
      remember(run, results)
    } catch (failure) {
      if (loading.value === run) error.value = toAppError(failure)
    } finally {
      if (loading.value === run) loading.value = null
    }
  }

  function remember(run: string, results: Results): void {
    known.delete(run)
    known.set(run, results)
    for (const oldest of [...known.keys()].slice(0, -KEPT_RESULTS)) known.delete(oldest)
  }

  return { loading, error, resultsOf, load }
})
