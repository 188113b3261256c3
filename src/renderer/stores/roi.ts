import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

import { type AppError, toAppError } from '../../shared/errors.ts'
import type { Assumptions } from '../../shared/roi/assumptions.ts'
import type { RoiResult } from '../../shared/roi/result.ts'
import { useApi } from '../api.ts'

/** What a return on investment is asked of. */
export interface RoiQuestion {
  readonly project: string
  readonly run: string
  readonly assumptions: Assumptions
}

/** Milliseconds without a change before it is calculated anew. */
export const CALCULATION_DELAY = 250

/** The return on investment of one run, which follows its assumptions. */
export const useRoiStore = defineStore('roi', () => {
  const api = useApi()
  const answered = shallowRef<{ readonly question: RoiQuestion; readonly result: RoiResult } | null>(null)
  const asked = shallowRef<RoiQuestion | null>(null)
  const failed = shallowRef<{ readonly question: RoiQuestion; readonly error: AppError } | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let calculating: AbortController | null = null

  const error = computed(() => failed.value?.error ?? null)
  /** What is shown is of earlier assumptions. */
  const isCalculating = computed(() => asked.value !== null)
  /** The latest answer about a run. */
  const resultOf = (project: string, run: string): RoiResult | null =>
    answered.value?.question.project === project && answered.value.question.run === run
      ? answered.value.result
      : null

  /** Asks anew once nothing has changed for a moment; the first question about a run at once. */
  function ask(question: RoiQuestion): void {
    forget()
    if (isAnswered(question)) return
    asked.value = question
    if (resultOf(question.project, question.run) === null) void calculate(question)
    else timer = setTimeout(() => void calculate(question), CALCULATION_DELAY)
  }

  /** Asks again what could not be calculated. */
  function retry(): void {
    if (failed.value !== null) ask(failed.value.question)
  }

  const isAnswered = ({ project, run, assumptions }: RoiQuestion): boolean =>
    resultOf(project, run) !== null &&
    JSON.stringify(answered.value?.question.assumptions) === JSON.stringify(assumptions)

  /** What is being asked no longer matters. */
  function forget(): void {
    clearTimeout(timer)
    calculating?.abort()
    calculating = null
    asked.value = null
    failed.value = null
  }

  async function calculate(question: RoiQuestion): Promise<void> {
    const controller = new AbortController()
    calculating = controller
    try {
      const result = await api.call('roi.calculate', { ...question }, { signal: controller.signal })
      if (asked.value === question) answered.value = { question, result }
    } catch (failure) {
      if (asked.value === question) failed.value = { question, error: toAppError(failure) }
    } finally {
      if (asked.value === question) asked.value = null
    }
  }

  return { error, isCalculating, resultOf, ask, retry, forget }
})
