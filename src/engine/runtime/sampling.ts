import type { SeededRandom } from '../kernel/random.ts'

/** Index of the largest value; the first of equals. */
export function argmax(values: Float32Array): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i
  return best
}

export interface Sampling {
  /** Divides the logits; above 0. */
  readonly temperature: number
  /** Smallest set of most likely tokens with at least this probability (nucleus); 1 keeps all. */
  readonly topP: number
  readonly seed: number
}

/** Draws a token from softmax(logits / temperature) restricted to the nucleus of mass `topP`. */
export function sample(logits: Float32Array, { temperature, topP }: Sampling, random: SeededRandom): number {
  const peak = logits[argmax(logits)]!
  const weights = Float64Array.from(logits, (logit) => Math.exp((logit - peak) / temperature))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const order = Uint32Array.from(weights, (_, index) => index)
  // Equal weights keep the order of their ids, so that one seed gives one answer everywhere.
  order.sort((a, b) => weights[b]! - weights[a]! || a - b)
  let kept = 0
  let mass = 0
  while (kept < order.length && (kept === 0 || mass < topP * total)) mass += weights[order[kept++]!]!
  let draw = random.uniform() * mass
  for (let i = 0; i < kept; i++) {
    draw -= weights[order[i]!]!
    if (draw < 0) return order[i]!
  }
  return order[kept - 1]!
}
