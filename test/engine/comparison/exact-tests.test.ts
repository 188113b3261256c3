import { describe, expect, it } from 'vitest'

import { mcNemarExact, signTest } from '../../../src/engine/comparison/index.ts'

/** 2·P(X ≤ k), X ~ Binomial(n, ½), in whole numbers. */
function exactly(k: number, n: number): number {
  let term = 1n
  let sum = 0n
  for (let i = 0; i <= k; i++) {
    sum += term
    term = (term * BigInt(n - i)) / BigInt(i + 1)
  }
  const scale = 10n ** 18n
  return Math.min(1, Number((2n * sum * scale) / 2n ** BigInt(n)) / 1e18)
}

describe('signTest', () => {
  it.each([
    [1, 9, 22 / 1024], // 2 · (1 + 10) / 2¹⁰
    [9, 1, 22 / 1024],
    [0, 5, 0.0625],
    [3, 3, 1],
    [0, 0, 1],
  ])('%i : %i', (wins, losses, expected) => {
    expect(signTest(wins, losses)).toBeCloseTo(expected, 14)
  })

  it('stays exact where ½ⁿ underflows', () => {
    expect(signTest(950, 1050)).toBeCloseTo(exactly(950, 2000), 10)
  })
})

it('mcNemarExact agrees with whole-number arithmetic on a published table', () => {
  // Agresti, Categorical Data Analysis, approval ratings: 150 changed one way, 86 the other; z² = 17.36, so p < 1e-4.
  const p = mcNemarExact(150, 86)
  expect(p).toBeCloseTo(exactly(86, 236), 12)
  expect(p).toBeLessThan(1e-4)
  expect(mcNemarExact(86, 150)).toBe(p)
})
