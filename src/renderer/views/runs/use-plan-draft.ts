import { readonly, type Ref, shallowRef, watch } from 'vue'

import type { PlanSettings } from '../../../shared/contract/projects.ts'
import { usePlanCheckStore } from '../../stores/plan-check.ts'
import { useProjectStore } from '../../stores/project.ts'

export interface PlanDraft {
  readonly plan: Readonly<Ref<PlanSettings | null>>
  /** Changes some fields and saves the whole plan; what was checked before no longer counts. */
  change(patch: Partial<PlanSettings>): void
  /** Resolves when every change so far is saved or has failed. @returns whether the last one was saved */
  settled(): Promise<boolean>
}

/** The open project's plan while it is edited: changes show at once and are saved one after the other. */
export function usePlanDraft(): PlanDraft {
  const project = useProjectStore()
  const planCheck = usePlanCheckStore()
  const folder = project.current?.folder
  const plan = shallowRef<PlanSettings | null>(project.current?.plan ?? null)
  let saving: Promise<boolean> = Promise.resolve(true)
  let unsaved = 0

  watch(
    () => project.current,
    (current) => {
      if (unsaved === 0) plan.value = current?.plan ?? null
    },
  )

  function change(patch: Partial<PlanSettings>): void {
    if (plan.value === null) return
    const changed = { ...plan.value, ...patch }
    plan.value = changed
    planCheck.forget()
    unsaved++
    saving = saving.then(async () => {
      const isSaved = await project.update({ plan: changed }, folder)
      if (--unsaved === 0) plan.value = project.current?.plan ?? null
      return isSaved
    })
  }

  return { plan: readonly(plan) as Readonly<Ref<PlanSettings | null>>, change, settled: () => saving }
}
