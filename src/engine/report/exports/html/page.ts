import type { Locale } from '../../../../shared/messages/index.ts'
import { formatMessage } from '../../../../shared/messages/index.ts'
import {
  reportExportMessages,
  type ReportExportMessageKey,
} from '../../../../shared/messages/report-exports.ts'
import type { ReportModel } from '../../../../shared/report-model.ts'
import { type NumberTexts, numberTexts } from '../number-text.ts'

/** What everything on the page is written with. */
export interface Page {
  readonly words: (key: ReportExportMessageKey) => string
  readonly texts: NumberTexts
}

export const pageFor = (locale: Locale, { currency }: ReportModel): Page => ({
  words: (key) => formatMessage(reportExportMessages[key], locale),
  texts: numberTexts(locale, currency),
})
