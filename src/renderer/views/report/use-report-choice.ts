import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import type { RunEntry } from '../../../shared/contract/runs.ts'
import type { Locale } from '../../../shared/messages/define.ts'
import { useOpenProject } from '../../composables/use-open-project.ts'
import { useI18n } from '../../i18n.ts'
import { useAssumptionsStore } from '../../stores/assumptions.ts'
import type { ReportChoice } from '../../stores/report.ts'
import { useReportLookStore } from '../../stores/report-look.ts'
import { useRunsStore } from '../../stores/runs.ts'

export const TABS = ['assumptions', 'roi', 'preview'] as const
export type ReportTab = (typeof TABS)[number]

export interface ReportChoosing {
  readonly finished: ComputedRef<readonly RunEntry[]>
  /** The run of the address, else the newest finished one. */
  readonly run: WritableComputedRef<string | null>
  /** Of the report; the page's unless another is chosen. */
  readonly language: WritableComputedRef<Locale>
  readonly tab: WritableComputedRef<ReportTab>
  /** The run that is shown; null while it is none of the finished ones. */
  readonly knownRun: ComputedRef<string | null>
  /** What would be written; null while something is missing or wrong. */
  readonly choice: ComputedRef<ReportChoice | null>
}

/** Which report is looked at. What can be linked stands in the address. */
export function useReportChoice(): ReportChoosing {
  const { locale } = useI18n()
  const route = useRoute()
  const router = useRouter()
  const project = useOpenProject()
  const runs = useRunsStore()
  const store = useAssumptionsStore()
  const look = useReportLookStore()

  const finished = computed(() => runs.finishedOf(project.value.folder))
  const run = computed({
    get: () => {
      const asked = route.query['run']
      return typeof asked === 'string' ? asked : (finished.value[0]?.id ?? null)
    },
    set: (chosen) => void router.replace({ query: { ...route.query, run: chosen } }),
  })
  const tab = computed({
    get: () => TABS.find((name) => name === route.query['tab']) ?? 'assumptions',
    set: (name) => void router.replace({ query: { ...route.query, tab: name } }),
  })
  const language = computed({
    get: () => look.language ?? locale.value,
    set: (chosen) => (look.language = chosen),
  })

  const knownRun = computed(() => (finished.value.some(({ id }) => id === run.value) ? run.value : null))
  const choice = computed((): ReportChoice | null => {
    if (knownRun.value === null) return null
    const assumptions = store.isIncluded ? store.completeFor(knownRun.value) : null
    if (store.isIncluded && assumptions === null) return null
    return { project: project.value.folder, run: knownRun.value, locale: language.value, assumptions }
  })
  return { finished, run, language, tab, knownRun, choice }
}
