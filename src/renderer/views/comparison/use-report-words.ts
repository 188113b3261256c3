import { computed, type ComputedRef } from 'vue'

import { formatMessage, type MessageParams } from '../../../shared/messages/define.ts'
import { reportMessages, type ReportMessageKey } from '../../../shared/messages/report.ts'
import { useI18n } from '../../i18n.ts'

export type ReportWords = (key: ReportMessageKey, params?: MessageParams) => string

/** The words of the workbook, so that the page says of a figure what the report says. */
export function useReportWords(): ComputedRef<ReportWords> {
  const { locale } = useI18n()
  return computed(() => (key, params) => formatMessage(reportMessages[key], locale.value, params))
}
