import { describe, expect, test } from 'vitest'

import { writeWorkbook } from '../../../../src/engine/report/workbook.ts'
import { assumptionSet, GQA, MHA } from '../../roi/fixtures.ts'
import { differences, recalculate, stripCachedValues, type Values, valuesIn } from '../spreadsheet.ts'
import { HOSTILE, moneyModel, reportOf, spreadAssumptions, TOO_LARGE } from './reports.ts'

const TIMEOUT = 60_000

const countOf = (values: Values): number =>
  [...values.values()].reduce((total, cells) => total + cells.size, 0)

describe('LibreOffice computes the sheets about money as the engine does', () => {
  test(
    'three candidates, one that cannot be served, every assumption spread',
    { timeout: TIMEOUT },
    async () => {
      const report = reportOf([MHA, GQA, TOO_LARGE, HOSTILE], spreadAssumptions())
      const workbook = await writeWorkbook(moneyModel(report, 'ja'))
      const expected = valuesIn(workbook)
      expect([...expected.keys()]).toEqual(['投資対効果', '前提条件', '感度分析', '計算'])
      expect(countOf(expected)).toBeGreaterThan(30_000)
      const actual = await recalculate(stripCachedValues(workbook))
      expect(differences(actual, expected, [...expected.keys()])).toEqual([])
    },
  )

  test(
    'five inputs and the candidate changed in LibreOffice equal a calculation with those inputs',
    { timeout: TIMEOUT },
    async () => {
      const changed = {
        requestsPerMonth: 950_000,
        devicePrice: 6_500_000,
        horizon: 8,
        discountRate: 0.03,
        inputTokens: 9000,
      }
      const specs = [MHA, GQA, TOO_LARGE, HOSTILE]
      const before = spreadAssumptions()
      const after = {
        ...before,
        values: {
          ...before.values,
          ...Object.fromEntries(
            Object.entries(changed).map(([key, value]) => [
              key,
              { ...before.values[key as keyof typeof changed], value },
            ]),
          ),
        },
      }
      const workbook = await writeWorkbook(moneyModel(reportOf(specs, before, 0), 'en'))
      const expected = valuesIn(await writeWorkbook(moneyModel(reportOf(specs, after, 2), 'en')))
      const sheets = ['Return on investment', 'Sensitivity', 'Workings']
      expect(differences(valuesIn(workbook), expected, sheets).length).toBeGreaterThan(1000)
      const actual = await recalculate(workbook, { ...changed, candidate: HOSTILE.id })
      expect(differences(actual, expected, sheets)).toEqual([])
    },
  )

  test('nothing invested, nothing served: words in the place of figures', { timeout: TIMEOUT }, async () => {
    const report = reportOf([MHA, GQA, TOO_LARGE], assumptionSet(), 1)
    const workbook = await writeWorkbook(moneyModel(report, 'en'))
    const expected = valuesIn(workbook)
    const actual = await recalculate(stripCachedValues(workbook))
    expect(differences(actual, expected, [...expected.keys()])).toEqual([])
  })
})
