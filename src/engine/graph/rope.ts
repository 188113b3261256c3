import type { RopeConfig, RopeScaling } from './decoder.ts'

/** Rotation speeds of the d_h/2 planes, in radians per position, and the scale of cos and sin. */
export interface RopeFrequencies {
  readonly inverse: Float64Array
  readonly attentionFactor: number
}

/**
 * The frequencies of rotary embeddings as Hugging Face `modeling_rope_utils` defines them: θ^(−2i/d_h), then the
 * scaling. `dynamic` (NTK) depends on the sequence length: up to the original positions nothing is scaled, beyond
 * them the base grows with `length`, as in one forward pass over `length` tokens.
 *
 * @param headDim d_h, even
 * @param length positions that the frequencies are to serve
 */
export function ropeFrequencies(
  { theta, scaling }: RopeConfig,
  headDim: number,
  length: number,
): RopeFrequencies {
  const plain = planes(headDim, theta)
  switch (scaling?.kind) {
    case undefined:
      return { inverse: plain, attentionFactor: 1 }
    case 'linear':
      return { inverse: plain.map((speed) => speed / scaling.factor), attentionFactor: 1 }
    case 'dynamic': {
      const reach = Math.max(length, scaling.originalMaxPositions)
      const growth = (scaling.factor * reach) / scaling.originalMaxPositions - (scaling.factor - 1)
      // A head of one plane turns at θ^0 whatever the base; the exponent would be infinite.
      const base = headDim > 2 ? theta * growth ** (headDim / (headDim - 2)) : theta
      return { inverse: planes(headDim, base), attentionFactor: 1 }
    }
    case 'llama3':
      return { inverse: plain.map((speed) => llama3Speed(speed, scaling)), attentionFactor: 1 }
    case 'yarn':
      return { inverse: yarnSpeeds(plain, theta, headDim, scaling), attentionFactor: scaling.attentionFactor }
  }
}

function planes(headDim: number, base: number): Float64Array {
  return Float64Array.from({ length: headDim / 2 }, (_, plane) => base ** ((-2 * plane) / headDim))
}

/** Long waves are slowed by the factor, short ones kept, those between blended by wavelength. */
function llama3Speed(speed: number, scaling: Extract<RopeScaling, { kind: 'llama3' }>): number {
  const { factor, lowFreqFactor, highFreqFactor, originalMaxPositions } = scaling
  const turns = (originalMaxPositions * speed) / (2 * Math.PI)
  if (turns < lowFreqFactor) return speed / factor
  if (turns > highFreqFactor) return speed
  const smooth = (turns - lowFreqFactor) / (highFreqFactor - lowFreqFactor)
  return ((1 - smooth) * speed) / factor + smooth * speed
}

/** YaRN, arXiv 2309.00071: a linear ramp over the planes from unscaled (many turns) to scaled (few turns). */
function yarnSpeeds(
  plain: Float64Array,
  theta: number,
  headDim: number,
  scaling: Extract<RopeScaling, { kind: 'yarn' }>,
): Float64Array {
  const { factor, originalMaxPositions, betaFast, betaSlow, truncate } = scaling
  const planeOfTurns = (turns: number): number =>
    (headDim * Math.log(originalMaxPositions / (turns * 2 * Math.PI))) / (2 * Math.log(theta))
  const fast = planeOfTurns(betaFast)
  const slow = planeOfTurns(betaSlow)
  const low = Math.max(truncate ? Math.floor(fast) : fast, 0)
  const high = Math.min(truncate ? Math.ceil(slow) : slow, headDim - 1)
  const width = high === low ? 0.001 : high - low
  return plain.map((speed, plane) => {
    const scaled = Math.min(Math.max((plane - low) / width, 0), 1)
    return (speed / factor) * scaled + speed * (1 - scaled)
  })
}

/** Cosines and sines, each [length, d_h/2], row by position; computed in float64, attention factor included. */
export interface RopeTables {
  readonly cos: Float32Array
  readonly sin: Float32Array
}

/**
 * The rotation tables for positions 0 to length − 1.
 *
 * @param headDim d_h, even
 * @param length rows of the tables
 */
export function ropeTables(rope: RopeConfig, headDim: number, length: number): RopeTables {
  const { inverse, attentionFactor } = ropeFrequencies(rope, headDim, length)
  const half = inverse.length
  const cos = new Float32Array(length * half)
  const sin = new Float32Array(length * half)
  for (let position = 0; position < length; position++) {
    for (let plane = 0; plane < half; plane++) {
      const angle = position * inverse[plane]!
      cos[position * half + plane] = Math.cos(angle) * attentionFactor
      sin[position * half + plane] = Math.sin(angle) * attentionFactor
    }
  }
  return { cos, sin }
}
