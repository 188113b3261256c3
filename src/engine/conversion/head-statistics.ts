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
import { SecondMoments } from './second-moments.ts'

/**
 * Second moments of one layer's projections over the calibration tokens, before q/k norm and RoPE, biases included.
 * A group is the source KV heads that will share one KV head; its blocks are [g·d_h, g·d_h].
 */
export interface LayerStatistics {
  /** E[k kᵀ] of each group. */
  readonly keys: readonly SecondMoments[]
  /** E[v vᵀ] of each group. */
  readonly values: readonly SecondMoments[]
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

/**
 * Runs the model over the calibration windows and collects what the conversions need of every layer.
 *
 * Memory beside the model's: 16·L·n·g·d_h² bytes while it runs and half of that afterwards, with L layers, n source KV
 * heads and groups of g; 1.1 GB for 32 layers of 32 heads of 128 in groups of 4.
 */
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

  const side = (config.kvHeads / kvHeads) * config.headDim
  const layers = Array.from({ length: config.layers }, (_, layer) => {
    const bind = (kind: StatisticKind, dims: readonly number[]): Float32Array => {
      const batch = new Float32Array(dims.reduce((product, extent) => product * extent, 1))
      binding.output(statisticName(kind, layer), { type: 'float32', dims, data: batch })
      return batch
    }
    const moments = (): SecondMoments[] => Array.from({ length: kvHeads }, () => new SecondMoments(side))
    const blocks = [kvHeads, side, side]
    const queries = config.queryHeads * config.headDim
    return {
      batch: {
        keys: bind('keys', blocks),
        values: bind('values', blocks),
        queries: bind('queries', [queries]),
      },
      statistics: { keys: moments(), values: moments(), queryEnergy: new Float64Array(queries) },
    }
  })
  const meter = new ProgressMeter({ kind: 'calibrate', unit: 'windows' }, windows.length, ctx.report)
  for (const window of windows) {
    ids.set(window)
    await binding.run(ctx.signal)
    for (const { batch, statistics } of layers) {
      addBlocks(statistics.keys, batch.keys)
      addBlocks(statistics.values, batch.values)
      const { queryEnergy } = statistics
      for (let i = 0; i < queryEnergy.length; i++) queryEnergy[i]! += batch.queries[i]!
    }
    meter.advance()
  }
  const tokens = windows.length * length
  return layers.map(({ statistics }) => {
    const { keys, values, queryEnergy } = statistics
    for (const moments of [...keys, ...values]) moments.divide(tokens)
    for (let i = 0; i < queryEnergy.length; i++) queryEnergy[i]! /= tokens
    return statistics
  })
}

/** Adds each group's block of a batch, [groups, side, side]. */
function addBlocks(groups: readonly SecondMoments[], batch: Float32Array): void {
  const size = batch.length / groups.length
  for (const [index, moments] of groups.entries())
    moments.add(batch.subarray(index * size, (index + 1) * size))
}

type StatisticKind = 'keys' | 'values' | 'queries'

function statisticName(kind: StatisticKind, layer: number): string {
  return `${kind}.${layer}`
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
