import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import { parameterShapes, type DecoderConfig } from '../graph/index.ts'
import { ProgressMeter } from '../kernel/eta.ts'
import { canonicalJson, fileError, sha256, sha256File } from '../kernel/files.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { parseDecoderConfig, parseGenerationEos, type WeightDtype } from './config.ts'
import { elementCount } from './safetensors.ts'
import { listFolder, openWeights, readJson, type StoredWeights, type WeightSource } from './weights.ts'

export const CONFIG_FILE = 'config.json'
export const GENERATION_CONFIG_FILE = 'generation_config.json'
export const TOKENIZER_FILE = 'tokenizer.json'

/** One file of a model with its digest. */
export interface ModelFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** A Hugging Face model folder whose configuration and tensor list have been checked; weights are read on demand. */
export interface HfModel {
  /** Absolute path. */
  readonly folder: string
  /** The folder's own name. */
  readonly name: string
  readonly config: DecoderConfig
  /** Scalars in all parameters; a tied table counts once. */
  readonly parameters: number
  readonly weights: WeightSource
  readonly storedDtypes: readonly WeightDtype[]
  readonly files: readonly ModelFile[]
  /** Over the names and digests of `files`. */
  readonly sha256: string
}

/**
 * Opens a folder with config.json, tokenizer.json and safetensors (single or sharded): checks the configuration,
 * every tensor's presence, type and shape, and hashes the files. The values themselves are checked as they are read.
 *
 * @throws AppError models/file-missing, -config-field, -unsupported, -weights-*, file/*, cancelled
 */
export async function openHfFolder(path: string, ctx: RunContext): Promise<HfModel> {
  const folder = resolve(path)
  const present = new Set(await listFolder(folder))
  for (const file of [CONFIG_FILE, TOKENIZER_FILE]) {
    if (!present.has(file)) throw new AppError('models/file-missing', { folder, file })
  }
  const configFiles = [CONFIG_FILE, GENERATION_CONFIG_FILE, TOKENIZER_FILE].filter((file) =>
    present.has(file),
  )
  const config = await readConfig(folder, present.has(GENERATION_CONFIG_FILE))
  const weights = await openWeights(folder)
  checkTensors(folder, config, weights)
  const files = await hashFiles(folder, [...configFiles, ...weights.files], ctx)
  return {
    folder,
    name: basename(folder),
    config,
    parameters: parameterCount(config),
    weights,
    storedDtypes: weights.dtypes,
    files,
    sha256: combinedSha256(files),
  }
}

/** Scalars in all parameters of an architecture; a tied table counts once. */
export function parameterCount(config: DecoderConfig): number {
  return [...parameterShapes(config).values()].reduce((sum, shape) => sum + elementCount(shape), 0)
}

/** Every parameter of a model in memory, by Hugging Face name. @throws AppError models/weights-*, cancelled */
export async function readAllWeights(
  model: HfModel,
  signal?: AbortSignal,
): Promise<Map<string, Float32Array>> {
  const weights = new Map<string, Float32Array>()
  for (const name of parameterShapes(model.config).keys()) {
    signal?.throwIfAborted()
    weights.set(name, await model.weights.read(name))
  }
  return weights
}

async function readConfig(folder: string, hasGenerationConfig: boolean): Promise<DecoderConfig> {
  const path = join(folder, CONFIG_FILE)
  const config = parseDecoderConfig(await readJson(path), path)
  if (!hasGenerationConfig) return config
  // Chat models end a turn with ids that only generation_config.json lists.
  const generationPath = join(folder, GENERATION_CONFIG_FILE)
  const eosTokenIds = parseGenerationEos(await readJson(generationPath), generationPath)
  return eosTokenIds === null ? config : { ...config, eosTokenIds }
}

function checkTensors(folder: string, config: DecoderConfig, weights: StoredWeights): void {
  const expected = parameterShapes(config)
  const missing = [...expected.keys()].filter((name) => !weights.has(name))
  if (missing.length > 0) {
    throw new AppError('models/weights-missing', {
      folder,
      tensors: shortList(missing),
      count: missing.length,
    })
  }
  for (const [name, shape] of expected) {
    const actual = weights.shape(name)
    if (actual.length !== shape.length || actual.some((extent, axis) => extent !== shape[axis])) {
      throw new AppError('models/weights-shape', {
        file: weights.fileOf(name),
        tensor: name,
        actual: actual.join(', '),
        expected: shape.join(', '),
      })
    }
  }
  const extra = weights.names.filter((name) => !expected.has(name) && !isRedundant(name, config))
  if (extra.length > 0) {
    throw new AppError('models/weights-extra', { folder, tensors: shortList(extra), count: extra.length })
  }
}

/** Tensors that transformers itself ignores: stored RoPE buffers of old checkpoints, the second name of a tied table. */
function isRedundant(name: string, config: DecoderConfig): boolean {
  return name.endsWith('.rotary_emb.inv_freq') || (config.tiedEmbeddings && name === 'lm_head.weight')
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ')
  return names.length > 3 ? `${shown}, …` : shown
}

/** Sizes and digests of files in a folder, with progress in bytes. @throws AppError file/*, cancelled */
export async function hashFiles(
  folder: string,
  names: readonly string[],
  ctx: RunContext,
): Promise<readonly ModelFile[]> {
  const sizes = await Promise.all(names.map((name) => fileSize(join(folder, name))))
  const total = sizes.reduce((sum, bytes) => sum + bytes, 0)
  const meter = new ProgressMeter(
    { kind: 'load-model', label: basename(folder), unit: 'bytes' },
    total,
    ctx.report,
  )
  const files: ModelFile[] = []
  for (const [index, name] of names.entries()) {
    ctx.signal.throwIfAborted()
    const bytes = sizes[index] ?? 0
    files.push({ name, bytes, sha256: await sha256File(join(folder, name), ctx.signal) })
    meter.advance(bytes)
  }
  return files
}

async function fileSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    throw fileError(error, path, 'read')
  }
}

/** One digest for a set of files, independent of their order and of where the folder lies. */
export function combinedSha256(files: readonly ModelFile[]): string {
  return sha256(canonicalJson(Object.fromEntries(files.map((file) => [file.name, file.sha256]))))
}
