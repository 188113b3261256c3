import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  decoderGraph,
  formsOf,
  parameterShapes,
  ropeTables,
  serializeModel,
  type ByteRange,
  type DecoderConfig,
  type StoredForm,
} from '../../../src/engine/graph/index.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import type { DecoderSource } from '../../../src/engine/runtime/index.ts'

export const tinyConfig: DecoderConfig = {
  family: 'llama',
  vocabSize: 48,
  hiddenSize: 16,
  intermediateSize: 24,
  layers: 2,
  queryHeads: 4,
  kvHeads: 2,
  headDim: 16,
  maxPositions: 1024,
  normEpsilon: 1e-5,
  rope: { theta: 10_000, scaling: null },
  tiedEmbeddings: true,
  qkvBias: false,
  outputBias: false,
  mlpBias: false,
  qkNorm: false,
  bosTokenId: null,
  eosTokenIds: [],
}

export type TinyDecoder = Readonly<Record<'generate' | 'score' | 'logits', DecoderSource>>

/** A decoder with random weights, compiled into a temporary folder. */
export async function tinyDecoder(seed: number, config: DecoderConfig = tinyConfig): Promise<TinyDecoder> {
  const folder = await mkdtemp(join(tmpdir(), 'soroban-runtime-'))
  const random = new SeededRandom(seed)
  const parts: Float32Array[] = []
  let offset = 0
  const store = (values: Float32Array): ByteRange => {
    const range = { offset, length: values.byteLength }
    parts.push(values)
    offset += values.byteLength
    return range
  }
  const forms = new Map<string, StoredForm[]>()
  for (const [name, shape] of parameterShapes(config)) {
    const [rows = 1, columns = 1] = shape
    // Weights wide enough that predictions differ clearly from token to token.
    const values = Float32Array.from({ length: rows * columns }, () =>
      shape.length === 1 ? 1 + 0.1 * random.normal() : 0.4 * random.normal(),
    )
    forms.set(
      name,
      formsOf(name, shape, 'float32', config.tiedEmbeddings).map((kind): StoredForm => {
        if (kind === 'transposed') return { kind, range: store(transpose(values, rows, columns)) }
        if (kind === 'plain') return { kind, range: store(values) }
        throw new Error(`the tiny decoder is not quantised: ${name}`)
      }),
    )
  }
  const { cos, sin } = ropeTables(config.rope, config.headDim, config.maxPositions)
  const layout = { file: 'weights.bin', forms, rope: { cos: store(cos), sin: store(sin) } }
  await writeFile(join(folder, layout.file), Buffer.concat(parts.map((part) => new Uint8Array(part.buffer))))
  const compile = async (variant: keyof TinyDecoder): Promise<DecoderSource> => {
    const graphPath = join(folder, `${variant}.onnx`)
    await writeFile(graphPath, serializeModel(decoderGraph(config, layout, variant)))
    return { graphPath, weightsBytes: offset, config, kvElementBytes: 4 }
  }
  return {
    generate: await compile('generate'),
    score: await compile('score'),
    logits: await compile('logits'),
  }
}

export function randomIds(length: number, seed: number, vocabSize = tinyConfig.vocabSize): Int32Array {
  const random = new SeededRandom(seed)
  return Int32Array.from({ length }, () => random.integer(vocabSize))
}

function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(values, (_, index) => values[(index % rows) * columns + Math.floor(index / rows)]!)
}
