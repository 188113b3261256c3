import { Matrix } from 'ml-matrix'

import type { AttentionLayer } from './attention-layer.ts'
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

/** For every KV head of the source: its part in the merged head, and what its query and output heads absorb. */
export interface HeadMerge {
  /** The KV head of the result. */
  readonly target: number
  readonly keyMix: ComplexPlanes
  readonly queryFold: ComplexPlanes
  readonly valueMix: Matrix
  readonly outputFold: Matrix
}

/** Works out how each KV head of a layer merges into the `kvHeads` of the result, one group after another. */
export function* mergeHeads(
  source: AttentionLayer,
  kvHeads: number,
  method: ConversionMethod,
  statistics: LayerStatistics | null,
): Generator<HeadMerge[]> {
  const group = source.config.kvHeads / kvHeads
  for (let target = 0; target < kvHeads; target++) {
    const heads = Array.from({ length: group }, (_, index) => target * group + index)
    const keys = mergeKeys(source, heads, target, method, statistics)
    const values = mergeValues(source, heads, target, method, statistics)
    yield heads.map((_head, index) => ({
      target,
      keyMix: keys.mix[index]!,
      queryFold: keys.fold[index]!,
      valueMix: values.mix[index]!,
      outputFold: values.fold[index]!,
    }))
  }
}

function mergeKeys(
  source: AttentionLayer,
  heads: readonly number[],
  target: number,
  method: ConversionMethod,
  statistics: LayerStatistics | null,
): KeyMerge {
  const { headDim, qkNorm } = source.config
  if (statistics === null || method === 'mean') return meanKeys(heads.length, headDim)
  const moments = statistics.keys[target]!.toMatrix()
  if (method === 'align' || qkNorm) return alignKeys(moments, heads.length, qkNorm, planeFreedom(source))
  return subspaceKeys(
    moments,
    heads.map((head) => planeEnergies(source, statistics.queryEnergy, head)),
  )
}

function mergeValues(
  source: AttentionLayer,
  heads: readonly number[],
  target: number,
  method: ConversionMethod,
  statistics: LayerStatistics | null,
): ValueMerge {
  if (statistics === null || method === 'mean') return meanValues(heads.length, source.config.headDim)
  const moments = statistics.values[target]!.toMatrix()
  if (method === 'align') return alignValues(moments, heads.length)
  return subspaceValues(
    moments,
    heads.map((head) => outputGram(source, head)),
  )
}

/** Under q/k norm, weights that differ within a plane let only a half turn through. */
function planeFreedom(source: AttentionLayer): PlaneFreedom {
  const { qkNorm, headDim } = source.config
  if (!qkNorm) return () => 'any'
  const norms = [source.tensor('q_norm.weight'), source.tensor('k_norm.weight')]
  return (plane) => (norms.every((norm) => norm[plane] === norm[plane + headDim / 2]) ? 'any' : 'half-turns')
}

/** Energy by plane of the queries that a KV head serves. */
function planeEnergies(source: AttentionLayer, queryEnergy: Float64Array, head: number): Float64Array {
  const { headDim } = source.config
  const energies = new Float64Array(headDim / 2)
  for (const query of source.queriesOf(head)) {
    for (let plane = 0; plane < headDim / 2; plane++) {
      const at = query * headDim + plane
      energies[plane]! += queryEnergy[at]! + queryEnergy[at + headDim / 2]!
    }
  }
  return energies
}

/** Σ W_oᵀ W_o over the query heads of a KV head, [d_h, d_h]. */
function outputGram(source: AttentionLayer, head: number): Matrix {
  const gram = Matrix.zeros(source.config.headDim, source.config.headDim)
  for (const query of source.queriesOf(head)) {
    const columns = source.outputColumns(query)
    gram.add(columns.transpose().mmul(columns))
  }
  return gram
}
