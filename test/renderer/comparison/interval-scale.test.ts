import { describe, expect, test } from 'vitest'

import { intervalScale } from '../../../src/renderer/views/comparison/interval-scale.ts'
import type { VerdictInterval } from '../../../src/renderer/views/comparison/key-figures.ts'

const cases: readonly VerdictInterval[] = [
  { estimate: 0.0034, ci95: [-0.00004, 0.0053], margin: 0.01 },
  { estimate: 0.08, ci95: [0.06, 0.11], margin: 0.01 },
  { estimate: -0.2, ci95: [-0.31, -0.1], margin: 0.02 },
  { estimate: 0, ci95: [0, 0], margin: 0.005 },
  { estimate: 0.003, ci95: null, margin: 0.01 },
]

describe.each(cases)('%o', (interval) => {
  const { position, ticks } = intervalScale(interval)

  test('everything that is drawn has its place, in order, with air at the sides', () => {
    const [low, high] = interval.ci95 ?? [interval.estimate, interval.estimate]
    for (const share of [0, interval.margin, low, high, interval.estimate]) {
      expect(position(share)).toBeGreaterThan(5)
      expect(position(share)).toBeLessThan(95)
    }
    expect(position(0)).toBeLessThan(position(interval.margin))
  })

  test('zero and a handful of round shares are labelled, inside the drawing', () => {
    expect(ticks).toContain(0)
    expect(ticks.length).toBeGreaterThanOrEqual(3)
    expect(ticks.length).toBeLessThanOrEqual(8)
    for (const tick of ticks) {
      expect(position(tick)).toBeGreaterThanOrEqual(0)
      expect(position(tick)).toBeLessThanOrEqual(100)
    }
  })
})
