import { describe, expect, it } from 'vitest'

import { quantile, summarize, summarizePairs } from '../../../src/engine/measure/index.ts'

describe('summarize', () => {
  it('gives mean, median, deviation, Student-t interval and variation', () => {
    // By hand: deviations −2…2, s² = 10/4, half width = t(0.975; 4)·s/√5 with t = 2.776445.
    const half = (2.776445105 * Math.sqrt(2.5)) / Math.sqrt(5)
    expect(summarize([1, 2, 3, 4, 5])).toEqual({
      n: 5,
      mean: 3,
      median: 3,
      sd: Math.sqrt(2.5),
      ci95: [expect.closeTo(3 - half, 8), expect.closeTo(3 + half, 8)],
      cv: Math.sqrt(2.5) / 3,
      unstable: true,
    })
  })

  it('calls 20 % variation stable and more unstable', () => {
    // sd of (1 − d, 1, 1 + d) is d
    expect(summarize([0.81, 1, 1.19])?.unstable).toBe(false)
    expect(summarize([0.79, 1, 1.21])?.unstable).toBe(true)
  })

  it('has no interval for one value and nothing for none', () => {
    expect(summarize([7])).toEqual({
      n: 1,
      mean: 7,
      median: 7,
      sd: null,
      ci95: null,
      cv: null,
      unstable: false,
    })
    expect(summarize([])).toBeNull()
    expect(quantile([], 0.5)).toBeNull()
  })
})

describe('summarizePairs', () => {
  it('compares repetition by repetition, so that a common disturbance cancels', () => {
    const baseline = new Map([
      [0, 10],
      [1, 20],
      [2, 40],
      [3, 1],
    ])
    const candidate = new Map([
      [2, 20],
      [0, 5],
      [1, 10],
      [9, 1],
    ])
    const paired = summarizePairs(baseline, candidate)
    expect(paired?.ratio).toMatchObject({ n: 3, mean: 0.5, sd: 0, ci95: [0.5, 0.5] })
    expect(paired?.difference).toMatchObject({ n: 3, mean: -35 / 3 })
  })

  it('gives the ratio of the means, which points the same way as the difference', () => {
    const paired = summarizePairs(
      new Map([
        [0, 10],
        [1, 20],
      ]),
      new Map([
        [0, 20],
        [1, 10],
      ]),
    )!
    expect(paired.difference.mean).toBe(0)
    expect(paired.ratio.mean).toBe(1.25)
    // Residuals ±10, so sd √200; Student's t with one degree of freedom at 97.5 % is 12.7062.
    const half = (12.7062047 * Math.sqrt(200) * Math.sqrt(2)) / 30
    expect(paired.ratioOfMeans).toMatchObject({ n: 2, value: 1 })
    expect(paired.ratioOfMeans.ci95![0]).toBeCloseTo(1 - half, 6)
    expect(paired.ratioOfMeans.ci95![1]).toBeCloseTo(1 + half, 6)
    expect(summarizePairs(new Map([[0, 4]]), new Map([[0, 3]]))?.ratioOfMeans).toEqual({
      n: 1,
      value: 0.75,
      ci95: null,
    })
  })

  it('is nothing without a common repetition', () => {
    expect(summarizePairs(new Map([[0, 1]]), new Map([[1, 1]]))).toBeNull()
  })
})
