import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

import type { Project } from '../../shared/contract/projects.ts'
import type { CheckedPlan } from '../../shared/contract/runs.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import type { Progress } from '../../shared/job.ts'
import type { Locale } from '../../shared/messages/define.ts'
import { useApi } from '../api.ts'
import { withProgress } from './progress-entries.ts'

/** A check of what the next run of a project would do. */
export interface PlanCheck {
  /** As it was when the check began. */
  readonly project: Project
  readonly isRunning: boolean
  readonly progress: readonly Progress[]
  readonly plan: CheckedPlan | null
  readonly error: AppError | null
}

/** The check of the plan; it counts as long as nothing that goes into the run has changed. */
export const usePlanCheckStore = defineStore('plan-check', () => {
  const api = useApi()
  const latest = shallowRef<PlanCheck | null>(null)
  let controller: AbortController | null = null

  /** The check of a project as it is now. */
  const checkOf = (project: Project): PlanCheck | null =>
    latest.value !== null && inputsOf(latest.value.project) === inputsOf(project) ? latest.value : null

  /** Has the engine read and check every input of the next run. A second call replaces the first. */
  async function check(project: Project, locale: Locale): Promise<void> {
    forget()
    const own = new AbortController()
    controller = own
    latest.value = { project, isRunning: true, progress: [], plan: null, error: null }
    const change = (patch: Partial<PlanCheck>): void => {
      if (controller === own && latest.value !== null) latest.value = { ...latest.value, ...patch }
    }
    try {
      const plan = await api.call(
        'runs.plan',
        { project: project.folder, locale },
        {
          signal: own.signal,
          onEvent: (event) => change({ progress: withProgress(latest.value?.progress ?? [], event) }),
        },
      )
      change({ isRunning: false, plan })
    } catch (failure) {
      change({ isRunning: false, error: toAppError(failure) })
    }
  }

  /** Stops a check and forgets what it found. */
  function forget(): void {
    controller?.abort()
    controller = null
    latest.value = null
  }

  return { checkOf, check, forget }
})

/** All that a run is made of. */
const inputsOf = ({ folder, documents, baseline, candidates, plan }: Project): string =>
  JSON.stringify([folder, documents, baseline, candidates, plan])
