import { setImmediate } from 'node:timers/promises'

import { Matrix } from 'ml-matrix'

import { AppError } from '../../shared/errors.ts'
import type { DecoderConfig } from '../graph/index.ts'
import { ProgressMeter } from '../kernel/eta.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { AttentionLayer, type ProjectionPart } from './attention-layer.ts'
import type { LayerStatistics } from './head-statistics.ts'
import type { ComplexPlanes } from './key-merge.ts'
import { mergeHeads, type ConversionMethod, type HeadMerge } from './merge-heads.ts'

/** A decoder in memory; weights by Hugging Face name, [out, in]. */
export interface ModelWeights {
  readonly config: DecoderConfig
  readonly weights: ReadonlyMap<string, Float32Array>
}

export interface ConversionOptions {
  /** n_kv of the result; divides the source's. */
  readonly kvHeads: number
  readonly method: ConversionMethod
  /** From `collectHeadStatistics` for the same `kvHeads`; `mean` needs none. */
  readonly statistics: readonly LayerStatistics[] | null
}

/**
 * Replaces the KV heads by fewer ones, each shared by the query heads of adjacent source heads; the source may
 * already be a GQA model. With the source's own number of heads the weights are returned as they are.
 *
 * @throws AppError conversion/heads when `kvHeads` does not divide the source's KV heads; cancelled
 */
export async function convertModel(
  source: ModelWeights,
  { kvHeads, method, statistics }: ConversionOptions,
  ctx: RunContext,
): Promise<ModelWeights> {
  const { config } = source
  assertKvHeads(config, kvHeads)
  if (kvHeads === config.kvHeads) return source
  const weights = new Map(source.weights)
  const meter = new ProgressMeter(
    { kind: 'convert', label: method, unit: 'layers' },
    config.layers,
    ctx.report,
  )
  ctx.signal.throwIfAborted()
  for (let index = 0; index < config.layers; index++) {
    const layerStatistics = statistics?.[index] ?? null
    if (layerStatistics === null && method !== 'mean') {
      throw new RangeError(`${method} needs calibration statistics`)
    }
    const layer = new AttentionLayer(config, source.weights, index)
    const merges: HeadMerge[] = []
    for (const merge of mergeHeads(layer, kvHeads, method, layerStatistics)) {
      merges.push(...merge)
      await breathe(ctx)
    }
    for (const [name, values] of convertLayer(layer, kvHeads, merges)) {
      weights.set(`${layer.prefix}.${name}`, values)
      await breathe(ctx)
    }
    meter.advance()
  }
  return { config: { ...config, kvHeads }, weights }
}

/** Lets other work, such as a cancellation, have its turn. @throws cancelled */
async function breathe({ signal }: RunContext): Promise<void> {
  await setImmediate()
  signal.throwIfAborted()
}

/** @throws AppError conversion/heads */
export function assertKvHeads({ kvHeads: available }: DecoderConfig, kvHeads: number): void {
  if (!Number.isInteger(kvHeads) || kvHeads < 1 || available % kvHeads !== 0) {
    throw new AppError('conversion/heads', { kvHeads, available })
  }
}

/** The four projections after the merge, by their names inside the attention block. */
function* convertLayer(
  layer: AttentionLayer,
  kvHeads: number,
  merges: readonly HeadMerge[],
): Generator<readonly [string, Float32Array]> {
  const { headDim, queryHeads } = layer.config
  const pooledSize = ({ columns }: ProjectionPart): number => kvHeads * headDim * columns

  for (const part of layer.projection('k_proj')) {
    const pooled = new Float32Array(pooledSize(part))
    for (const [head, { target, keyMix }] of merges.entries()) addTurned(part, head, keyMix, pooled, target)
    yield [part.name, pooled]
  }
  for (const part of layer.projection('q_proj')) {
    const folded = new Float32Array(part.values.length)
    for (let query = 0; query < queryHeads; query++) {
      addTurned(part, query, merges[layer.kvHeadOf(query)]!.queryFold, folded, query)
    }
    yield [part.name, folded]
  }
  for (const part of layer.projection('v_proj')) {
    const sums = Array.from({ length: kvHeads }, () => Matrix.zeros(headDim, part.columns))
    for (const [head, { target, valueMix }] of merges.entries()) {
      sums[target]!.add(valueMix.mmul(layer.headRows(part, head)))
    }
    const pooled = new Float32Array(pooledSize(part))
    for (const [target, sum] of sums.entries()) pooled.set(sum.to1DArray(), target * headDim * part.columns)
    yield [part.name, pooled]
  }
  yield ['o_proj.weight', foldOutput(layer, merges)]
}

/** Adds the rows of one head, every plane multiplied by its complex factor, to the rows of a head of `out`. */
function addTurned(
  { values, columns }: ProjectionPart,
  head: number,
  { re, im }: ComplexPlanes,
  out: Float32Array,
  outHead: number,
): void {
  const half = re.length
  const opposite = half * columns
  for (let plane = 0; plane < half; plane++) {
    const [a, b] = [re[plane]!, im[plane]!]
    const from = (head * 2 * half + plane) * columns
    const to = (outHead * 2 * half + plane) * columns
    for (let column = 0; column < columns; column++) {
      const x = values[from + column]!
      const y = values[from + opposite + column]!
      out[to + column]! += a * x - b * y
      out[to + opposite + column]! += b * x + a * y
    }
  }
}

/** The output projection, every query head's columns multiplied by its KV head's fold. */
function foldOutput(layer: AttentionLayer, merges: readonly HeadMerge[]): Float32Array {
  const { headDim, hiddenSize, queryHeads } = layer.config
  const folded = new Float32Array(hiddenSize * queryHeads * headDim)
  for (let query = 0; query < queryHeads; query++) {
    const columns = layer.outputColumns(query).mmul(merges[layer.kvHeadOf(query)]!.outputFold)
    for (let row = 0; row < hiddenSize; row++) {
      folded.set(columns.getRow(row), (row * queryHeads + query) * headDim)
    }
  }
  return folded
}
