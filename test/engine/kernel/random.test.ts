import { describe, expect, it } from 'vitest'

import { SeededRandom } from '../../../src/engine/kernel/random.ts'

describe('SeededRandom', () => {
  it('repeats itself from a seed, and differs between neighbouring seeds', () => {
    const draw = (seed: number): number[] => {
      const random = new SeededRandom(seed)
      return Array.from({ length: 5 }, () => random.uniform())
    }
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1).filter((value) => draw(2).includes(value))).toEqual([])
  })

  it('continues from a saved state', () => {
    const random = new SeededRandom(7)
    random.normal()
    const restored = SeededRandom.restore(random.state)
    expect([restored.uniform(), restored.normal(), restored.integer(1000)]).toEqual([
      random.uniform(),
      random.normal(),
      random.integer(1000),
    ])
    expect(() => SeededRandom.restore([1, 2, 3])).toThrow('four integers')
  })

  it('has the moments of its distributions', () => {
    const random = new SeededRandom(3)
    const n = 200_000
    const uniform = Array.from({ length: n }, () => random.uniform())
    const normal = Array.from({ length: n }, () => random.normal())
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
    // Five standard errors: 5 · σ / √n.
    expect(Math.abs(mean(uniform) - 0.5)).toBeLessThan((5 * Math.sqrt(1 / 12)) / Math.sqrt(n))
    expect(Math.abs(mean(normal))).toBeLessThan(5 / Math.sqrt(n))
    expect(Math.abs(mean(normal.map((value) => value * value)) - 1)).toBeLessThan(
      (5 * Math.SQRT2) / Math.sqrt(n),
    )
    expect(uniform.every((value) => value >= 0 && value < 1)).toBe(true)
  })

  it('shuffles into a permutation, each place alike', () => {
    const random = new SeededRandom(5)
    const rounds = 6000
    const firsts = [0, 0, 0]
    for (let i = 0; i < rounds; i++) {
      const shuffled = random.shuffle([0, 1, 2])
      expect(shuffled.toSorted()).toEqual([0, 1, 2])
      firsts[shuffled[0]!]!++
    }
    // Five standard deviations of a binomial with p = 1/3.
    for (const count of firsts) {
      expect(Math.abs(count - rounds / 3)).toBeLessThan(5 * Math.sqrt((rounds * 2) / 9))
    }
  })
})
