import { describe, expect, it } from 'vitest'

import { ropeFrequencies, ropeTables, type RopeScaling } from '../../../src/engine/graph/index.ts'

const YARN: RopeScaling = {
  kind: 'yarn',
  factor: 4,
  originalMaxPositions: 2048,
  betaFast: 32,
  betaSlow: 1,
  attentionFactor: 1.25,
  truncate: true,
}

/** The frequencies of an eight-value head at θ = 10,000: 1, 0.1, 0.01, 0.001. */
const PLAIN = [1, 0.1, 0.01, 0.001]

function speeds(scaling: RopeScaling | null, length = 16): number[] {
  return [...ropeFrequencies({ theta: 10_000, scaling }, 8, length).inverse]
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 12)
}

describe('ropeFrequencies', () => {
  it('falls as a power of theta without scaling', () => {
    expectClose(speeds(null), PLAIN)
  })

  it('divides every speed by a linear factor', () => {
    expectClose(speeds({ kind: 'linear', factor: 4 }), [0.25, 0.025, 0.0025, 0.00025])
  })

  it('leaves dynamic scaling out up to the original positions and raises the base beyond them', () => {
    const scaling: RopeScaling = { kind: 'dynamic', factor: 2, originalMaxPositions: 16 }
    expectClose(speeds(scaling, 16), PLAIN)
    // θ' = θ · (2·32/16 − 1)^(8/6) = 10,000 · 3^(4/3); speeds are θ'^(−i/4)
    const base = 10_000 * 3 ** (4 / 3)
    expectClose(speeds(scaling, 32), [1, base ** -0.25, base ** -0.5, base ** -0.75])
  })

  it('slows long waves, keeps short ones and blends between them for llama3', () => {
    const scaling: RopeScaling = {
      kind: 'llama3',
      factor: 8,
      lowFreqFactor: 1,
      highFreqFactor: 4,
      originalMaxPositions: 128,
    }
    // Turns in 128 positions: 20.4, 2.04, 0.204, 0.0204; the second lies between 1 and 4.
    const smooth = (12.8 / (2 * Math.PI) - 1) / 3
    expectClose(speeds(scaling), [1, ((1 - smooth) * 0.1) / 8 + smooth * 0.1, 0.01 / 8, 0.001 / 8])
  })

  it('ramps from unscaled to scaled planes for yarn', () => {
    // Planes that make 32 turns and 1 turn in 2,048 positions: 4·ln(2048/64π)/ln 10,000 = 1.008 -> 1;
    // 4·ln(2048/2π)/ln 10,000 = 2.513 -> 3. Scaled shares: 0, 0, 1/2, 1.
    expectClose(speeds(YARN), [1, 0.1, 0.01 / 2 + 0.0025 / 2, 0.00025])
    expect(ropeFrequencies({ theta: 10_000, scaling: YARN }, 8, 16).attentionFactor).toBe(1.25)
    const low = (4 * Math.log(2048 / (64 * Math.PI))) / Math.log(10_000)
    const high = (4 * Math.log(2048 / (2 * Math.PI))) / Math.log(10_000)
    const share = (2 - low) / (high - low)
    expectClose(speeds({ ...YARN, truncate: false }), [1, 0.1, 0.01 * (1 - share) + 0.0025 * share, 0.00025])
  })
})

describe('ropeTables', () => {
  it('holds cos and sin by position and plane, scaled by the attention factor', () => {
    const rope = { theta: 100, scaling: { ...YARN, factor: 1, originalMaxPositions: 1e9 } } as const
    const { cos, sin } = ropeTables(rope, 4, 3)
    // θ = 100, d_h = 4: speeds 1 and 0.1.
    const angles = [0, 0, 1, 0.1, 2, 0.2]
    expect([...cos]).toEqual(angles.map((angle) => Math.fround(Math.cos(angle) * 1.25)))
    expect([...sin]).toEqual(angles.map((angle) => Math.fround(Math.sin(angle) * 1.25)))
  })
})
