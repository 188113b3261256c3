import { expect, test } from 'vitest'

import { buildReport } from '../../../src/engine/report/index.ts'
import { roiInputs } from '../../../src/engine/roi/index.ts'
import { assumptionSet } from '../roi/fixtures.ts'
import { KEPT, runCase, WORSE } from './report-cases.ts'
import { differences, recalculate, stripCachedValues, valuesIn } from './spreadsheet.ts'

const TIMEOUT = 60_000

test(
  'LibreOffice computes every sheet of a report as the engine does, with ten candidates that keep quality',
  { timeout: TIMEOUT },
  async () => {
    const kept = Array.from({ length: 10 }, (_, place) => ({
      ...KEPT,
      id: `candidate-with-a-rather-long-name-${place}`,
      kvHeads: 16 / 2 ** (place % 4),
    }))
    const results = runCase([...kept, WORSE])
    const workbook = await buildReport(results, 'ja', roiInputs(results, assumptionSet()))
    const expected = valuesIn(workbook)
    expect(expected.size).toBe(12)
    const actual = await recalculate(stripCachedValues(workbook))
    expect(differences(actual, expected)).toEqual([])
  },
)
