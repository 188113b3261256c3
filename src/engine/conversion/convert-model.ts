import { Matrix } from 'ml-matrix'

import { AppError } from '../../shared/errors.ts'
import { parameterShapes, type DecoderConfig } from '../graph/index.ts'
import { ProgressMeter } from '../kernel/eta.ts'
import type { RunContext } from '../kernel/run-context.ts'
import type { LayerStatistics } from './head-statistics.ts'
import {
  alignKeys,
  meanKeys,
  subspaceKeys,
  type ComplexPlanes,
  type KeyMerge,
  type PlaneFreedom,
} from './key-merge.ts'
import { alignValues, meanValues, subspaceValues, type ValueMerge } from './value-merge.ts'

/** How the KV heads of a group become one (method.md §3). */
export const CONVERSION_METHODS = ['mean', 'align', 'subspace'] as const
export type ConversionMethod = (typeof CONVERSION_METHODS)[number]

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
 * @throws AppError conversion/heads when `kvHeads` does not divide the source's KV heads
 */
export function convertModel(
  source: ModelWeights,
  options: ConversionOptions,
  ctx: RunContext,
): ModelWeights {
  const { config } = source
  const { kvHeads, method, statistics } = options
  assertKvHeads(config, kvHeads)
  if (kvHeads === config.kvHeads) return source
  const target: DecoderConfig = { ...config, kvHeads }
  const weights = new Map(source.weights)
  for (const name of parameterShapes(config).keys())
    if (!weights.has(name)) throw new RangeError(`${name} is missing`)
  const meter = new ProgressMeter(
    { kind: 'convert', label: method, unit: 'layers' },
    config.layers,
    ctx.report,
  )
  for (let layer = 0; layer < config.layers; layer++) {
    ctx.signal.throwIfAborted()
    const layerStatistics = statistics?.[layer] ?? null
    if (layerStatistics === null && method !== 'mean')
      throw new RangeError(`${method} needs calibration statistics`)
    convertLayer(
      new AttentionWeights(config, source.weights, layer),
      target,
      method,
      layerStatistics,
      weights,
    )
    meter.advance()
  }
  return { config: target, weights }
}

/** @throws AppError conversion/heads */
export function assertKvHeads({ kvHeads: available }: DecoderConfig, kvHeads: number): void {
  if (!Number.isInteger(kvHeads) || kvHeads < 1 || available % kvHeads !== 0) {
    throw new AppError('conversion/heads', { kvHeads, available })
  }
}

/** The attention tensors of one layer. */
class AttentionWeights {
  readonly config: DecoderConfig
  readonly prefix: string
  readonly #weights: ReadonlyMap<string, Float32Array>

  constructor(config: DecoderConfig, weights: ReadonlyMap<string, Float32Array>, layer: number) {
    this.config = config
    this.prefix = `model.layers.${layer}.self_attn`
    this.#weights = weights
  }

  tensor(name: string): Float32Array {
    const tensor = this.#weights.get(`${this.prefix}.${name}`)
    if (tensor === undefined) throw new RangeError(`${this.prefix}.${name} is missing`)
    return tensor
  }

  /** Weight and, where there is one, bias of a projection; a bias is a matrix of one column. */
  projection(
    name: 'q_proj' | 'k_proj' | 'v_proj',
  ): readonly { readonly name: string; readonly values: Float32Array }[] {
    const parts = this.config.qkvBias ? ['weight', 'bias'] : ['weight']
    return parts.map((part) => ({ name: `${name}.${part}`, values: this.tensor(`${name}.${part}`) }))
  }
}

function convertLayer(
  source: AttentionWeights,
  target: DecoderConfig,
  method: ConversionMethod,
  statistics: LayerStatistics | null,
  out: Map<string, Float32Array>,
): void {
  const { config, prefix } = source
  const { headDim } = config
  const group = config.kvHeads / target.kvHeads
  const queriesPerHead = config.queryHeads / config.kvHeads
  const keyMerges: KeyMerge[] = []
  const valueMerges: ValueMerge[] = []
  for (let merged = 0; merged < target.kvHeads; merged++) {
    const heads = Array.from({ length: group }, (_, index) => merged * group + index)
    keyMerges.push(mergeKeys(source, heads, merged, method, statistics))
    valueMerges.push(mergeValues(source, heads, merged, method, statistics))
  }

  for (const { name, values } of source.projection('k_proj')) {
    const columns = values.length / (config.kvHeads * headDim)
    const pooled = new Float32Array(target.kvHeads * headDim * columns)
    for (let head = 0; head < config.kvHeads; head++) {
      const planes = keyMerges[Math.floor(head / group)]!.mix[head % group]!
      addRotated(values, head, planes, pooled, Math.floor(head / group), columns)
    }
    out.set(`${prefix}.${name}`, pooled)
  }
  for (const { name, values } of source.projection('q_proj')) {
    const columns = values.length / (config.queryHeads * headDim)
    const folded = new Float32Array(values.length)
    for (let query = 0; query < config.queryHeads; query++) {
      const head = Math.floor(query / queriesPerHead)
      const planes = keyMerges[Math.floor(head / group)]!.fold[head % group]!
      addRotated(values, query, planes, folded, query, columns)
    }
    out.set(`${prefix}.${name}`, folded)
  }
  for (const { name, values } of source.projection('v_proj')) {
    const columns = values.length / (config.kvHeads * headDim)
    const pooled = new Float32Array(target.kvHeads * headDim * columns)
    for (let merged = 0; merged < target.kvHeads; merged++) {
      const sum = Matrix.zeros(headDim, columns)
      for (const [index, mix] of valueMerges[merged]!.mix.entries()) {
        sum.add(mix.mmul(rowsOf(values, merged * group + index, headDim, columns)))
      }
      pooled.set(sum.to1DArray(), merged * headDim * columns)
    }
    out.set(`${prefix}.${name}`, pooled)
  }
  const output = source.tensor('o_proj.weight')
  const folded = new Float32Array(output.length)
  for (let query = 0; query < config.queryHeads; query++) {
    const head = Math.floor(query / queriesPerHead)
    const fold = valueMerges[Math.floor(head / group)]!.fold[head % group]!
    setColumns(folded, columnsOf(output, query, config).mmul(fold), query, config)
  }
  out.set(`${prefix}.o_proj.weight`, folded)
}

