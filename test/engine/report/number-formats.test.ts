import { describe, expect, it } from 'vitest'

import { numberFormat, withoutNegativeZero } from '../../../src/engine/report/number-formats.ts'

describe('a number format', () => {
  it('has the minus sign only before what does not round to 0', () => {
    expect(numberFormat('signedPercent2', null)).toBe('[>=0.00005]+0.00%;[<=-0.00005]-0.00%;0.00%')
    expect(numberFormat('decimal6', 'USD')).toBe('[>=0.0000005]0.000000;[<=-0.0000005]-0.000000;0.000000')
  })

  it('shows losses in red', () => {
    expect(numberFormat('signedMoney', 'JPY')).toBe('[>=0.5]+"¥"#,##0;[Red][<=-0.5]-"¥"#,##0;"¥"#,##0')
  })

  it('shows prices in yen with decimals only where they matter', () => {
    expect(numberFormat('price', 'JPY')).toBe('[>=1000]"¥"#,##0;[<=-0.005]-"¥"#,##0.00;"¥"#,##0.00')
    expect(numberFormat('price', 'USD')).toBe('[>=0.005]"$"#,##0.00;[<=-0.005]-"$"#,##0.00;"$"#,##0.00')
  })
})

describe('a value that would show as -0', () => {
  it.each([
    [-0.00004, 'percent2', 0],
    [-0.00006, 'percent2', -0.00006],
    [-0.4, 'money', 0],
    [-0.5, 'signedMoney', -0.5],
    [-0, 'integer', 0],
    [0.00001, 'decimal2', 0.00001],
  ] as const)('%d as %s is %d', (value, format, expected) => {
    expect(withoutNegativeZero(value, format)).toBe(expected)
  })
})
