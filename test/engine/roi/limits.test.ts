import { expect, test } from 'vitest'

import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { caseValues, scenarioInputs } from '../../../src/engine/roi/cases.ts'
import { roiInputs, roiModel } from '../../../src/engine/roi/index.ts'
import {
  assumedNumber,
  type AssumptionDefinition,
  type AssumptionKey,
  ASSUMPTIONS,
} from '../../../src/shared/roi/assumptions.ts'
import { assumptionSet, GQA, MHA, runResults, STANDARD } from './fixtures.ts'

/** Rows that have no answer for flows or demand that give none. */
const MAY_HAVE_NO_ANSWER =
  /^(irr|irrSearch\.\d+|roi|payback|discountedPayback|(payback|discountedPayback)Until\.\d+|\w+\.perThousandRequests)$/

/** At, or just inside, the limits of an assumption; open ones are taken far. */
function extremes(definition: AssumptionDefinition): readonly number[] {
  const { key, isInteger, least, above, most, below } = definition
  const step = isInteger === true ? 1 : 1e-6
  const low = least ?? above! + step
  const high =
    most ?? (below === undefined ? Math.max(STANDARD[key as AssumptionKey], 1) * 1000 : below - step)
  return [low, STANDARD[key as AssumptionKey], high]
}

test('values at the limits of the assumptions divide by nothing: an answer is missing only for a reason', () => {
  const random = new SeededRandom(3)
  const results = runResults([MHA, GQA])
  const model = roiModel(roiInputs(results, assumptionSet()))
  let served = 0
  for (let round = 0; round < 1000; round++) {
    const values = Object.fromEntries(
      ASSUMPTIONS.map((definition) => {
        // Mostly standard values, or hardly an arm could be served.
        const choices = extremes(definition)
        const value = random.uniform() < 0.7 ? choices[1]! : choices[Math.floor(3 * random.uniform())]!
        return [definition.key, assumedNumber(definition).parse(value)]
      }),
    )
    const inputs = roiInputs(results, assumptionSet(values))
    const computed = caseValues(inputs, model, 0, scenarioInputs('standard'))
    if (computed.get('baseline.batch') === null || computed.get('candidate.batch') === null) {
      expect(computed.get('npv')).toBeNull()
      continue
    }
    served++
    const missing = [...computed].flatMap(([key, value]) => (value === null ? [key] : []))
    expect(missing.filter((key) => !MAY_HAVE_NO_ANSWER.test(key))).toEqual([])
  }
  expect(served).toBeGreaterThan(200)
})
