import { resolve } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import { KV_ELEMENT_BYTES, type RopeConfig } from '../graph/index.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { GENAI_CONFIG_FILE } from './genai-config.ts'
import { CONFIG_FILE, openHfFolder, type HfModel } from './hf-folder.ts'
import { openOnnxFolder, type OnnxModel } from './onnx-folder.ts'
import { listFolder, SINGLE_WEIGHTS_FILE, WEIGHTS_INDEX_FILE } from './weights.ts'

/** A model folder of either layout. */
export type OpenedModel =
  { readonly kind: 'hf'; readonly model: HfModel } | { readonly kind: 'onnx'; readonly model: OnnxModel }

/**
 * Opens a model folder: Hugging Face when it holds safetensors, otherwise ONNX when it holds genai_config.json.
 *
 * @throws AppError models/not-a-model, and what openHfFolder and openOnnxFolder throw
 */
export async function openModelFolder(folder: string, ctx: RunContext): Promise<OpenedModel> {
  const present = new Set(await listFolder(folder))
  if (!hasWeights(present) && present.has(GENAI_CONFIG_FILE))
    return { kind: 'onnx', model: await openOnnxFolder(folder, ctx) }
  if (hasWeights(present) || present.has(CONFIG_FILE))
    return { kind: 'hf', model: await openHfFolder(folder, ctx) }
  throw new AppError('models/not-a-model', { folder: resolve(folder) })
}

const hasWeights = (names: ReadonlySet<string>): boolean =>
  names.has(SINGLE_WEIGHTS_FILE) || names.has(WEIGHTS_INDEX_FILE)

/** Whether a folder seems to hold a model, by the names in it alone. */
export const looksLikeModel = (names: ReadonlySet<string>): boolean =>
  names.has(GENAI_CONFIG_FILE) || (names.has(CONFIG_FILE) && hasWeights(names))

/** What `soroban model inspect` shows; a figure that the layout does not tell is null. */
export interface ModelDescription {
  readonly layout: OpenedModel['kind']
  readonly folder: string
  readonly name: string
  readonly sha256: string
  readonly family: string
  /** Scalars in all parameters; a tied table counts once. */
  readonly parameters: number
  readonly layers: number
  /** d */
  readonly hiddenSize: number
  readonly intermediateSize: number | null
  /** n_h */
  readonly queryHeads: number
  /** n_kv */
  readonly kvHeads: number
  /** d_h */
  readonly headDim: number
  readonly vocabSize: number
  readonly maxPositions: number
  /** q · 2 · L · d_h · n_kv (arXiv 2503.09579): bytes of the cache for one token of one sequence, as Soroban runs it. */
  readonly kvBytesPerToken: number
  readonly kvType: 'float32' | 'float16'
  /** Types of the stored weights, such as "F16" or "int4". */
  readonly storedTypes: readonly string[]
  readonly tiedEmbeddings: boolean | null
  readonly rope: RopeConfig | null
}

/** The facts of an opened model that people compare. */
export function describeModel(opened: OpenedModel): ModelDescription {
  const { folder, name, sha256, parameters, config } = opened.model
  const { family, layers, hiddenSize, queryHeads, kvHeads, headDim, vocabSize, maxPositions } = config
  const elementBytes = opened.kind === 'hf' ? KV_ELEMENT_BYTES : opened.model.kvElementBytes
  const common = {
    layout: opened.kind,
    folder,
    name,
    sha256,
    family,
    parameters,
    layers,
    hiddenSize,
    queryHeads,
    kvHeads,
    headDim,
    vocabSize,
    maxPositions,
    kvBytesPerToken: elementBytes * 2 * layers * headDim * kvHeads,
  }
  if (opened.kind === 'onnx') {
    const { io, storedTypes } = opened.model
    return {
      ...common,
      intermediateSize: null,
      kvType: io.kv.type,
      storedTypes,
      tiedEmbeddings: null,
      rope: null,
    }
  }
  const { intermediateSize, tiedEmbeddings, rope } = opened.model.config
  const storedTypes = opened.model.storedDtypes
  return { ...common, intermediateSize, kvType: 'float32', storedTypes, tiedEmbeddings, rope }
}
