import type { ModelDescription } from '../../../shared/contract/models.ts'
import type { Quantization } from '../../../shared/settings.ts'

/**
 * Estimates of what a model needs in memory as Soroban runs it. They count weights and KV cache: neither the runtime's
 * working space nor what the operating system takes.
 */

const FLOAT32_BYTES = 4
/** Values that share one float32 scale, as the engine quantises. */
const BLOCK_SIZE = 32
const BLOCK_BITS = { int8: 8, int4: 4 } as const
/** Bytes a value of an ONNX folder, which runs as it is stored. */
const STORED_BYTES: Readonly<Record<string, number>> = { float32: 4, float16: 2, bfloat16: 2 }

/** Bytes of a [rows, columns] matrix in blocks: rows · ⌈columns / 32⌉ · (32 · bits / 8 + 4). */
export function blockBytes(rows: number, columns: number, bits: 4 | 8): number {
  return rows * Math.ceil(columns / BLOCK_SIZE) * ((BLOCK_SIZE * bits) / 8 + FLOAT32_BYTES)
}

/**
 * Bytes of all weights. A Hugging Face model runs in float32: W = 4 · N. Quantised, its linear weights are kept in
 * blocks while the embedding table (V · d), norms and biases stay float32; a table that also serves the output head is
 * then kept in both forms. An ONNX folder runs as it is stored.
 *
 * @returns null where it cannot be told: an ONNX folder of several stored types, or of quantised blocks
 */
export function weightBytes(model: ModelDescription, quantization: Quantization): number | null {
  const { parameters, vocabSize, hiddenSize: d, layers, intermediateSize: f, tiedEmbeddings: isTied } = model
  if (model.layout === 'onnx') {
    const [type, ...others] = model.storedTypes
    const bytes = type === undefined ? undefined : STORED_BYTES[type]
    return bytes === undefined || others.length > 0 ? null : bytes * parameters
  }
  if (quantization === 'none') return FLOAT32_BYTES * parameters
  if (f === null || isTied === null) return null
  const q = model.queryHeads * model.headDim
  const kv = model.kvHeads * model.headDim
  const ofLayer: readonly (readonly [rows: number, columns: number])[] = [
    [q, d],
    [kv, d],
    [kv, d],
    [d, q],
    [f, d],
    [f, d],
    [d, f],
  ]
  const bits = BLOCK_BITS[quantization]
  const sum = (size: (rows: number, columns: number) => number): number =>
    layers * ofLayer.reduce((total, [rows, columns]) => total + size(rows, columns), 0)
  const head = vocabSize * d
  const plain = parameters - sum((rows, columns) => rows * columns) - (isTied ? 0 : head)
  const blocks = (rows: number, columns: number): number => blockBytes(rows, columns, bits)
  return FLOAT32_BYTES * plain + sum(blocks) + blocks(vocabSize, d)
}

/** Bytes of weights and KV cache for B sequences of T tokens: M = W + B · T · k, with k the KV bytes per token. */
export function memoryBytes(
  model: ModelDescription,
  weights: number,
  context: number,
  sequences: number,
): number {
  return weights + sequences * context * model.kvBytesPerToken
}

export interface LongestContext {
  /** Tokens; 0 when not even the weights fit. */
  readonly tokens: number
  /** What ends it: the memory, or the positions that the model was made for. */
  readonly limit: 'memory' | 'positions'
}

/** Longest context at which one sequence fits: T = min(⌊(M − W) / k⌋, positions). */
export function longestContext(model: ModelDescription, weights: number, memory: number): LongestContext {
  const fitting = Math.max(0, Math.floor((memory - weights) / model.kvBytesPerToken))
  return fitting < model.maxPositions
    ? { tokens: fitting, limit: 'memory' }
    : { tokens: model.maxPositions, limit: 'positions' }
}

/**
 * How many sequences of T tokens fit at once: B = ⌊(M − W) / (T · k)⌋.
 *
 * @returns null when the model has fewer than T positions
 */
export function concurrentSequences(
  model: ModelDescription,
  weights: number,
  memory: number,
  context: number,
): number | null {
  if (context > model.maxPositions) return null
  return Math.max(0, Math.floor((memory - weights) / (context * model.kvBytesPerToken)))
}

const LADDER_STEPS = 7

/** Powers of two, ascending, that end with the largest one within the given positions. */
export function contextLadder(maxPositions: number): readonly number[] {
  const top = Math.floor(Math.log2(maxPositions))
  const first = Math.max(0, top - LADDER_STEPS + 1)
  return Array.from({ length: top - first + 1 }, (_, step) => 2 ** (first + step))
}
