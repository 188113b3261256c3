import { describe, expect, it } from 'vitest'

import { assignSplits, TUNE_AND_EVALUATE } from '../../../src/engine/corpus/split.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import type { CorpusSplit } from '../../../src/shared/documents.ts'

describe('assignSplits', () => {
  const hashes = (count: number): string[][] => Array.from({ length: count }, (_, index) => [`hash ${index}`])
  const sizes = (count: number, shares = TUNE_AND_EVALUATE): number[] => {
    const splits = [...assignSplits(hashes(count), shares, 1).values()]
    return (['held-out', 'tuning', 'validation'] as const).map(
      (split) => splits.filter((s) => s === split).length,
    )
  }

  it('follows the shares and leaves no wanted split empty', () => {
    expect(sizes(3)).toEqual([1, 1, 1])
    expect(sizes(5)).toEqual([1, 3, 1])
    expect(sizes(10)).toEqual([2, 7, 1])
    expect(sizes(100)).toEqual([20, 70, 10])
    expect(sizes(3, { 'held-out': 1, tuning: 0, validation: 0 })).toEqual([3, 0, 0])
    for (let count = 3; count < 60; count++) {
      expect(sizes(count).reduce((sum, size) => sum + size, 0)).toBe(count)
    }
  })

  it('draws by content and seed, whatever the order', () => {
    const shuffled = new SeededRandom(1).shuffle(hashes(40))
    const sorted = (splits: ReadonlyMap<string, string>): [string, string][] => [...splits].sort()
    expect(sorted(assignSplits(shuffled, TUNE_AND_EVALUATE, 4))).toEqual(
      sorted(assignSplits(hashes(40), TUNE_AND_EVALUATE, 4)),
    )
  })

  it('keeps groups whole, leaves no wanted split empty and meets the shares as closely as they allow', () => {
    const groups = [...hashes(17), ['a', 'b', 'c']]
    for (let seed = 0; seed < 50; seed++) {
      const splits = assignSplits(groups, TUNE_AND_EVALUATE, seed)
      expect(new Set(['a', 'b', 'c'].map((hash) => splits.get(hash))).size).toBe(1)
      const counts = Object.groupBy(splits.values(), (split) => split)
      // A group of three misses a split's size by at most two documents.
      for (const [split, size] of Object.entries({ 'held-out': 4, tuning: 14, validation: 2 } as const)) {
        expect(Math.abs(counts[split as CorpusSplit]!.length - size)).toBeLessThanOrEqual(2)
      }
    }
    // Whatever the draw, each of three groups has a split of its own.
    const large = [['x'], ['y'], Array.from({ length: 9 }, (_, index) => `z${index}`)]
    for (let seed = 0; seed < 50; seed++) {
      const splits = assignSplits(large, TUNE_AND_EVALUATE, seed)
      expect(new Set(['x', 'y', 'z0'].map((hash) => splits.get(hash))).size).toBe(3)
      expect(splits.get('z8')).toBe(splits.get('z0'))
    }
  })

  it('a document alone is drawn as it was before there were groups', () => {
    expect([...assignSplits(hashes(8), TUNE_AND_EVALUATE, 4)].sort()).toEqual([
      ['hash 0', 'tuning'],
      ['hash 1', 'held-out'],
      ['hash 2', 'held-out'],
      ['hash 3', 'validation'],
      ['hash 4', 'tuning'],
      ['hash 5', 'tuning'],
      ['hash 6', 'tuning'],
      ['hash 7', 'tuning'],
    ])
  })

  it('refuses too few documents and shares that are none', () => {
    expect(() => assignSplits(hashes(2), TUNE_AND_EVALUATE, 1)).toThrow(
      expect.objectContaining({
        code: 'corpus/too-few-documents',
        params: { documents: 2, needed: 3 },
      }) as Error,
    )
    for (const shares of [
      { 'held-out': 0.5, tuning: 0.4, validation: 0 },
      { 'held-out': 1.5, tuning: -0.5, validation: 0 },
      { 'held-out': Number.NaN, tuning: 1, validation: 0 },
    ]) {
      expect(() => assignSplits(hashes(5), shares, 1)).toThrow(
        expect.objectContaining({ code: 'corpus/split-shares' }) as Error,
      )
    }
  })
})
