import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'

import { AppError } from '../../shared/errors.ts'
import { fileError, readText } from '../kernel/files.ts'
import { parseJson } from '../kernel/json.ts'
import type { WeightDtype } from './config.ts'
import { parseFields } from './config-fields.ts'
import { readSafetensorsHeader, readTensor, type TensorEntry } from './safetensors.ts'

export const SINGLE_WEIGHTS_FILE = 'model.safetensors'
export const WEIGHTS_INDEX_FILE = 'model.safetensors.index.json'

/** Named float32 tensors that are read one at a time from where they lie. */
export interface WeightSource {
  /** Names of all tensors stored, in the files' order. */
  readonly names: readonly string[]
  has(name: string): boolean
  /** Extents of a tensor. @throws Error when there is none of this name */
  shape(name: string): readonly number[]
  /** All values, widened to float32. @throws AppError models/weights-not-finite, models/weights-truncated */
  read(name: string): Promise<Float32Array>
}

/** A WeightSource on disk, with the files it consists of. */
export interface StoredWeights extends WeightSource {
  /** File names inside the folder. */
  readonly files: readonly string[]
  /** Types of the stored tensors, each once. */
  readonly dtypes: readonly WeightDtype[]
  /** Path of the file that holds a tensor. */
  fileOf(name: string): string
}

const indexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string()) })

/**
 * Opens model.safetensors, or the shards that model.safetensors.index.json names.
 *
 * @throws AppError models/file-missing, file/not-json, models/config-field, and readSafetensorsHeader's
 */
export async function openWeights(folder: string): Promise<StoredWeights> {
  const present = new Set(await listFolder(folder))
  if (present.has(SINGLE_WEIGHTS_FILE) || !present.has(WEIGHTS_INDEX_FILE)) {
    if (!present.has(SINGLE_WEIGHTS_FILE)) {
      throw new AppError('models/file-missing', { folder, file: SINGLE_WEIGHTS_FILE })
    }
    return storedWeights(folder, [SINGLE_WEIGHTS_FILE], [SINGLE_WEIGHTS_FILE])
  }
  const indexPath = join(folder, WEIGHTS_INDEX_FILE)
  const { weight_map } = parseFields(indexSchema, await readJson(indexPath), indexPath)
  const shards = [...new Set(Object.values(weight_map))].sort()
  for (const shard of shards) {
    if (basename(shard) !== shard || !present.has(shard))
      throw new AppError('models/file-missing', { folder, file: shard })
  }
  const weights = await storedWeights(folder, shards, [WEIGHTS_INDEX_FILE, ...shards])
  for (const [tensor, shard] of Object.entries(weight_map)) {
    if (!weights.has(tensor) || weights.fileOf(tensor) !== join(folder, shard)) {
      throw new AppError('models/weights-missing', { folder: join(folder, shard), tensors: tensor, count: 1 })
    }
  }
  return weights
}

async function storedWeights(
  folder: string,
  shards: readonly string[],
  files: readonly string[],
): Promise<StoredWeights> {
  const places = new Map<string, { readonly path: string; readonly entry: TensorEntry }>()
  for (const shard of shards) {
    const path = join(folder, shard)
    for (const entry of await readSafetensorsHeader(path)) {
      const known = places.get(entry.name)
      if (known !== undefined) {
        throw new AppError('models/weights-overlap', { file: path, tensor: entry.name, other: known.path })
      }
      places.set(entry.name, { path, entry })
    }
  }
  const placeOf = (name: string): { readonly path: string; readonly entry: TensorEntry } => {
    const place = places.get(name)
    if (place === undefined) throw new Error(`no tensor ${name} in ${folder}`)
    return place
  }
  return {
    names: [...places.keys()],
    files,
    dtypes: [...new Set([...places.values()].map(({ entry }) => entry.dtype))],
    has: (name) => places.has(name),
    shape: (name) => placeOf(name).entry.shape,
    fileOf: (name) => placeOf(name).path,
    read: async (name) => {
      const { path, entry } = placeOf(name)
      return readTensor(path, entry)
    },
  }
}

/** Names in a folder. @throws AppError file/not-found, file/unreadable */
export async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    throw fileError(error, folder, 'read')
  }
}

/** A JSON file's value. @throws AppError file/not-json, file/not-found, file/unreadable */
export async function readJson(path: string): Promise<unknown> {
  return parseJson(await readText(path), path)
}
