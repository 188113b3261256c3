import { describe, expect, it } from 'vitest'

import { BootstrapEstimate, holmVerdicts, verdictOf } from '../../../src/engine/comparison/index.ts'
import { normalQuantile } from '../../../src/engine/kernel/distributions.ts'

describe('verdictOf', () => {
  it.each([
    [[-0.002, 0.009], 'kept'],
    [[0.002, 0.01], 'kept'], // The margin itself is still inside.
    [[-0.03, -0.02], 'kept'],
    [[0.0, 0.0101], 'undecided'],
    [[0.01, 0.02], 'undecided'], // An interval that begins at the margin is not beyond it.
    [[0.0101, 0.02], 'worse'],
  ] as const)('%j → %s', (interval, expected) => {
    expect(verdictOf(interval, 0.01)).toBe(expected)
  })
})

describe('holmVerdicts', () => {
  const margin = 0.01
  const standardError = 0.001
  const standardNormal = Float64Array.from({ length: 9999 }, (_, i) => normalQuantile((i + 1) / 10_000))

  /** A normal bootstrap distribution whose two-sided p-value against the margin is p; better or worse than it. */
  const withP = (p: number, side: 'below' | 'above' = 'below'): BootstrapEstimate => {
    const value = margin + (side === 'below' ? 1 : -1) * standardError * normalQuantile(p / 2)
    return new BootstrapEstimate(
      value,
      standardNormal.map((z) => value + standardError * z),
      0,
      1e4, // So many documents that Student's t is the normal distribution.
    )
  }

  it('meets the p-values it was made for', () => {
    for (const p of [0.005, 0.04, 0.3]) expect(withP(p).pValue(margin)).toBeCloseTo(p, 3)
  })

  it('reproduces the worked example of Holm’s procedure', () => {
    // p = 0.01, 0.04, 0.03, 0.005 at α = 0.05: the first and fourth are rejected (0.005 ≤ 0.05/4, 0.01 ≤ 0.05/3), then
    // 0.03 > 0.05/2 ends it, although 0.04 and 0.03 are below 0.05 on their own.
    expect(
      holmVerdicts(
        [0.01, 0.04, 0.03, 0.005].map((p) => withP(p)),
        margin,
      ),
    ).toEqual(['kept', 'undecided', 'undecided', 'kept'])
    expect([0.04, 0.03].map((p) => verdictOf(withP(p).interval(), margin))).toEqual(['kept', 'kept'])
  })

  it('is less strict than Bonferroni', () => {
    // 0.04 would fail 0.05/2.
    expect(holmVerdicts([withP(0.001), withP(0.04)], margin)).toEqual(['kept', 'kept'])
  })

  it('corrects "worse" too', () => {
    expect(holmVerdicts([withP(0.001, 'above'), withP(0.2), withP(0.03, 'above')], margin)).toEqual([
      'worse',
      'undecided',
      'undecided',
    ])
  })

  it('judges a single candidate by its plain interval', () => {
    expect(holmVerdicts([withP(0.049)], margin)).toEqual(['kept'])
    expect(holmVerdicts([withP(0.051)], margin)).toEqual(['undecided'])
    expect(holmVerdicts([], margin)).toEqual([])
  })
})
