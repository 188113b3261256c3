import { describe, expect, it } from 'vitest'

import { assignSplits, TUNE_AND_EVALUATE } from '../../../src/engine/corpus/split.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import type { CorpusSplit } from '../../../src/shared/documents.ts'

const SPLITS = ['held-out', 'tuning', 'validation'] as const

describe('assignSplits', () => {
  const hashes = (count: number): string[][] => Array.from({ length: count }, (_, index) => [`hash ${index}`])
  const sizes = (count: number, shares = TUNE_AND_EVALUATE): number[] => {
    const splits = [...assignSplits(hashes(count), shares, 1).values()]
    return SPLITS.map((split) => splits.filter((s) => s === split).length)
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

  /** Groups of so many texts each, named by a letter that tells apart those of other draws. */
  const groupsOf = (groupSizes: readonly number[], name = ''): string[][] =>
    groupSizes.map((size, group) => Array.from({ length: size }, (_, text) => `${name} ${group} ${text}`))

  /** How many texts of each group are in each split. */
  function placed(groups: readonly string[][], seed: number): Record<CorpusSplit, number[]> {
    const splits = assignSplits(groups, TUNE_AND_EVALUATE, seed)
    expect(splits.size).toBe(groups.flat().length)
    const placedIn = groups.map((group) => {
      const own = new Set(group.map((hash) => splits.get(hash)!))
      expect(own.size).toBe(1)
      return { split: [...own][0]!, size: group.length }
    })
    const sizesIn = (wanted: CorpusSplit): number[] =>
      placedIn.filter(({ split }) => split === wanted).map(({ size }) => size)
    return {
      'held-out': sizesIn('held-out'),
      tuning: sizesIn('tuning'),
      validation: sizesIn('validation'),
    }
  }

  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

  it('a group of almost all documents goes to the largest share, whatever the draw', () => {
    for (let seed = 0; seed < 50; seed++) {
      expect(placed(groupsOf([20, 1, 1]), seed)).toEqual({ 'held-out': [1], tuning: [20], validation: [1] })
      const among = placed(groupsOf([30, ...Array.from({ length: 20 }, () => 1)]), seed)
      expect([sum(among['held-out']), sum(among.tuning), sum(among.validation)]).toEqual([10, 35, 5])
    }
  })

  it('groups too large for one split, but not for another, are where they fit', () => {
    for (let seed = 0; seed < 50; seed++) {
      const among = placed(groupsOf([15, 4, 2, 2, 1, 1, 1, 1, 1, 1, 1]), seed)
      expect([sum(among['held-out']), sum(among.tuning), sum(among.validation)]).toEqual([6, 21, 3])
    }
  })

  it('groups as large as a split are not always in the same one', () => {
    const groups = groupsOf([4, ...Array.from({ length: 16 }, () => 1)])
    const places = Array.from({ length: 100 }, (_, seed) => {
      const among = placed(groups, seed)
      return SPLITS.find((split) => among[split].includes(4))
    })
    expect(new Set(places)).toEqual(new Set(['held-out', 'tuning']))
  })

  it('of groups of any size, no move and no exchange of two brings the splits nearer to their shares', () => {
    const random = new SeededRandom(11)
    for (let round = 0; round < 150; round++) {
      const groupSizes = Array.from(
        { length: 3 + random.integer(30) },
        () => 1 + random.integer([1, 3, 8, 60][random.integer(4)]!),
      )
      const groups = groupsOf(groupSizes, `${round}`)
      const among = placed(groups, round)
      const splits = SPLITS.map((split) => among[split])
      expect(splits.every((own) => own.length > 0)).toBe(true)
      // Documents alone fill the splits exactly.
      const wanted = sizes(sum(groupSizes))
      const missed = splits.map((own, index) => sum(own) - wanted[index]!)
      const squares = (values: readonly number[]): number => sum(values.map((value) => value * value))
      for (const [from, own] of splits.entries()) {
        for (const [to, others] of splits.entries()) {
          if (from === to) continue
          for (const given of own) {
            for (const returned of [...(own.length > 1 ? [0] : []), ...others]) {
              const after = missed.with(from, missed[from]! - given + returned)
              after[to]! += given - returned
              if (squares(after) < squares(missed))
                throw new Error(`${given} for ${returned} in round ${round}`)
            }
          }
        }
      }
    }
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
