import type { DecoderConfig } from '../../src/engine/graph/index.ts'

/**
 * A plain decoder in float64 loops: the independent truth for every other implementation. It shares nothing with
 * the graph code but the description of an architecture.
 */

type Weights = ReadonlyMap<string, ArrayLike<number>>
type Vector = Float64Array<ArrayBuffer>
type Rows = readonly Vector[]

/** Angular speed of each RoPE plane and the factor on cos and sin, after transformers' modeling_rope_utils. */
function ropeSpeeds({ rope, headDim, maxPositions }: DecoderConfig): { speeds: number[]; scale: number } {
  const speeds: number[] = []
  let scale = 1
  for (let i = 0; i < headDim; i += 2) {
    const speed = 1 / Math.pow(rope.theta, i / headDim)
    const scaling = rope.scaling
    if (scaling === null) {
      speeds.push(speed)
    } else if (scaling.kind === 'linear') {
      speeds.push(speed / scaling.factor)
    } else if (scaling.kind === 'dynamic') {
      const length = Math.max(maxPositions, scaling.originalMaxPositions)
      const stretch = (scaling.factor * length) / scaling.originalMaxPositions - (scaling.factor - 1)
      speeds.push(1 / Math.pow(rope.theta * Math.pow(stretch, headDim / (headDim - 2)), i / headDim))
    } else if (scaling.kind === 'llama3') {
      const wavelength = (2 * Math.PI) / speed
      const longest = scaling.originalMaxPositions / scaling.lowFreqFactor
      const shortest = scaling.originalMaxPositions / scaling.highFreqFactor
      if (wavelength > longest) speeds.push(speed / scaling.factor)
      else if (wavelength < shortest) speeds.push(speed)
      else {
        const smooth =
          (scaling.originalMaxPositions / wavelength - scaling.lowFreqFactor) /
          (scaling.highFreqFactor - scaling.lowFreqFactor)
        speeds.push(((1 - smooth) * speed) / scaling.factor + smooth * speed)
      }
    } else {
      const dimension = (rotations: number): number =>
        (headDim * Math.log(scaling.originalMaxPositions / (rotations * 2 * Math.PI))) /
        (2 * Math.log(rope.theta))
      let low = dimension(scaling.betaFast)
      let high = dimension(scaling.betaSlow)
      if (scaling.truncate) {
        low = Math.floor(low)
        high = Math.ceil(high)
      }
      low = Math.max(low, 0)
      high = Math.min(high, headDim - 1)
      if (low === high) high += 0.001
      const ramp = Math.min(1, Math.max(0, (i / 2 - low) / (high - low)))
      const keep = 1 - ramp
      speeds.push((speed / scaling.factor) * (1 - keep) + speed * keep)
      scale = scaling.attentionFactor
    }
  }
  return { speeds, scale }
}

function rmsNorm(x: Vector, weight: ArrayLike<number>, epsilon: number): Vector {
  let squares = 0
  for (const value of x) squares += value * value
  const inverse = 1 / Math.sqrt(squares / x.length + epsilon)
  return x.map((value, i) => value * inverse * weight[i]!)
}

/** One head rotated to a position: the first half of its values pairs with the second. */
function rotate(head: Vector, position: number, speeds: readonly number[], scale: number): Vector {
  const half = head.length / 2
  const out = new Float64Array(head.length)
  for (let i = 0; i < half; i++) {
    const cos = Math.cos(position * speeds[i]!) * scale
    const sin = Math.sin(position * speeds[i]!) * scale
    out[i] = head[i]! * cos - head[i + half]! * sin
    out[i + half] = head[i + half]! * cos + head[i]! * sin
  }
  return out
}

