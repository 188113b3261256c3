import { describe, expect, it } from 'vitest'

import { interleave, latencyOf, tpotMs, warmUp } from '../../../src/engine/measure/index.ts'

const replay = (durations: readonly number[]): (() => Promise<number>) => {
  const left = [...durations]
  return () => {
    const next = left.shift()
    return next === undefined
      ? Promise.reject(new Error('asked for too many repetitions'))
      : Promise.resolve(next)
  }
}

describe('latencyOf', () => {
  it('splits first token and gaps', () => {
    const latency = latencyOf(100, [350, 360, 375])
    expect(latency).toEqual({ ttftMs: 250, gapsMs: Float64Array.of(10, 15) })
    // (end − first) / (tokens − 1)
    expect(tpotMs(latency)).toBe((375 - 350) / 2)
  })

  it('has no time between tokens for a single token', () => {
    expect(tpotMs(latencyOf(0, [5]))).toBeNull()
    expect(() => latencyOf(0, [])).toThrow(RangeError)
  })
})

describe('warmUp', () => {
  it('stops at the first two consecutive repetitions that differ by less than 5 %', async () => {
    expect(await warmUp(replay([200, 120, 100, 96]))).toEqual({
      repetitionsMs: [200, 120, 100, 96],
      settled: true,
    })
  })

  it('takes exactly 5 % as still moving', async () => {
    expect(await warmUp(replay([100, 95, 95]))).toEqual({ repetitionsMs: [100, 95, 95], settled: true })
  })

  it('gives up after ten', async () => {
    const restless = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]
    expect(await warmUp(replay(restless))).toEqual({ repetitionsMs: restless, settled: false })
  })
})

describe('interleave', () => {
  it('is A B B A for two arms', () => {
    expect(interleave(['A', 'B'], 4).map(({ arm, repetition }) => `${arm}${repetition}`)).toEqual([
      'A0',
      'B0',
      'B1',
      'A1',
      'A2',
      'B2',
      'B3',
      'A3',
    ])
  })

  it('gives every arm the same mean place over an even number of repetitions', () => {
    const arms = ['A', 'B', 'C']
    const order = interleave(arms, 6)
    const meanPlaces = arms.map((arm) => {
      const places = order.flatMap((entry, place) => (entry.arm === arm ? [place] : []))
      return places.reduce((sum, place) => sum + place, 0) / places.length
    })
    expect(meanPlaces).toEqual([8.5, 8.5, 8.5])
  })
})
