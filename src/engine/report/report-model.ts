import type { Locale } from '../../shared/messages/index.ts'
import type { Results } from '../../shared/results.ts'
import { calculateRoi, type RoiInputs } from '../roi/index.ts'
import { assumptionsSheet } from './assumptions-sheet.ts'
import { calculationSheet } from './calculation-sheet.ts'
import { capacitySheet } from './capacity-sheet.ts'
import { conditionsSheet } from './conditions-sheet.ts'
import type { Money } from './decisions.ts'
import { glossarySheet } from './glossary-sheet.ts'
import { moneyReport } from './money/money-report.ts'
import { moneyWordsFor } from './money/money-words.ts'
import { recommendationTable } from './recommendation.ts'
import { qualitySheet } from './quality-sheet.ts'
import { rawSheet } from './raw-sheet.ts'
import { resourcesSheet } from './resources-sheet.ts'
import { risksSheet } from './risks-sheet.ts'
import { roiSheet } from './roi-sheet.ts'
import { sensitivitySheet } from './sensitivity-sheet.ts'
import type { ReportModel } from './sheet-model.ts'
import { shownNames, withShownNames } from './shown-names.ts'
import { summarySheet } from './summary-sheet.ts'
import { wordsFor } from './words.ts'

/**
 * Lays results out as sheets: the page that decides first, then its proof. Pure; same results, same rows.
 *
 * @param inputs of the same results; null for a report without money
 */
export function reportModel(measured: Results, locale: Locale, inputs: RoiInputs | null): ReportModel {
  const names = shownNames(measured.arms.map(({ id }) => id))
  const { results, roi } = withShownNames(measured, inputs, names)
  const words = wordsFor(locale)
  const money: Money | null =
    roi === null
      ? null
      : {
          report: moneyReport(roi, calculateRoi(roi)),
          words: moneyWordsFor(locale, roi.assumptions.currency),
        }
  return {
    title: words('title'),
    subject: words('subject'),
    createdAt: results.run.createdAt,
    footer: words('page', { page: '&P', pages: '&N' }),
    currency: roi?.assumptions.currency ?? null,
    sheets: [
      summarySheet(results, money, words),
      ...(money === null
        ? []
        : [
            roiSheet(money.report, money.words),
            assumptionsSheet(money.report, money.words),
            sensitivitySheet(money.report, money.words),
          ]),
      qualitySheet(results, words),
      resourcesSheet(results, words),
      capacitySheet(results, money, words),
      risksSheet(results, money, words),
      conditionsSheet(results, names, words),
      rawSheet(results, words),
      glossarySheet(words),
      ...(money === null
        ? []
        : [calculationSheet(money.report, money.words, recommendationTable(results, money, words))]),
    ],
  }
}
