import { join, resolve } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import { parameterShapes, type DecoderConfig } from '../graph/index.ts'
import { writeFileAtomically } from '../kernel/files.ts'
import { formatDecoderConfig, formatGenerationConfig, type WeightDtype } from './config.ts'
import { CONFIG_FILE, GENERATION_CONFIG_FILE, TOKENIZER_FILE } from './hf-folder.ts'
import { DTYPE_BYTES, elementCount } from './safetensors.ts'
import { writeSafetensors, type OutgoingTensor } from './safetensors-writer.ts'
import { formatTokenizerConfig, TOKENIZER_CONFIG_FILE } from './tokenizer-config.ts'
import { SINGLE_WEIGHTS_FILE, WEIGHTS_INDEX_FILE } from './weights.ts'
import { writeWholeFolder } from './whole-folder.ts'

/** Hugging Face's own default. */
const DEFAULT_SHARD_BYTES = 5_000_000_000

export interface HfFolderContent {
  readonly config: DecoderConfig
  /** Every parameter by Hugging Face name, [out, in]. */
  readonly weights: ReadonlyMap<string, Float32Array>
  readonly dtype: WeightDtype
  /** The text of tokenizer.json, written as it is. */
  readonly tokenizerJson: string
  /** The text of README.md, the model card. */
  readonly card?: string
  /** Texts of further files, by name. */
  readonly extraFiles?: Readonly<Record<string, string>>
  /** Weights beyond this size are split into shards; a single tensor is never split. */
  readonly maxShardBytes?: number
}

/**
 * Writes a model folder that transformers, transformers.js, vLLM and llama.cpp's converter load. The folder appears
 * whole or not at all; one that exists must be empty.
 *
 * @throws AppError models/folder-not-empty, models/unsupported, models/weights-missing, -shape, -extra, -overflow,
 *   -not-finite, file/unwritable, file/disk-full
 */
export async function writeHfFolder(path: string, content: HfFolderContent): Promise<void> {
  const tensors = outgoingTensors(resolve(path), content)
  const { config, dtype, extraFiles = {} } = content
  const decoderConfig = formatDecoderConfig(config, dtype)
  const tokenizerConfig = formatTokenizerConfig(content.tokenizerJson, config)
  await writeWholeFolder(path, async (folder) => {
    const writeJson = (name: string, value: unknown): Promise<void> =>
      writeFileAtomically(join(folder, name), `${JSON.stringify(value, null, 2)}\n`)
    await writeJson(CONFIG_FILE, decoderConfig)
    await writeJson(GENERATION_CONFIG_FILE, formatGenerationConfig(config))
    await writeFileAtomically(join(folder, TOKENIZER_FILE), content.tokenizerJson)
    await writeJson(TOKENIZER_CONFIG_FILE, tokenizerConfig)
    await writeWeights(folder, tensors, dtype, content.maxShardBytes ?? DEFAULT_SHARD_BYTES)
    if (content.card !== undefined) await writeFileAtomically(join(folder, 'README.md'), content.card)
    for (const [name, text] of Object.entries(extraFiles)) await writeFileAtomically(join(folder, name), text)
  })
}

function outgoingTensors(folder: string, { config, weights }: HfFolderContent): readonly OutgoingTensor[] {
  const shapes = parameterShapes(config)
  const extra = [...weights.keys()].filter((name) => !shapes.has(name))
  if (extra.length > 0) {
    throw new AppError('models/weights-extra', { folder, tensors: extra.join(', '), count: extra.length })
  }
  return [...shapes].map(([name, shape]) => {
    const values = weights.get(name)
    if (values === undefined)
      throw new AppError('models/weights-missing', { folder, tensors: name, count: 1 })
    if (values.length !== elementCount(shape)) {
      const params = { file: folder, tensor: name, actual: String(values.length), expected: shape.join(', ') }
      throw new AppError('models/weights-shape', params)
    }
    return { name, shape, values: () => values }
  })
}

async function writeWeights(
  folder: string,
  tensors: readonly OutgoingTensor[],
  dtype: WeightDtype,
  maxShardBytes: number,
): Promise<void> {
  const shards = intoShards(tensors, dtype, maxShardBytes)
  const [only, ...others] = shards
  if (only !== undefined && others.length === 0) {
    await writeSafetensors(join(folder, SINGLE_WEIGHTS_FILE), only, dtype)
    return
  }
  const weightMap: Record<string, string> = {}
  const padded = (n: number): string => String(n).padStart(5, '0')
  for (const [index, shard] of shards.entries()) {
    const file = `model-${padded(index + 1)}-of-${padded(shards.length)}.safetensors`
    await writeSafetensors(join(folder, file), shard, dtype)
    for (const { name } of shard) weightMap[name] = file
  }
  const totalBytes = tensors.reduce((sum, tensor) => sum + tensorBytes(tensor, dtype), 0)
  const index = { metadata: { total_size: totalBytes }, weight_map: weightMap }
  await writeFileAtomically(join(folder, WEIGHTS_INDEX_FILE), `${JSON.stringify(index, null, 2)}\n`)
}

function tensorBytes({ shape }: OutgoingTensor, dtype: WeightDtype): number {
  return elementCount(shape) * DTYPE_BYTES[dtype]
}

function intoShards(
  tensors: readonly OutgoingTensor[],
  dtype: WeightDtype,
  maxShardBytes: number,
): readonly (readonly OutgoingTensor[])[] {
  const shards: OutgoingTensor[][] = []
  let filled = Number.POSITIVE_INFINITY
  for (const tensor of tensors) {
    const bytes = tensorBytes(tensor, dtype)
    if (filled + bytes > maxShardBytes) {
      shards.push([])
      filled = 0
    }
    shards.at(-1)?.push(tensor)
    filled += bytes
  }
  return shards
}
