import { describe, expect, it } from 'vitest'

import {
  normalCdf,
  normalQuantile,
  quantileOfSorted,
  studentTCdf,
  studentTQuantile,
} from '../../../src/engine/kernel/distributions.ts'

describe('normal distribution', () => {
  // Abramowitz & Stegun table 26.1 (15 decimals).
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [-1.96, 0.0249978951482204],
    [3, 0.99865010196837],
  ])('Φ(%f)', (x, expected) => {
    expect(normalCdf(x)).toBeCloseTo(expected, 13)
  })

  it('is symmetric and continuous where the approximation changes', () => {
    const change = 10 / Math.SQRT2
    expect(normalCdf(2.5) + normalCdf(-2.5)).toBeCloseTo(1, 14)
    expect(normalCdf(-change - 1e-9) / normalCdf(-change + 1e-9)).toBeCloseTo(1, 6)
    expect([normalCdf(50), normalCdf(-50)]).toEqual([1, 0])
  })

  it('inverts', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12)
    expect(normalQuantile(0.00005)).toBeCloseTo(-3.890591886413, 9)
    expect(() => normalQuantile(1)).toThrow(RangeError)
  })
})

describe('Student t distribution', () => {
  // Any printed t table, two-sided 95 % and 99 %.
  it.each([
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 4, 2.776],
    [0.975, 9, 2.262],
    [0.995, 30, 2.75],
  ])('quantile %f with %i degrees of freedom', (p, degrees, expected) => {
    expect(studentTQuantile(p, degrees)).toBeCloseTo(expected, 3)
  })

  it('is the Cauchy distribution with one degree of freedom', () => {
    expect(studentTCdf(1, 1)).toBeCloseTo(0.75, 14)
  })
})

describe('quantileOfSorted', () => {
  it('interpolates as R type 7 does', () => {
    expect(quantileOfSorted([1, 2, 4, 8], 0.5)).toBe(3)
    expect(quantileOfSorted([1, 2, 4, 8], 0.95)).toBeCloseTo(7.4, 12)
    expect([quantileOfSorted([5], 0), quantileOfSorted([5], 1)]).toEqual([5, 5])
    expect(() => quantileOfSorted([], 0.5)).toThrow(RangeError)
  })
})
