import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { parameterShapes, type DecoderConfig } from '../../src/engine/graph/index.ts'
import { quietContext } from '../../src/engine/kernel/run-context.ts'
import { SeededRandom } from '../../src/engine/kernel/random.ts'
import {
  compileDecoder,
  openHfFolder,
  type CompiledDecoder,
  type HfModel,
} from '../../src/engine/models/index.ts'
import { LanguageModel, type Backend } from '../../src/engine/runtime/index.ts'
import { writeRandomModel } from '../../test/fixtures/random-models.ts'

/** 8 layers, d 512, MHA with 8 heads of 64: small enough that attention and the KV cache dominate long contexts. */
export const SMALL_MHA: DecoderConfig = {
  family: 'llama',
  vocabSize: 8192,
  hiddenSize: 512,
  intermediateSize: 1408,
  layers: 8,
  queryHeads: 8,
  kvHeads: 8,
  headDim: 64,
  maxPositions: 16_640,
  normEpsilon: 1e-5,
  rope: { theta: 10_000, scaling: null },
  tiedEmbeddings: false,
  qkvBias: false,
  outputBias: false,
  mlpBias: false,
  qkNorm: false,
  bosTokenId: null,
  eosTokenIds: [],
}

/** The same shape at a size that runs in a second, for --quick. */
export const TINY_MHA: DecoderConfig = {
  ...SMALL_MHA,
  vocabSize: 512,
  hiddenSize: 128,
  intermediateSize: 352,
  layers: 2,
  headDim: 16,
}

/** A model with random weights in a temporary folder, which goes with it or with the process. */
export interface BenchModel extends Disposable {
  readonly source: HfModel
  /** The graph that generates. */
  readonly decoder: CompiledDecoder
  /** A folder beside the model for whatever a peer needs. */
  readonly scratch: string
}

export async function createBenchModel(config: DecoderConfig): Promise<BenchModel> {
  const folder = mkdtempSync(join(tmpdir(), 'soroban-bench-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  const ctx = quietContext()
  await writeRandomModel(join(folder, 'model'), { config, weights: tiledWeights(config) })
  const source = await openHfFolder(join(folder, 'model'), ctx)
  const cacheFolder = join(folder, 'compiled')
  const decoder = await compileDecoder(source, {
    quantization: 'none',
    variant: 'generate',
    cacheFolder,
    ctx,
  })
  return {
    source,
    decoder,
    scratch: join(folder, 'scratch'),
    [Symbol.dispose]() {
      process.off('exit', remove)
      remove()
    },
  }
}

export function openLanguageModel(
  backend: Backend,
  decoder: CompiledDecoder,
  threads: number,
): LanguageModel {
  return new LanguageModel(backend, { generate: decoder }, { name: 'bench', provider: 'cpu', threads })
}

/** Prime, so that the rows of a weight matrix do not repeat. */
const TILE_LENGTH = 1_000_003

/**
 * Normal weights of deviation 1/√in, so that activations stay of order one (denormal numbers would be slow). Drawn
 * once and tiled: a gigabyte of fresh draws takes minutes.
 */
function tiledWeights(config: DecoderConfig, seed = 1): Map<string, Float32Array> {
  const tile = normalTile(seed)
  let start = 0
  const weights = new Map<string, Float32Array>()
  for (const [name, shape] of parameterShapes(config)) {
    const [rows = 1, columns] = shape
    const values = new Float32Array(rows * (columns ?? 1)).fill(1)
    if (columns !== undefined) {
      fillFromTile(values, tile, start, 1 / Math.sqrt(columns))
      start += values.length
    }
    weights.set(name, values)
  }
  return weights
}

export function normalTile(seed: number): Float32Array {
  const random = new SeededRandom(seed)
  return Float32Array.from({ length: TILE_LENGTH }, () => random.normal())
}

export function fillFromTile(values: Float32Array, tile: Float32Array, start: number, scale: number): void {
  let at = start % tile.length
  for (let i = 0; i < values.length; i++) {
    values[i] = scale * tile[at]!
    if (++at === tile.length) at = 0
  }
}

/** Shapes [out, in] of all weights that a token is multiplied with, the output head last. */
export function linearShapes(config: DecoderConfig): {
  readonly layers: readonly (readonly [out: number, input: number])[]
  readonly head: readonly [out: number, input: number]
} {
  const layers = [...parameterShapes(config)]
    .filter(([name, shape]) => name.startsWith('model.layers.') && shape.length === 2)
    .map(([, [out = 0, input = 0]]) => [out, input] as const)
  return { layers, head: [config.vocabSize, config.hiddenSize] }
}
