import { describe, expect, test } from 'vitest'

import { internalRateOfReturn, presentValue, signChanges } from '../../../src/engine/roi/finance.ts'

describe('presentValue', () => {
  test.each([
    // Adobe, LiveCycle Designer 10 FormCalc reference, NPV.
    { rate: 0.065, flows: [5000], value: 4694.83568075117, digits: 10 },
    { rate: 0.1, flows: [500, 1500, 4000, 10_000], value: 11_529.60863329007, digits: 9 },
    { rate: 0.0275 / 12, flows: [50, 60, 40, 100, 25], value: 273.14193838457, digits: 10 },
    // MESCIUS, Spread function reference, NPV.
    { rate: 0.065, flows: [-10_000, 3000, 3400, 7700], value: 2055.38, digits: 2 },
    // Claris, FileMaker Pro help, NPV.
    { rate: 0.05, flows: [-2000, 600, 300, 500, 700, 400], value: 156.91277445, digits: 8 },
    { rate: 0.1, flows: [-5000, 10_000, 0, 10_000, 10_000], value: 16_758.3560487, digits: 7 },
    // Microsoft, Excel help, "NPV function", first example.
    { rate: 0.1, flows: [-10_000, 3000, 4200, 6800], value: 1188.44, digits: 2 },
  ])('equals the published value $value', ({ rate, flows, value, digits }) => {
    expect(presentValue(rate, flows)).toBeCloseTo(value, digits)
  })

  test('with the outlay at the beginning: Excel help, "NPV function", second example', () => {
    const inflows = [8000, 9200, 10_000, 12_000, 14_500]
    expect(presentValue(0.08, inflows) - 40_000).toBeCloseTo(1922.06, 2)
    expect(presentValue(0.08, [...inflows, -9000]) - 40_000).toBeCloseTo(-3749.47, 2)
  })
})

describe('internalRateOfReturn', () => {
  test.each([
    // Microsoft, Excel help, "IRR function": in tenths of a percent.
    { flows: [-70_000, 12_000, 15_000, 18_000, 21_000], rate: -0.021, digits: 3 },
    { flows: [-70_000, 12_000, 15_000, 18_000, 21_000, 26_000], rate: 0.087, digits: 3 },
    { flows: [-70_000, 12_000, 15_000], rate: -0.444, digits: 3 },
    // Ross, Westerfield, Jordan, Fundamentals of Corporate Finance, chapter 9, problem 7, with its published solution.
    { flows: [-30_000, 20_000, 14_000, 11_000], rate: 0.2648, digits: 4 },
    // GreyTrout, Spread Sheet user guide, IRR.
    { flows: [-700, 750, 900, 600, 850], rate: 1.0462142, digits: 7 },
  ])('equals the published rate $rate', ({ flows, rate, digits }) => {
    expect(internalRateOfReturn(flows)).toBeCloseTo(rate, digits)
  })

  test('is exact where it can be solved by hand, also far from usual rates', () => {
    expect(internalRateOfReturn([-100, 0, 121])).toBeCloseTo(0.1, 14)
    expect(internalRateOfReturn([-1, 1e9])! / 999_999_999).toBeCloseTo(1, 12)
    expect(internalRateOfReturn([-1e6, 0, 1])).toBeCloseTo(-0.999, 14)
    // A loan: what comes first is paid back.
    expect(internalRateOfReturn([100, -105])).toBeCloseTo(0.05, 14)
  })

  test('has no answer without exactly one change of sign', () => {
    expect(internalRateOfReturn([0, 0, 0])).toBeNull()
    expect(internalRateOfReturn([-1, -2])).toBeNull()
    expect(internalRateOfReturn([0, 5, 7])).toBeNull()
    // The oil pump, 25 % and 400 %: J. H. Lorie, L. J. Savage, "Three Problems in Rationing Capital", 1955.
    expect(internalRateOfReturn([-1600, 10_000, -10_000])).toBeNull()
    expect(-1600 + presentValue(0.25, [10_000, -10_000])).toBeCloseTo(0, 9)
    expect(-1600 + presentValue(4, [10_000, -10_000])).toBeCloseTo(0, 9)
  })
})

test('signChanges leaves zeros out', () => {
  expect([[], [0, 0], [-1, 0, 2], [1, 0, 0, 3], [-1, 2, 0, -3, 4]].map(signChanges)).toEqual([0, 0, 1, 0, 3])
})
