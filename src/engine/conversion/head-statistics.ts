import { Matrix } from 'ml-matrix'

import { DifferentiableGraph, trainingOps, type Variable } from '../autodiff/index.ts'
import {
  decoderForward,
  parameterShapes,
  serializeModel,
  type DecoderConfig,
  type GraphModel,
} from '../graph/index.ts'
import { ProgressMeter } from '../kernel/eta.ts'
import type { RunContext } from '../kernel/run-context.ts'
import type { Backend } from '../runtime/index.ts'

/**
 * Second moments of one layer's projections over the calibration tokens, before q/k norm and RoPE, biases included.
 * A group is the source KV heads that will share one KV head; its blocks are [g·d_h, g·d_h].
 */
export interface LayerStatistics {
  /** E[k kᵀ] of each group. */
  readonly keys: readonly Matrix[]
  /** E[v vᵀ] of each group. */
  readonly values: readonly Matrix[]
  /** E[q²] of each query dimension, [n_h · d_h]. */
  readonly queryEnergy: Float64Array
}

export interface CalibrationInput {
  readonly config: DecoderConfig
  readonly weights: ReadonlyMap<string, Float32Array>
  /** KV heads after the conversion; divides the source's. */
  readonly kvHeads: number
  /** Token windows of one length. */
  readonly windows: readonly Int32Array[]
  readonly backend: Backend
  readonly threads: number
}

/** Runs the model over the calibration windows and collects what the conversions need of every layer. */
export async function collectHeadStatistics(
  input: CalibrationInput,
  ctx: RunContext,
): Promise<LayerStatistics[]> {
  const { config, weights, kvHeads, windows, backend } = input
  const length = windows[0]?.length
  if (length === undefined || windows.some((window) => window.length !== length)) {
    throw new RangeError('calibration needs at least one window, all of one length')
  }
  const graph = serializeModel(statisticsGraph(config, kvHeads, length))
  using session = await backend.createSession(graph, {
    provider: 'cpu',
    threads: input.threads,
    spinning: false,
  })
  using binding = session.bind()
  for (const [name, dims] of parameterShapes(config)) {
    const tensor = weights.get(name)
    if (tensor === undefined) throw new RangeError(`${name} is missing`)
    binding.input(name, { type: 'float32', dims, data: tensor })
  }
  const ids = new Int32Array(length)
  binding.input('input_ids', { type: 'int32', dims: [length], data: ids })

  const group = config.kvHeads / kvHeads
  const side = group * config.headDim
  const sums = Array.from({ length: config.layers }, (_, layer) => {
    const bind = (kind: StatisticKind, dims: readonly number[]): Accumulator => {
      const size = dims.reduce((product, extent) => product * extent, 1)
      const batch = new Float32Array(size)
      binding.output(statisticName(kind, layer), { type: 'float32', dims, data: batch })
      return { batch, sum: new Float64Array(size) }
    }
    const blocks = [kvHeads, side, side]
    return {
      keys: bind('keys', blocks),
      values: bind('values', blocks),
      queries: bind('queries', [config.queryHeads * config.headDim]),
    }
  })
  const meter = new ProgressMeter({ kind: 'calibrate', unit: 'windows' }, windows.length, ctx.report)
  for (const window of windows) {
    ids.set(window)
    await binding.run(ctx.signal)
    for (const { keys, values, queries } of sums) {
      for (const { batch, sum } of [keys, values, queries]) {
        for (let i = 0; i < sum.length; i++) sum[i]! += batch[i]!
      }
    }
    meter.advance()
  }
  const tokens = windows.length * length
  return sums.map(({ keys, values, queries }) => ({
    keys: toBlocks(keys.sum, kvHeads, side, tokens),
    values: toBlocks(values.sum, kvHeads, side, tokens),
    queryEnergy: queries.sum.map((energy) => energy / tokens),
  }))
}

interface Accumulator {
  readonly batch: Float32Array
  readonly sum: Float64Array
}

type StatisticKind = 'keys' | 'values' | 'queries'

function statisticName(kind: StatisticKind, layer: number): string {
  return `${kind}.${layer}`
}

function toBlocks(sums: Float64Array, count: number, side: number, tokens: number): Matrix[] {
  return Array.from({ length: count }, (_, index) => {
    const block = sums.subarray(index * side * side, (index + 1) * side * side)
    return Matrix.from1DArray(side, side, block).div(tokens)
  })
}

/** Inputs: `input_ids` int32 [S] and the parameters. Outputs: sums over the window of kkᵀ, vvᵀ by group, and q². */
function statisticsGraph(config: DecoderConfig, kvHeads: number, length: number): GraphModel {
  const graph = new DifferentiableGraph()
  const ids = graph.input('input_ids', 'int32', [length])
  const parameters = new Map<string, Variable>()
  for (const [name, shape] of parameterShapes(config))
    parameters.set(name, graph.input(name, 'float32', shape))
  const ops = trainingOps(graph, config, { batch: 1, length, ids })
  const side = (config.kvHeads / kvHeads) * config.headDim
  const moments = (x: Variable): Variable => {
    const byGroup = graph.emit(
      'Reshape',
      [x, graph.integers([length, kvHeads, side])],
      [length, kvHeads, side],
    )
    const arrange = (permutation: readonly number[], shape: readonly number[]): Variable =>
      graph.emit('Transpose', [byGroup], shape, { attributes: { perm: { ints: permutation } } })
    const rows = arrange([1, 2, 0], [kvHeads, side, length])
    return graph.emit('MatMul', [rows, arrange([1, 0, 2], [kvHeads, length, side])], [kvHeads, side, side])
  }
  const energy = (x: Variable): Variable =>
    graph.emit('ReduceSumSquare', [x, graph.integers([0])], [x.shape[1]!], {
      attributes: { keepdims: { int: 0 } },
    })
  decoderForward(
    config,
    {
      ...ops,
      linear(x, weight, bias, name) {
        const projected = ops.linear(x, weight, bias, name)
        const match = /\.layers\.(\d+)\.self_attn\.([qkv])_proj$/.exec(name)
        if (match !== null) {
          const layer = Number(match[1])
          if (match[2] === 'q') graph.output(energy(projected), statisticName('queries', layer))
          else graph.output(moments(projected), statisticName(match[2] === 'k' ? 'keys' : 'values', layer))
        }
        return projected
      },
    },
    (name) => {
      const variable = parameters.get(name)
      if (variable === undefined) throw new RangeError(`no parameter named ${name}`)
      return variable
    },
  )
  return graph.build()
}