function mergeKeys(
  source: AttentionWeights,
  heads: readonly number[],
  merged: number,
  method: ConversionMethod,
  statistics: LayerStatistics | null,
): KeyMerge {
  const { config } = source
  const moments = statistics?.keys[merged]
  if (moments === undefined || method === 'mean') return meanKeys(heads.length, config.headDim)
  if (method === 'align' || config.qkNorm) {
    return alignKeys(moments, heads.length, config.qkNorm, planeFreedom(source))
  }
  return subspaceKeys(
    moments,
    heads.map((head) => planeEnergies(statistics!.queryEnergy, config, head)),
  )
}

function mergeValues(
  source: AttentionWeights,
  heads: readonly number[],
  merged: number,
  method: ConversionMethod,
  statistics: LayerStatistics | null,
): ValueMerge {
  const moments = statistics?.values[merged]
  if (moments === undefined || method === 'mean') return meanValues(heads.length, source.config.headDim)
  if (method === 'align') return alignValues(moments, heads.length)
  return subspaceValues(
    moments,
    heads.map((head) => outputGram(source, head)),
  )
}

/** Norm weights that differ within a plane let only a half turn through. */
function planeFreedom(source: AttentionWeights): PlaneFreedom {
  const { qkNorm, headDim } = source.config
  if (!qkNorm) return () => 'any'
  const norms = [source.tensor('q_norm.weight'), source.tensor('k_norm.weight')]
  return (plane) => (norms.every((norm) => norm[plane] === norm[plane + headDim / 2]) ? 'any' : 'half-turns')
}

/** Energy of the queries that one source KV head serves, by plane. */
function planeEnergies(queryEnergy: Float64Array, config: DecoderConfig, head: number): Float64Array {
  const { headDim } = config
  const perHead = config.queryHeads / config.kvHeads
  const energies = new Float64Array(headDim / 2)
  for (let query = head * perHead; query < (head + 1) * perHead; query++) {
    for (let plane = 0; plane < headDim / 2; plane++) {
      const at = query * headDim + plane
      energies[plane]! += queryEnergy[at]! + queryEnergy[at + headDim / 2]!
    }
  }
  return energies
}

/** Σ W_oᵀ W_o over the query heads of a source KV head, [d_h, d_h]. */
function outputGram(source: AttentionWeights, head: number): Matrix {
  const { config } = source
  const perHead = config.queryHeads / config.kvHeads
  const gram = Matrix.zeros(config.headDim, config.headDim)
  for (let query = head * perHead; query < (head + 1) * perHead; query++) {
    const columns = columnsOf(source.tensor('o_proj.weight'), query, config)
    gram.add(columns.transpose().mmul(columns))
  }
  return gram
}

/** Adds the rows of one head, every plane multiplied by its complex factor, to a head of `out`. */
function addRotated(
  values: Float32Array,
  head: number,
  { re, im }: ComplexPlanes,
  out: Float32Array,
  outHead: number,
  columns: number,
): void {
  const half = re.length
  for (let plane = 0; plane < half; plane++) {
    const [a, b] = [re[plane]!, im[plane]!]
    const from = (head * 2 * half + plane) * columns
    const to = (outHead * 2 * half + plane) * columns
    for (let column = 0; column < columns; column++) {
      const x = values[from + column]!
      const y = values[from + half * columns + column]!
      out[to + column]! += a * x - b * y
      out[to + half * columns + column]! += b * x + a * y
    }
  }
}

/** Rows of one KV head, [d_h, columns]. */
function rowsOf(values: Float32Array, head: number, headDim: number, columns: number): Matrix {
  const from = head * headDim * columns
  return Matrix.from1DArray(headDim, columns, values.subarray(from, from + headDim * columns))
}

/** Columns of the output projection that read one query head, [d, d_h]. */
function columnsOf(
  output: Float32Array,
  query: number,
  { headDim, hiddenSize, queryHeads }: DecoderConfig,
): Matrix {
  const columns = Matrix.zeros(hiddenSize, headDim)
  for (let row = 0; row < hiddenSize; row++) {
    for (let column = 0; column < headDim; column++) {
      columns.set(row, column, output[(row * queryHeads + query) * headDim + column]!)
    }
  }
  return columns
}

function setColumns(
  output: Float32Array,
  columns: Matrix,
  query: number,
  { headDim, hiddenSize, queryHeads }: DecoderConfig,
): void {
  for (let row = 0; row < hiddenSize; row++) {
    for (let column = 0; column < headDim; column++) {
      output[(row * queryHeads + query) * headDim + column] = columns.get(row, column)
    }
  }
}