function softmax(scores: Vector): Vector {
  const largest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const powers = scores.map((score) => Math.exp(score - largest))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

/** Logits at every position of one sequence: [sequence][vocab]. */
export function referenceLogits(config: DecoderConfig, weights: Weights, ids: ArrayLike<number>): Vector[] {
  const get = (name: string): ArrayLike<number> => {
    const values = weights.get(name)
    if (values === undefined) throw new Error(`the reference needs ${name}`)
    return values
  }
  const { hiddenSize, headDim, queryHeads, kvHeads, normEpsilon } = config
  const { speeds, scale } = ropeSpeeds(config)
  const length = ids.length

  const linear = (rows: Rows, name: string, out: number, hasBias: boolean): Vector[] => {
    const weight = get(`${name}.weight`)
    const bias = hasBias ? get(`${name}.bias`) : null
    return rows.map((row) => {
      const result = new Float64Array(out)
      for (let o = 0; o < out; o++) {
        let sum = bias === null ? 0 : bias[o]!
        for (let i = 0; i < row.length; i++) sum += weight[o * row.length + i]! * row[i]!
        result[o] = sum
      }
      return result
    })
  }

  const heads = (rows: Rows, count: number, norm: string | null, rotated: boolean): Vector[][] =>
    rows.map((row, position) =>
      Array.from({ length: count }, (_, head) => {
        let values = row.slice(head * headDim, (head + 1) * headDim)
        if (norm !== null) values = rmsNorm(values, get(norm), normEpsilon)
        return rotated ? rotate(values, position, speeds, scale) : values
      }),
    )

  const table = get('model.embed_tokens.weight')
  let x = Array.from({ length }, (_, position) =>
    Float64Array.from({ length: hiddenSize }, (_, i) => table[ids[position]! * hiddenSize + i]!),
  )
  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = `model.layers.${layer}`
    const attention = `${prefix}.self_attn`
    const input = x.map((row) => rmsNorm(row, get(`${prefix}.input_layernorm.weight`), normEpsilon))
    const qNorm = config.qkNorm ? `${attention}.q_norm.weight` : null
    const kNorm = config.qkNorm ? `${attention}.k_norm.weight` : null
    const project = (name: string, count: number): Vector[] =>
      linear(input, `${attention}.${name}`, count * headDim, config.qkvBias)
    const q = heads(project('q_proj', queryHeads), queryHeads, qNorm, true)
    const k = heads(project('k_proj', kvHeads), kvHeads, kNorm, true)
    const v = heads(project('v_proj', kvHeads), kvHeads, null, false)

    const attended = q.map((queries, position) => {
      const row = new Float64Array(queryHeads * headDim)
      queries.forEach((query, head) => {
        const kvHead = Math.floor(head / (queryHeads / kvHeads))
        const scores = new Float64Array(position + 1)
        for (let past = 0; past <= position; past++) {
          let dot = 0
          for (let i = 0; i < headDim; i++) dot += query[i]! * k[past]![kvHead]![i]!
          scores[past] = dot / Math.sqrt(headDim)
        }
        softmax(scores).forEach((probability, past) => {
          for (let i = 0; i < headDim; i++) row[head * headDim + i]! += probability * v[past]![kvHead]![i]!
        })
      })
      return row
    })
    const output = linear(attended, `${attention}.o_proj`, hiddenSize, config.outputBias)
    x = x.map((row, position) => row.map((value, i) => value + output[position]![i]!))

    const hidden = x.map((row) => rmsNorm(row, get(`${prefix}.post_attention_layernorm.weight`), normEpsilon))
    const gate = linear(hidden, `${prefix}.mlp.gate_proj`, config.intermediateSize, config.mlpBias)
    const up = linear(hidden, `${prefix}.mlp.up_proj`, config.intermediateSize, config.mlpBias)
    const gated = gate.map((row, position) => row.map((g, i) => (g / (1 + Math.exp(-g))) * up[position]![i]!))
    const down = linear(gated, `${prefix}.mlp.down_proj`, hiddenSize, config.mlpBias)
    x = x.map((row, position) => row.map((value, i) => value + down[position]![i]!))
  }
  const normed = x.map((row) => rmsNorm(row, get('model.norm.weight'), normEpsilon))
  const head = config.tiedEmbeddings ? 'model.embed_tokens' : 'lm_head'
  return linear(normed, head, config.vocabSize, false)
}

/** ln p(target) at each position, from logits. */
export function referenceLogProbs(logits: Rows, targets: ArrayLike<number>): number[] {
  return logits.map((row, position) => Math.log(softmax(row)[targets[position]!]!))
}

/** Largest absolute difference between two sets of rows. */
export function maxDifference(a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): number {
  if (a.length !== b.length) throw new Error(`${a.length} rows against ${b.length}`)
  let largest = 0
  a.forEach((row, r) => {
    const other = b[r]!
    if (row.length !== other.length) throw new Error(`row ${r}: ${row.length} values against ${other.length}`)
    for (let i = 0; i < row.length; i++) {
      const difference = Math.abs(row[i]! - other[i]!)
      if (!(difference <= largest)) largest = difference // NaN is the largest of all
    }
  })
  return largest
}
