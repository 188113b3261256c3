import { assumptionsSheet } from '../../../../src/engine/report/assumptions-sheet.ts'
import { calculationSheet } from '../../../../src/engine/report/calculation-sheet.ts'
import { type MoneyReport, moneyReport } from '../../../../src/engine/report/money/money-report.ts'
import { moneyWordsFor } from '../../../../src/engine/report/money/money-words.ts'
import { roiSheet } from '../../../../src/engine/report/roi-sheet.ts'
import { sensitivitySheet } from '../../../../src/engine/report/sensitivity-sheet.ts'
import type { Cell, ReportModel, SheetModel } from '../../../../src/engine/report/sheet-model.ts'
import { calculateRoi, roiInputs } from '../../../../src/engine/roi/index.ts'
import type { Locale } from '../../../../src/shared/messages/index.ts'
import type { Assumptions } from '../../../../src/shared/roi/assumptions.ts'
import { ASSUMPTION_KEYS, ASSUMPTIONS } from '../../../../src/shared/roi/assumptions.ts'
import { type ArmSpec, assumptionSet, GQA, runResults, STANDARD } from '../../roi/fixtures.ts'

/** Its name would be a formula, and a wildcard for MATCH. */
export const HOSTILE: ArmSpec = {
  ...GQA,
  id: '=g*a?',
  weightsBytes: 12e9,
  kvBytesPerToken: 65_536,
  times: [
    [512, 800, 55],
    [2048, 3600, 56],
    [8192, 17_500, 60],
  ],
}

/** Weights beyond the memory of any device that is assumed: it cannot be served. */
export const TOO_LARGE: ArmSpec = { ...GQA, id: 'gqa-large', weightsBytes: 4e11 }

const SPREAD = 0.2

/** Every assumption varies, none beyond its limits; one-off costs are high enough to be paid back over years. */
export function spreadAssumptions(changed: Partial<Record<keyof typeof STANDARD, number>> = {}): Assumptions {
  const values = { ...STANDARD, pocCost: 28_000_000, requestsPerMonth: 700_000, ...changed }
  return assumptionSet(
    Object.fromEntries(
      ASSUMPTION_KEYS.map((key, place) => {
        const definition = ASSUMPTIONS[place]!
        const limited = (value: number): number => {
          const most = 'most' in definition ? definition.most : Infinity
          const least = 'least' in definition ? definition.least : -Infinity
          const within = Math.min(most, Math.max(least, value))
          return 'isInteger' in definition ? Math.round(within) : within
        }
        const value = values[key]
        const spread = {
          value,
          pessimistic: limited(value * (1 + SPREAD)),
          optimistic: limited(value * (1 - SPREAD)),
        }
        return [key, place % 2 === 0 ? { ...spread, origin: 'entered' as const } : spread]
      }),
    ),
  )
}

/** @param chosen place of the candidate that the workbook begins with; left out, the recommended one */
export function reportOf(specs: readonly ArmSpec[], assumptions: Assumptions, chosen?: number): MoneyReport {
  const inputs = roiInputs(runResults(specs), assumptions)
  const result = calculateRoi(inputs)
  return moneyReport(inputs, chosen === undefined ? result : { ...result, recommended: chosen })
}

/** The sheets about money alone. */
export function moneyModel(report: MoneyReport, locale: Locale): ReportModel {
  const { currency } = report.result
  const words = moneyWordsFor(locale, currency)
  return {
    title: 'Money',
    subject: 'Money',
    createdAt: '2026-04-01T01:02:03.000Z',
    footer: '',
    currency,
    sheets: [roiSheet, assumptionsSheet, sensitivitySheet, calculationSheet].map((sheet) =>
      sheet(report, words),
    ),
  }
}

export function cellsIn({ blocks }: SheetModel): readonly Cell[] {
  return blocks.flatMap((block): readonly Cell[] => {
    switch (block.kind) {
      case 'table':
        return [
          ...block.columns.flatMap(({ header, formula }): Cell[] =>
            formula === undefined ? [] : [{ kind: 'formula', formula, result: header, format: 'text' }],
          ),
          ...block.rows.flat(),
        ]
      case 'figures':
        return block.figures.map(({ cell }) => cell)
      case 'live-paragraph':
        return [block.cell]
      default:
        return []
    }
  })
}
