import type { Locale } from '../../shared/messages/index.ts'
import type { Results } from '../../shared/results.ts'
import { conditionsSheet } from './conditions-sheet.ts'
import { qualitySheet } from './quality-sheet.ts'
import { rawSheet } from './raw-sheet.ts'
import { resourcesSheet } from './resources-sheet.ts'
import type { ReportModel } from './sheet-model.ts'
import { summarySheet } from './summary-sheet.ts'
import { wordsFor } from './words.ts'

/** Lays results out as sheets: the page that decides first, then its proof. Pure; same results, same rows. */
export function reportModel(results: Results, locale: Locale): ReportModel {
  const words = wordsFor(locale)
  return {
    title: words('title'),
    subject: words('subject'),
    createdAt: results.run.createdAt,
    footer: words('page', { page: '&P', pages: '&N' }),
    sheets: [
      summarySheet(results, words),
      qualitySheet(results, words),
      resourcesSheet(results, words),
      conditionsSheet(results, words),
      rawSheet(results, words),
    ],
  }
}
