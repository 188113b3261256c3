import { ropeTables, type DecoderConfig, type DecoderOps } from '../graph/index.ts'
import type { DifferentiableGraph, Variable } from './differentiable-graph.ts'
import { causalAttention, rotary, type RotaryTables } from './operations/attention.ts'
import { add, swiglu } from './operations/elementwise.ts'
import { gatherRows, linear } from './operations/matrix.ts'
import { rmsNorm } from './operations/rms-norm.ts'
import { reshape, transpose } from './operations/shape.ts'

/** A batch of `batch` token windows of `length` tokens each; ids are int32 [batch · length], window after window. */
export interface TokenBatch {
  readonly batch: number
  readonly length: number
  readonly ids: Variable
}

/** The decoder's operations on differentiable variables; hidden states are [batch · length, width]. */
export function trainingOps(
  graph: DifferentiableGraph,
  config: DecoderConfig,
  { batch, length, ids }: TokenBatch,
): DecoderOps<Variable> {
  const { headDim, normEpsilon } = config
  const tables = rotaryTables(graph, config, length)
  const heads = (
    x: Variable,
    count: number,
    norm: Variable | null,
    position: RotaryTables | null,
  ): Variable => {
    const split = reshape(graph, x, [batch, length, count, headDim])
    const normed = norm === null ? split : rmsNorm(graph, split, norm, normEpsilon)
    const byHead = transpose(graph, normed, [0, 2, 1, 3])
    return position === null ? byHead : rotary(graph, byHead, position)
  }
  return {
    embedding: (table) => gatherRows(graph, table, ids),
    rmsNorm: (x, weight) => rmsNorm(graph, x, weight, normEpsilon),
    addRmsNorm(x, residual, weight) {
      const sum = add(graph, x, residual)
      return { sum, norm: rmsNorm(graph, sum, weight, normEpsilon) }
    },
    add: (a, b) => add(graph, a, b),
    linear: (x, weight, bias) => linear(graph, x, weight, bias),
    attention(q, k, v, _layer, norms) {
      const attended = causalAttention(
        graph,
        heads(q, config.queryHeads, norms?.q ?? null, tables.query),
        heads(k, config.kvHeads, norms?.k ?? null, tables.key),
        heads(v, config.kvHeads, null, null),
      )
      return reshape(graph, transpose(graph, attended, [0, 2, 1, 3]), [
        batch * length,
        config.queryHeads * headDim,
      ])
    },
    swiglu: (gate, up) => swiglu(graph, gate, up),
    head: (x, table) => linear(graph, x, table, null),
  }
}

/** Tables of positions 0 … length − 1; the query's carry the 1/√d_h of the scores as well. */
function rotaryTables(
  graph: DifferentiableGraph,
  config: DecoderConfig,
  length: number,
): { readonly query: RotaryTables; readonly key: RotaryTables } {
  const half = config.headDim / 2
  // Dynamic scaling depends on the reach of the tables: the same here as in the inference graph.
  const reach = config.rope.scaling?.kind === 'dynamic' ? config.maxPositions : length
  const { cos, sin } = ropeTables(config.rope, config.headDim, reach)
  const spread = (source: Float32Array, scale: number, sign: 1 | -1): Variable => {
    const table = new Float32Array(length * config.headDim)
    for (let position = 0; position < length; position++) {
      for (let plane = 0; plane < half; plane++) {
        const value = scale * source[position * half + plane]!
        table[position * config.headDim + plane] = sign * value
        table[position * config.headDim + half + plane] = value
      }
    }
    return graph.constant('float32', [length, config.headDim], table)
  }
  const tables = (scale: number): RotaryTables => ({
    cos: spread(cos, scale, 1),
    signedSin: spread(sin, scale, -1),
  })
  return { query: tables(1 / Math.sqrt(config.headDim)), key: tables(1) }
}
