export interface AdamWSettings {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /** Decoupled decay, multiplied by the learning rate. */
  readonly weightDecay: number
  /** Largest global L2 norm of the gradient; larger gradients are scaled down to it. */
  readonly clipNorm: number
}

export const ADAMW_DEFAULTS: AdamWSettings = {
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0.1,
  clipNorm: 1,
}

/** A range [from, to) of the flat parameter array. */
export interface ParameterRange {
  readonly from: number
  readonly to: number
  /** Weight decay applies to matrices only. */
  readonly decayed: boolean
}

/** First and second moments, as long as the parameters. */
export interface Moments {
  readonly first: Float32Array
  readonly second: Float32Array
}

/** L2 norm of the gradient over all ranges, accumulated in float64. */
function gradientNorm(gradient: Float32Array, ranges: readonly ParameterRange[]): number {
  let sum = 0
  for (const { from, to } of ranges) {
    for (let i = from; i < to; i++) sum += gradient[i]! * gradient[i]!
  }
  return Math.sqrt(sum)
}

/**
 * One AdamW step in place (arXiv 1711.05101) with the gradient clipped by its global norm.
 *
 * @param step 1 for the first
 * @returns the gradient's norm before clipping
 */
export function adamWStep(
  parameters: Float32Array,
  gradient: Float32Array,
  moments: Moments,
  ranges: readonly ParameterRange[],
  step: number,
  learningRate: number,
  settings: AdamWSettings,
): number {
  const { beta1, beta2, epsilon, weightDecay, clipNorm } = settings
  const norm = gradientNorm(gradient, ranges)
  const clip = norm > clipNorm ? clipNorm / norm : 1
  const stepSize = learningRate / (1 - beta1 ** step)
  const secondCorrection = 1 / (1 - beta2 ** step)
  const { first, second } = moments
  for (const { from, to, decayed } of ranges) {
    const shrink = decayed ? 1 - learningRate * weightDecay : 1
    for (let i = from; i < to; i++) {
      const g = gradient[i]! * clip
      const m = beta1 * first[i]! + (1 - beta1) * g
      const v = beta2 * second[i]! + (1 - beta2) * g * g
      first[i] = m
      second[i] = v
      parameters[i] = shrink * parameters[i]! - (stepSize * m) / (Math.sqrt(v * secondCorrection) + epsilon)
    }
  }
  return norm
}
