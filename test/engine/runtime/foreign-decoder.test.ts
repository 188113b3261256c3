import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { GraphBuilder, serializeModel, type DecoderIo, type Value } from '../../../src/engine/graph/index.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import {
  LanguageModel,
  openBackend,
  type Backend,
  type DecoderSource,
} from '../../../src/engine/runtime/index.ts'
import { indexOfMax, logSoftmax } from './reference.ts'
import { randomIds } from './tiny-decoder.ts'

const VOCAB = 32
const WIDTH = 16
const POSITIONS = 320
const MICROSOFT = 'com.microsoft'
const FLOAT16 = 10

const random = new SeededRandom(5)
const table = (rows: number, columns: number): Float32Array =>
  Float32Array.from({ length: rows * columns }, () => random.normal())
const weights = {
  query: table(VOCAB, WIDTH),
  key: table(VOCAB, WIDTH),
  value: table(VOCAB, WIDTH),
  position: table(POSITIONS, WIDTH),
  head: table(WIDTH, VOCAB),
}

type Precision = 'float32' | 'float16'

/** One attention layer that learns its lengths from `attention_mask`, as exported decoders do. */
function maskedDecoder(precision: Precision): Uint8Array {
  const graph = new GraphBuilder()
  const rows = [1, 'seq', WIDTH]
  const weight = (name: keyof typeof weights, shape: number[]): Value =>
    graph.initializer(name, 'float32', shape, { kind: 'inline', data: weights[name] })
  const lookup = (name: 'query' | 'key' | 'value' | 'position', ids: Value): Value =>
    graph.node(
      'Gather',
      [weight(name, [name === 'position' ? POSITIONS : VOCAB, WIDTH]), ids],
      'float32',
      rows,
    )
  const narrow = (value: Value): Value =>
    precision === 'float32'
      ? value
      : graph.node('Cast', [value], 'float16', value.shape, { attributes: { to: { int: FLOAT16 } } })
  const int32 = (value: Value, shape: number[]): Value =>
    graph.node('Cast', [value], 'int32', shape, { attributes: { to: { int: 6 } } })

  const ids = graph.input('ids', 'int64', [1, 'seq'])
  const mask = graph.input('mask', 'int64', [1, 'total'])
  const positions = graph.input('positions', 'int64', [1, 'seq'])
  const cache = [1, 1, 'length', WIDTH]
  const past = ['key', 'value'].map((kind) => graph.input(`in.0.${kind}`, precision, cache))
  const ones = graph.node('ReduceSum', [mask, graph.int64s([1])], 'int64', [1], {
    attributes: { keepdims: { int: 0 } },
  })
  const lastIndex = int32(graph.node('Sub', [ones, graph.int64s([1])], 'int64', [1]), [1])
  const index = graph.constant('int64', [], BigInt64Array.of(1n))
  const total = graph.node('Gather', [graph.node('Shape', [mask], 'int64', [2]), index], 'int64', [])
  const query = graph.node('Add', [lookup('query', ids), lookup('position', positions)], 'float32', rows)
  const [attended, ...presents] = graph.nodeWithOutputs(
    'GroupQueryAttention',
    [
      narrow(query),
      narrow(lookup('key', ids)),
      narrow(lookup('value', ids)),
      ...past,
      lastIndex,
      int32(total, []),
    ],
    [
      { type: precision, shape: rows },
      { type: precision, shape: cache, name: 'out.0.key' },
      { type: precision, shape: cache, name: 'out.0.value' },
    ],
    { attributes: { num_heads: { int: 1 }, kv_num_heads: { int: 1 } }, domain: MICROSOFT },
  )
  const logits = graph.node('MatMul', [attended!, narrow(weight('head', [WIDTH, VOCAB]))], precision, [
    1,
    'seq',
    VOCAB,
  ])
  graph.output(logits, 'scores')
  for (const present of presents) graph.output(present)
  return serializeModel(graph.build())
}

