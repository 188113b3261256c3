import { describe, expect, it } from 'vitest'

import { ADAMW_DEFAULTS, adamWStep } from '../../../src/engine/autodiff/index.ts'

const ALL = [{ from: 0, to: 3, decayed: true }]
const SETTINGS = { ...ADAMW_DEFAULTS, beta1: 0.9, beta2: 0.99, weightDecay: 0.1, clipNorm: 1 }

/** The update rule of arXiv 1711.05101, algorithm 2, in float64 and term by term. */
function referenceSteps(
  start: readonly number[],
  gradients: readonly (readonly number[])[],
  rate: number,
): number[] {
  const { beta1, beta2, epsilon, weightDecay, clipNorm } = SETTINGS
  const parameters = [...start]
  const first = start.map(() => 0)
  const second = start.map(() => 0)
  for (const [index, gradient] of gradients.entries()) {
    const norm = Math.hypot(...gradient)
    const clipped = gradient.map((value) => (norm > clipNorm ? (value * clipNorm) / norm : value))
    for (const [i, value] of clipped.entries()) {
      first[i] = beta1 * first[i]! + (1 - beta1) * value
      second[i] = beta2 * second[i]! + (1 - beta2) * value ** 2
      const mean = first[i]! / (1 - beta1 ** (index + 1))
      const variance = second[i]! / (1 - beta2 ** (index + 1))
      const decay = rate * weightDecay * parameters[i]!
      parameters[i] = parameters[i]! - decay - (rate * mean) / (Math.sqrt(variance) + epsilon)
    }
  }
  return parameters
}

describe('AdamW', () => {
  it('follows the published rule, clipping included', () => {
    const start = [0.5, -1, 2]
    const gradients = [
      [0.1, -0.2, 0.3],
      [3, 4, 0],
      [-0.4, 0.1, 0.2],
    ]
    const parameters = Float32Array.from(start)
    const moments = { first: new Float32Array(3), second: new Float32Array(3) }
    const norms = gradients.map((gradient, index) =>
      adamWStep(parameters, Float32Array.from(gradient), moments, ALL, index + 1, 0.01, SETTINGS),
    )
    const expected = referenceSteps(start, gradients, 0.01)
    // Parameters and moments are kept in float32.
    for (const [index, value] of expected.entries()) expect(parameters[index]).toBeCloseTo(value, 6)
    expect(norms[1]).toBeCloseTo(5, 6)
  })

  it('leaves parameters outside the ranges alone and decays only what is decayed', () => {
    const parameters = Float32Array.of(1, 1, 1)
    const moments = { first: new Float32Array(3), second: new Float32Array(3) }
    const ranges = [
      { from: 0, to: 1, decayed: true },
      { from: 1, to: 2, decayed: false },
    ]
    adamWStep(parameters, Float32Array.of(0, 0, 5), moments, ranges, 1, 0.5, SETTINGS)
    expect(Array.from(parameters)).toEqual([Math.fround(0.95), 1, 1])
    expect(Array.from(moments.first)).toEqual([0, 0, 0])
  })
})
