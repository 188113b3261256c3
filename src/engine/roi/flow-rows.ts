import { MAX_YEARS } from '../../shared/roi/assumptions.ts'
import {
  add,
  choose,
  divide,
  type Expression,
  irr,
  largest,
  least,
  multiply,
  none,
  npv,
  power,
  quantity,
  subtract,
  sum,
  total,
} from './expression.ts'
import { type ModelRow, series, single, yearly, years } from './rows.ts'

/** Of the larger total cost: a difference below it is what rounding leaves of equal costs. */
const ROUNDING = 1e-12

/** The candidate against the baseline: what is saved is positive. */
export function flowRows(): ModelRow[] {
  return [
    single('tolerance', 'currency', multiply(largest('baseline.tco', 'candidate.tco', 0), ROUNDING)),
    ...series('flow', 'currency', 0, (year) => {
      const [before, after] = [`baseline.cost.${year}`, `candidate.cost.${year}`]
      const saved = subtract(before, after)
      return choose(largest(saved, subtract(after, before)), '<=', 'tolerance', 0, saved)
    }),
    ...accumulated('cumulative', 'flow'),
    ...series('discounted', 'currency', 0, (year) =>
      year === 0 ? quantity('flow.0') : divide(`flow.${year}`, power(add(1, 'discountRate'), year)),
    ),
    ...accumulated('discountedCumulative', 'discounted'),
    single('savings', 'currency', sum(yearly('flow', 0))),
    single('npv', 'currency', add('flow.0', npv('discountRate', yearly('flow', 1)))),
    ...rateOfReturnRows(),
    single('roi', 'ratio', choose('flow.0', '<', 0, divide('savings', subtract(0, 'flow.0')), none)),
    ...paybackRows('payback', 'flow', 'cumulative'),
    ...paybackRows('discountedPayback', 'discounted', 'discountedCumulative'),
    single('co2Saved', 'kg', subtract('baseline.co2Total', 'candidate.co2Total')),
  ]
}

const accumulated = (key: string, flow: string): ModelRow[] =>
  series(key, 'currency', 0, (year) =>
    year === 0 ? quantity(`${flow}.0`) : add(`${key}.${year - 1}`, `${flow}.${year}`),
  )

/** Of log₂(1 + rate), while the internal rate of return is searched for. */
const SEARCH_STEPS = [16, 8, 4, 2, 1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64] as const

/**
 * The internal rate of return, where the flows change their sign once. Spreadsheets find it only from a beginning near
 * it, so that 1 + rate is halved in by rows of their own: below the rate the flows are worth something of the sign of
 * the last flow, above it of the first.
 */
function rateOfReturnRows(): ModelRow[] {
  const changes = years(1).map((year) => choose(multiply(`sign.${year}`, `sign.${year - 1}`), '<', 0, 1, 0))
  const worthAt = (factor: string): Expression => add('flow.0', npv(subtract(factor, 1), yearly('flow', 1)))
  return [
    // Of the last flow that was not 0.
    ...series('sign', 'count', 0, (year) =>
      choose(
        `flow.${year}`,
        '>',
        0,
        1,
        choose(`flow.${year}`, '<', 0, -1, year === 0 ? 0 : `sign.${year - 1}`),
      ),
    ),
    single('signChanges', 'count', total(changes)),
    single('irrSearch.0', 'ratio', choose('signChanges', '=', 1, 1, none)),
    ...SEARCH_STEPS.map((step, index) => {
      const factor = `irrSearch.${index}`
      const isBelow = multiply(worthAt(factor), `sign.${MAX_YEARS}`)
      return single(
        `irrSearch.${index + 1}`,
        'ratio',
        multiply(factor, choose(isBelow, '>', 0, 2 ** step, 2 ** -step)),
      )
    }),
    single('irr', 'ratio', irr(subtract(`irrSearch.${SEARCH_STEPS.length}`, 1), yearly('flow', 0))),
  ]
}

/**
 * Years until the accumulated flows are 0 or more for good, within a year in proportion: where they fall below 0 again
 * later, the last time counts that they come back. None where they end below 0, or never were below it.
 */
function paybackRows(key: string, flow: string, cumulative: string): ModelRow[] {
  const below = subtract(0, 'tolerance')
  return [
    // The last return up to the year.
    ...series(`${key}Until`, 'years', 0, (year) => {
      if (year === 0) return none
      const [before, earlier] = [`${cumulative}.${year - 1}`, quantity(`${key}Until.${year - 1}`)]
      const crossing = add(year - 1, least(1, divide(subtract(0, before), `${flow}.${year}`)))
      const returned = choose(`${cumulative}.${year}`, '>=', below, crossing, earlier)
      return choose(before, '<', below, returned, earlier)
    }),
    single(
      key,
      'years',
      choose(`${cumulative}.${MAX_YEARS}`, '<', below, none, quantity(`${key}Until.${MAX_YEARS}`)),
    ),
  ]
}
