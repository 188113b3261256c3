import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

import type { Quantization } from '../../shared/settings.ts'
import {
  DECODER_VARIANTS,
  decoderGraph,
  KV_ELEMENT_BYTES,
  serializeModel,
  type DecoderConfig,
  type DecoderVariant,
  type LinearPrecision,
  type WeightLayout,
} from '../graph/index.ts'
import {
  canonicalJson,
  fileError,
  readText,
  removeAbandoned,
  sha256,
  syncFolder,
  writeFileAtomically,
} from '../kernel/files.ts'
import type { RunContext } from '../kernel/run-context.ts'
import type { HfModel } from './hf-folder.ts'
import { weightBytes, writeWeightFile } from './weight-file.ts'

/** Part of the cache key: raise it whenever the emitted graphs or the weight file change. */
const BUILDER_VERSION = 2

const WEIGHTS_FILE = 'weights.bin'
const MANIFEST_FILE = 'manifest.json'

/** Each further attempt means that yet another process left a damaged entry in the way. */
const MOVE_ATTEMPTS = 5

/** How each setting keeps the linear weights. */
export const PRECISIONS: Readonly<Record<Quantization, LinearPrecision>> = {
  none: 'float32',
  int8: 8,
  int4: 4,
}

const manifestSchema = z.object({
  weightsBytes: z.int().positive(),
  files: z.record(z.string(), z.int().positive()),
})
type Manifest = z.output<typeof manifestSchema>

export interface CompileOptions {
  readonly quantization: Quantization
  readonly variant: DecoderVariant
  /** Where build products are kept; safe to delete at any time. */
  readonly cacheFolder: string
  readonly ctx: RunContext
}

/** A graph on disk that the runtime loads by path; `decoderGraph` tells its inputs and outputs. */
export interface CompiledDecoder {
  readonly graphPath: string
  /** Bytes of all parameters as the runtime reads them, without RoPE tables. */
  readonly weightsBytes: number
  readonly config: DecoderConfig
  readonly kvElementBytes: number
}

/**
 * The inference graph of a model, from the cache or built. An entry is keyed by the model's digest, the
 * quantisation and the builder's version, holds all variants over one weight file, and appears whole; of two
 * processes that build the same entry the first wins. An entry whose files are not as they were written is rebuilt.
 *
 * @throws AppError models/weights-not-finite, models/weights-truncated, file/*, cancelled
 */
export async function compileDecoder(model: HfModel, options: CompileOptions): Promise<CompiledDecoder> {
  const { quantization, variant, cacheFolder } = options
  const key = sha256(canonicalJson({ model: model.sha256, quantization, builder: BUILDER_VERSION })).slice(
    0,
    32,
  )
  const entry = join(cacheFolder, key)
  const manifest = (await readEntry(entry)) ?? (await buildEntry(model, entry, options))
  return {
    graphPath: join(entry, graphFile(variant)),
    weightsBytes: manifest.weightsBytes,
    config: model.config,
    kvElementBytes: KV_ELEMENT_BYTES,
  }
}

function graphFile(variant: DecoderVariant): string {
  return `${variant}.onnx`
}

/** The manifest of an entry whose files all have their recorded sizes; null otherwise. */
async function readEntry(entry: string): Promise<Manifest | null> {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(await readText(join(entry, MANIFEST_FILE))))
    if (!parsed.success) return null
    for (const [name, bytes] of Object.entries(parsed.data.files)) {
      if ((await stat(join(entry, name))).size !== bytes) return null
    }
    return parsed.data
  } catch {
    // Absent, cut short or unreadable: all are mended by building anew, which reports what cannot be.
    return null
  }
}

async function buildEntry(
  model: HfModel,
  entry: string,
  { quantization, cacheFolder, ctx }: CompileOptions,
): Promise<Manifest> {
  const temporary = `${entry}.${randomBytes(6).toString('hex')}.part`
  try {
    await mkdir(temporary, { recursive: true })
    await removeAbandoned(cacheFolder, (name) => name.endsWith('.part'))
    const manifest = await writeEntry(model, temporary, PRECISIONS[quantization], ctx)
    await moveInto(temporary, entry)
    await syncFolder(cacheFolder)
    return manifest
  } catch (error) {
    ctx.signal.throwIfAborted()
    throw fileError(error, entry, 'write')
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function writeEntry(
  model: HfModel,
  folder: string,
  precision: LinearPrecision,
  ctx: RunContext,
): Promise<Manifest> {
  const { config, weights, name: label } = model
  let layout: WeightLayout | undefined
  await writeFileAtomically(join(folder, WEIGHTS_FILE), async (sink) => {
    layout = await writeWeightFile(sink, { file: WEIGHTS_FILE, config, weights, precision, label }, ctx)
  })
  if (layout === undefined) throw new Error('the weight file was not written')
  for (const variant of DECODER_VARIANTS) {
    const graph = serializeModel(decoderGraph(config, layout, variant))
    await writeFileAtomically(join(folder, graphFile(variant)), graph)
  }
  const files: Record<string, number> = {}
  for (const name of [WEIGHTS_FILE, ...DECODER_VARIANTS.map(graphFile)]) {
    files[name] = (await stat(join(folder, name))).size
  }
  const manifest = { weightsBytes: weightBytes(layout), files }
  await writeFileAtomically(join(folder, MANIFEST_FILE), JSON.stringify(manifest))
  return manifest
}

/** Puts a finished entry in place; a valid one that another process put there meanwhile stays. */
async function moveInto(temporary: string, entry: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(temporary, entry)
      return
    } catch (error) {
      if (!isOccupied(error) || attempt === MOVE_ATTEMPTS) throw error
    }
    if ((await readEntry(entry)) !== null) return
    const discarded = `${entry}.${randomBytes(6).toString('hex')}.part`
    try {
      await rename(entry, discarded)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    await rm(discarded, { recursive: true, force: true })
  }
}

function isOccupied(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'EPERM'
}
