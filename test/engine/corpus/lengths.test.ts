import { describe, expect, it } from 'vitest'

import { coverage, lengthHistogram } from '../../../src/engine/corpus/index.ts'

describe('lengthHistogram', () => {
  it('counts in doubling buckets', () => {
    expect(lengthHistogram([])).toEqual([])
    expect(lengthHistogram([0, 1, 2, 3, 9])).toEqual([
      { from: 0, to: 1, count: 1 },
      { from: 1, to: 2, count: 1 },
      { from: 2, to: 4, count: 2 },
      { from: 4, to: 8, count: 0 },
      { from: 8, to: 16, count: 1 },
    ])
  })

  it('counts every length once, in the bucket that holds it', () => {
    const lengths = Array.from({ length: 2000 }, (_, index) => (index * index) % 1021)
    const buckets = lengthHistogram(lengths)
    for (const { from, to, count } of buckets) {
      expect(count).toBe(lengths.filter((length) => length >= from && length < to).length)
    }
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(2000)
  })
})

describe('coverage', () => {
  it('is the nearest rank: the shortest length that so many documents do not exceed', () => {
    const lengths = Array.from({ length: 200 }, (_, index) => 200 - index)
    expect(coverage(lengths, [0.5, 0.9, 0.99, 1])).toEqual([
      { share: 0.5, length: 100 },
      { share: 0.9, length: 180 },
      { share: 0.99, length: 198 },
      { share: 1, length: 200 },
    ])
    expect(coverage([7, 3, 5], [0.01, 0.5, 0.99])).toEqual([
      { share: 0.01, length: 3 },
      { share: 0.5, length: 5 },
      { share: 0.99, length: 7 },
    ])
    // 0.07 · 100 is a little more than 7.
    expect(coverage(lengths.slice(100), [0.07])).toEqual([{ share: 0.07, length: 7 }])
    expect(coverage([], [0.5])).toEqual([])
  })
})
