import { describe, expect, test } from 'vitest'

import { evaluate } from '../../../src/engine/roi/evaluate.ts'
import { flowRows } from '../../../src/engine/roi/flow-rows.ts'

/** The rows for given flows: what is spent is the candidate's cost, what is saved the baseline's. */
function returns(flows: readonly number[], discountRate = 0): (key: string) => number | null {
  const values = new Map<string, number | null>([
    ['discountRate', discountRate],
    ['baseline.co2Total', 5],
    ['candidate.co2Total', 3],
  ])
  const costs = { baseline: 0, candidate: 0 }
  for (let year = 0; year <= 10; year++) {
    const flow = flows[year] ?? 0
    values.set(`baseline.cost.${year}`, Math.max(0, flow)).set(`candidate.cost.${year}`, Math.max(0, -flow))
    costs.baseline += Math.max(0, flow)
    costs.candidate += Math.max(0, -flow)
  }
  values.set('baseline.tco', costs.baseline).set('candidate.tco', costs.candidate)
  for (const { key, expression } of flowRows()) values.set(key, evaluate(expression, values))
  return (key) => values.get(key)!
}

// Ross, Westerfield, Jordan, Fundamentals of Corporate Finance, chapter 9, problems 1, 3, 4 and 5 (figures of the 7th
// edition), with their published solutions.
describe('payback equals the published solutions', () => {
  test.each([
    { flows: [-4800, 1200, 2500, 3400, 1700], years: 2.32, digits: 2 },
    { flows: [-50_000, 30_000, 18_000, 10_000, 5000], years: 2.2, digits: 3 },
    { flows: [-70_000, 9000, 25_000, 35_000, 425_000], years: 3.002, digits: 3 },
    { flows: [-10_000, 2100, 2100, 2100, 2100, 2100, 2100], years: 4.76, digits: 2 },
  ])('$years years', ({ flows, years, digits }) => {
    expect(returns(flows)('payback')).toBeCloseTo(years, digits)
  })

  test('discounted', () => {
    expect(returns([-8000, 7000, 7500, 8000, 8500], 0.14)('discountedPayback')).toBeCloseTo(1.32, 2)
    // Another edition's figures for the same problem.
    expect(returns([-8000, 6500, 7000, 7500, 8000], 0.14)('discountedPayback')).toBeCloseTo(1.43, 2)
    expect(returns([-13_000, 6500, 7000, 7500, 8000], 0.14)('discountedPayback')).toBeCloseTo(2.38, 2)
  })
})

describe('payback', () => {
  test('is the last return to 0 where the accumulated flows fall below it again', () => {
    const of = returns([-100, 150, -80, 40])
    expect([0, 1, 2, 3].map((year) => of(`cumulative.${year}`))).toEqual([-100, 50, -30, 10])
    expect(of('payback')).toBe(2.75)
    expect(of('signChanges')).toBe(3)
    expect(of('irr')).toBeNull()
  })

  test('has no answer where the flows end below 0, though they were above it', () => {
    expect(returns([-100, 150, -80])('payback')).toBeNull()
  })

  test('comes at the end of a year to the day', () => {
    // 0.1 + 0.2 − 0.3 is not 0 in binary arithmetic.
    expect(returns([-0.3, 0.1, 0.2])('payback')).toBe(2)
    expect(returns([-100, 50, 50, 50])('payback')).toBe(2)
  })

  test('waits where a year brings nothing', () => {
    expect(returns([-100, 50, 0, 100])('payback')).toBe(2.5)
  })

  test('has no answer without an outlay', () => {
    const of = returns([0, 10, 10])
    expect(of('payback')).toBeNull()
    expect(of('roi')).toBeNull()
    expect(of('irr')).toBeNull()
  })
})

test('returns of one investment, by hand', () => {
  const of = returns([-1000, 600, 600], 0.1)
  expect({
    savings: of('savings'),
    npv: of('npv'),
    roi: of('roi'),
    irr: of('irr'),
    payback: of('payback'),
    co2Saved: of('co2Saved'),
  }).toEqual({
    savings: 200,
    npv: expect.closeTo(-1000 + 600 / 1.1 + 600 / 1.21, 10),
    roi: 0.2,
    // 1000 x² = 600 x + 600 with x = 1 + irr.
    irr: expect.closeTo((3 + Math.sqrt(69)) / 10 - 1, 14),
    payback: 1 + 400 / 600,
    co2Saved: 2,
  })
})

test('a difference that rounding leaves of equal costs is none', () => {
  const values = new Map<string, number | null>([
    ['discountRate', 0],
    ['baseline.co2Total', 0],
    ['candidate.co2Total', 0],
    ['baseline.tco', 11e6],
    ['candidate.tco', 11e6],
  ])
  for (let year = 0; year <= 10; year++)
    values.set(`baseline.cost.${year}`, 1e6).set(`candidate.cost.${year}`, 1e6 * (1 + Number.EPSILON))
  for (const { key, expression } of flowRows()) values.set(key, evaluate(expression, values))
  expect(values.get('npv')).toBe(0)
  expect(values.get('signChanges')).toBe(0)
})
