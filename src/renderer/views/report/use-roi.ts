import { computed, type ComputedRef, watch } from 'vue'

import type { AppError } from '../../../shared/errors.ts'
import type { RoiResult } from '../../../shared/roi/result.ts'
import { useOpenProject } from '../../composables/use-open-project.ts'
import { useAssumptionsStore } from '../../stores/assumptions.ts'
import { useRoiStore } from '../../stores/roi.ts'

export interface RoiState {
  /** Of the latest assumptions that could be calculated with. */
  readonly result: RoiResult | null
  readonly error: AppError | null
  readonly isCalculating: boolean
  /** Entries that must be corrected before anything is calculated anew. */
  readonly wrongEntries: number
}

/** The return on investment of a run, kept up with its assumptions while the view is open. */
export function useRoi(run: ComputedRef<string | null>): ComputedRef<RoiState> {
  const project = useOpenProject()
  const assumptions = useAssumptionsStore()
  const roi = useRoiStore()

  watch(
    () => (run.value === null || !assumptions.isIncluded ? null : assumptions.completeFor(run.value)),
    (complete) => {
      if (complete === null || run.value === null) roi.forget()
      else roi.ask({ project: project.value.folder, run: run.value, assumptions: complete })
    },
    { immediate: true },
  )

  return computed(() => ({
    result: run.value === null ? null : roi.resultOf(project.value.folder, run.value),
    error: roi.error,
    isCalculating: roi.isCalculating,
    wrongEntries: assumptions.wrong.size,
  }))
}