/** The same decoder in float64, a row of logits for each token. */
function plainDecoder(ids: Int32Array): Float32Array[] {
  const row = (values: Float32Array, index: number): Float32Array =>
    values.subarray(index * WIDTH, (index + 1) * WIDTH)
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0)
  return Array.from(ids, (id, t) => {
    const position = row(weights.position, t)
    const query = Array.from(row(weights.query, id), (value, i) => value + position[i]!)
    const seen = ids.subarray(0, t + 1)
    const scores = Array.from(seen, (key) => dot(query, row(weights.key, key)) / Math.sqrt(WIDTH))
    const peak = Math.max(...scores)
    const powers = scores.map((score) => Math.exp(score - peak))
    const sum = powers.reduce((a, b) => a + b)
    const attended = Array.from({ length: WIDTH }, (_, i) =>
      powers.reduce((value, power, s) => value + (power / sum) * row(weights.value, seen[s]!)[i]!, 0),
    )
    return Float32Array.from({ length: VOCAB }, (_, token) =>
      attended.reduce((value, x, i) => value + x * weights.head[i * VOCAB + token]!, 0),
    )
  })
}

let backend: Backend
let folder: string

beforeAll(async () => {
  backend = await openBackend(quietContext())
  folder = await mkdtemp(join(tmpdir(), 'soroban-runtime-'))
})

async function open(precision: Precision, layout: 'in-place' | 'appended'): Promise<LanguageModel> {
  const graphPath = join(folder, `${precision}.onnx`)
  await writeFile(graphPath, maskedDecoder(precision))
  const io: DecoderIo = {
    inputIds: 'ids',
    positions: { kind: 'mask', attentionMask: 'mask', positionIds: 'positions' },
    outputs: { kind: 'logits', logits: 'scores', rows: 'all', type: precision },
    kv: {
      pastKey: 'in.%d.key',
      pastValue: 'in.%d.value',
      presentKey: 'out.%d.key',
      presentValue: 'out.%d.value',
      type: precision,
      layout,
    },
  }
  const config = { vocabSize: VOCAB, layers: 1, kvHeads: 1, headDim: WIDTH, maxPositions: POSITIONS }
  const source: DecoderSource = {
    graphPath,
    weightsBytes: 0,
    config,
    kvElementBytes: precision === 'float16' ? 2 : 4,
    io,
  }
  return new LanguageModel(backend, { logits: source }, { name: 'foreign', provider: 'cpu', threads: 1 })
}

describe.each([
  // float32 sums of 16 products of order 1; float16 has 11 significant bits, logits reach 20.
  ['float32', 'in-place', 1e-4],
  ['float32', 'appended', 1e-4],
  ['float16', 'in-place', 0.1],
  ['float16', 'appended', 0.1],
] as const)('a decoder made elsewhere, %s cache, %s', (precision, layout, tolerance) => {
  it('scores as plain float64 loops do', async () => {
    using model = await open(precision, layout)
    const ids = randomIds(POSITIONS + 1, 1, VOCAB)
    const { logProbs } = await model.score({ ids, targetsFrom: 1 })
    const expected = plainDecoder(ids.subarray(0, -1)).map((row, t) => logSoftmax(row)[ids[t + 1]!]!)
    const differences = expected.map((value, t) => Math.abs(value - logProbs[t]!))
    expect(differences).toHaveLength(POSITIONS)
    expect(Math.max(...differences)).toBeLessThan(tolerance)
  })

  it('tells the memory that its KV cache holds', async () => {
    using model = await open(precision, layout)
    const tokenBytes = 2 * WIDTH * (precision === 'float16' ? 2 : 4)
    // An appended cache of 24 tokens is held beside the one of 23 that it was made from.
    const tokens = layout === 'in-place' ? 24 : 23 + 24
    expect((await model.measure(20, 5)).kvBytes).toBe(tokens * tokenBytes)
  })

  it('generates token by token what runs over the whole text give', async () => {
    using model = await open(precision, layout)
    const prompt = randomIds(21, 2, VOCAB)
    const { tokens } = await model.generate(prompt, { maxTokens: 10 })
    for (const [index, token] of tokens.entries()) {
      const logits = plainDecoder(Int32Array.from([...prompt, ...tokens.subarray(0, index)])).at(-1)!
      // A rounded cache may swap tokens that are as good as equal.
      expect(logits[indexOfMax(logits)]! - logits[token]!).toBeLessThan(tolerance)
    }
    expect(tokens).toHaveLength(10)
  })
})
