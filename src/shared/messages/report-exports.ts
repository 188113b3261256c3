import { defineMessages } from './define.ts'

/** The words that only the printable page has. */
export const reportExportMessages = defineMessages({
  sheets: { ja: '目次', en: 'Contents' },
  values: { ja: '図の値', en: 'Values of the chart' },
  notMeasured: { ja: '（実測ではない）', en: ' (not measured)' },
  missing: { ja: 'n/a', en: 'n/a' },
})
export type ReportExportMessageKey = keyof typeof reportExportMessages
