import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

import type { Locale } from '../../shared/messages/define.ts'
import type { AssumptionGroup } from '../../shared/roi/assumptions.ts'

/** How the report view was left, so that it is found again so. */
export const useReportLookStore = defineStore('report-look', () => {
  /** Of the report; null for the page's own. */
  const language = ref<Locale | null>(null)
  /** Id of the candidate that is looked at; null for the recommended one. */
  const candidate = ref<string | null>(null)
  const openGroups = shallowRef<ReadonlySet<AssumptionGroup>>(new Set(['demand']))
  /** Place of the sheet that is shown. */
  const sheet = ref(0)

  return { language, candidate, openGroups, sheet }
})
