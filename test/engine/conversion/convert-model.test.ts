import { Matrix, QrDecomposition } from 'ml-matrix'
import { beforeAll, describe, expect, it } from 'vitest'

import { DifferentiableGraph, trainingOps } from '../../../src/engine/autodiff/index.ts'
import {
  calibrationWindows,
  collectHeadStatistics,
  CONVERSION_METHODS,
  convertModel,
  type ConversionMethod,
  type ModelWeights,
} from '../../../src/engine/conversion/index.ts'
import {
  decoderForward,
  parameterShapes,
  serializeModel,
  type DecoderConfig,
} from '../../../src/engine/graph/index.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { openBackend, type Backend } from '../../../src/engine/runtime/index.ts'

const LENGTH = 24
const BASE: DecoderConfig = {
  family: 'llama',
  vocabSize: 50,
  hiddenSize: 32,
  intermediateSize: 48,
  layers: 2,
  queryHeads: 8,
  kvHeads: 8,
  headDim: 8,
  maxPositions: 64,
  normEpsilon: 1e-5,
  rope: { theta: 10000, scaling: null },
  tiedEmbeddings: true,
  qkvBias: false,
  outputBias: false,
  mlpBias: false,
  qkNorm: false,
  bosTokenId: null,
  eosTokenIds: [0],
}
const ctx = quietContext()
let backend: Backend
beforeAll(async () => {
  backend = await openBackend(ctx)
})

type Weights = Map<string, Float32Array>

function randomWeights(config: DecoderConfig, random: SeededRandom): Weights {
  return new Map(
    [...parameterShapes(config)].map(([name, shape]) => {
      const size = shape.reduce((product, extent) => product * extent, 1)
      const norm = name.endsWith('norm.weight')
      return [name, Float32Array.from({ length: size }, () => (norm ? 1 : 0) + 0.3 * random.normal())]
    }),
  )
}

const ids = (() => {
  const random = new SeededRandom(3)
  return Array.from({ length: 6 }, () =>
    Int32Array.from({ length: LENGTH }, () => random.integer(BASE.vocabSize)),
  )
})()

async function logits({ config, weights }: ModelWeights, window = ids[0]!): Promise<Float32Array> {
  const graph = new DifferentiableGraph()
  const tokens = graph.input('ids', 'int32', [LENGTH])
  const shapes = parameterShapes(config)
  const inputs = new Map([...shapes].map(([name, shape]) => [name, graph.input(name, 'float32', shape)]))
  const ops = trainingOps(graph, config, { batch: 1, length: LENGTH, ids: tokens })
  graph.output(
    decoderForward(config, ops, (name) => inputs.get(name)!),
    'logits',
  )
  const model = serializeModel(graph.build())
  using session = await backend.createSession(model, { provider: 'cpu', threads: 1, spinning: false })
  using binding = session.bind()
  const data = new Float32Array(LENGTH * config.vocabSize)
  for (const [name, dims] of shapes) binding.input(name, { type: 'float32', dims, data: weights.get(name)! })
  binding.input('ids', { type: 'int32', dims: [LENGTH], data: window })
  binding.output('logits', { type: 'float32', dims: [LENGTH, config.vocabSize], data })
  await binding.run()
  return data
}

async function convert(
  source: ModelWeights,
  kvHeads: number,
  method: ConversionMethod,
): Promise<ModelWeights> {
  const statistics = await collectHeadStatistics(
    { ...source, kvHeads, windows: ids, backend, threads: 1 },
    ctx,
  )
  return await convertModel(source, { kvHeads, method, statistics }, ctx)
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), 0)
}

/** Replaces each KV head by a copy of the first of its group of `group`. */
function withIdenticalHeads(config: DecoderConfig, weights: Weights, group: number): Weights {
  const out = new Map(weights)
  for (const [name, values] of weights) {
    if (!/\.[kv]_proj\./.test(name)) continue
    const head = values.length / config.kvHeads
    const copy = values.slice()
    for (let index = 0; index < config.kvHeads; index++) {
      const first = Math.floor(index / group) * group
      copy.set(values.subarray(first * head, (first + 1) * head), index * head)
    }
    out.set(name, copy)
  }
  return out
}

interface Disguise {
  /** Applied to the values of a head; its inverse goes into the output projection. */
  readonly value: Matrix
  /** Complex factor of every plane of the keys. */
  readonly scale: number
  readonly angle: (plane: number) => number
}

/**
 * Changes every KV head by a transformation that the query and output projections undo: an invertible map of the
 * values, a rotation and scale of each key plane. The model computes the same function.
 */
function disguised(config: DecoderConfig, weights: Weights, disguiseOf: (head: number) => Disguise): Weights {
  const { headDim, hiddenSize, queryHeads, kvHeads } = config
  const half = headDim / 2
  const perHead = queryHeads / kvHeads
  const out = new Map([...weights].map(([name, values]) => [name, values.slice()]))
  const turn = (
    values: Float32Array,
    head: number,
    count: number,
    scale: number,
    angle: (plane: number) => number,
  ): void => {
    const columns = values.length / (count * headDim)
    for (let plane = 0; plane < half; plane++) {
      const [cos, sin] = [scale * Math.cos(angle(plane)), scale * Math.sin(angle(plane))]
      for (let column = 0; column < columns; column++) {
        const at = (head * headDim + plane) * columns + column
        const [x, y] = [values[at]!, values[at + half * columns]!]
        values[at] = cos * x - sin * y
        values[at + half * columns] = sin * x + cos * y
      }
    }
  }
  for (let layer = 0; layer < config.layers; layer++) {
    const tensor = (name: string): Float32Array | undefined =>
      out.get(`model.layers.${layer}.self_attn.${name}`)
    for (let head = 0; head < kvHeads; head++) {
      const { value, scale, angle } = disguiseOf(head)
      for (const part of ['weight', 'bias']) {
        const [k, q, v] = [tensor(`k_proj.${part}`), tensor(`q_proj.${part}`), tensor(`v_proj.${part}`)]
        if (k === undefined || q === undefined || v === undefined) continue
        turn(k, head, kvHeads, scale, angle)
        // Re(q conj(k)) stays when q turns along with k and shrinks as k grows.
        for (let query = head * perHead; query < (head + 1) * perHead; query++)
          turn(q, query, queryHeads, 1 / scale, angle)
        const columns = v.length / (kvHeads * headDim)
        const rows = v.subarray(head * headDim * columns, (head + 1) * headDim * columns)
        rows.set(value.mmul(Matrix.from1DArray(headDim, columns, rows)).to1DArray())
      }
      const o = tensor('o_proj.weight')!
      const inverse = value.clone()
      const undo = new Matrix(solveInverse(inverse))
      for (let query = head * perHead; query < (head + 1) * perHead; query++) {
        for (let row = 0; row < hiddenSize; row++) {
          const at = (row * queryHeads + query) * headDim
          o.set(
            Matrix.rowVector(o.slice(at, at + headDim))
              .mmul(undo)
              .to1DArray(),
            at,
          )
        }
      }
    }
  }
  return out
}

function solveInverse(matrix: Matrix): number[][] {
  return new QrDecomposition(matrix).solve(Matrix.eye(matrix.rows)).to2DArray()
}

function orthogonal(size: number, random: SeededRandom): Matrix {
  return new QrDecomposition(
    Matrix.zeros(size, size).apply(function (this: Matrix, row, column) {
      this.set(row, column, random.normal())
    }),
  ).orthogonalMatrix
}

/** A random well-conditioned map: an orthogonal one, its columns stretched. */
function invertible(size: number, random: SeededRandom): Matrix {
  const stretch = Array.from({ length: size }, () => 0.5 + 1.5 * random.uniform())
  return orthogonal(size, random).mmul(Matrix.diag(stretch))
}

const PLAIN: Record<string, DecoderConfig> = {
  MHA: BASE,
  'GQA source': { ...BASE, kvHeads: 4 },
  'QKV bias (qwen2)': { ...BASE, family: 'qwen2', qkvBias: true },
  'own head size': { ...BASE, headDim: 6, tiedEmbeddings: false },
  'q/k norm (qwen3)': { ...BASE, family: 'qwen3', qkNorm: true },
}

/** Logits are of size 1 to 10 and computed in float32; the merged weights are float32 too. */
const TOLERANCE = 2e-3

describe.each(Object.entries(PLAIN))('conversion of %s', (_name, config) => {
  const random = new SeededRandom(21)
  const source: ModelWeights = { config, weights: randomWeights(config, random) }

  it.each(CONVERSION_METHODS)('%s with the source’s own number of heads is the identity', async (method) => {
    expect(await convert(source, config.kvHeads, method)).toEqual(source)
  })

  it.each(CONVERSION_METHODS)('%s pools identical heads without loss', async (method) => {
    const twin: ModelWeights = { config, weights: withIdenticalHeads(config, new Map(source.weights), 2) }
    const converted = await convert(twin, config.kvHeads / 2, method)
    expect(converted.config).toEqual({ ...config, kvHeads: config.kvHeads / 2 })
    expect(largestDifference(await logits(converted), await logits(twin))).toBeLessThan(TOLERANCE)
  })

  it.each(CONVERSION_METHODS)('%s gives tensors of the target’s shapes, down to one head', async (method) => {
    const converted = await convert(source, 1, method)
    const sizes = [...parameterShapes(converted.config)].map(([name, shape]) => [
      name,
      shape.reduce((product, extent) => product * extent, 1),
    ])
    expect([...converted.weights].map(([name, values]) => [name, values.length])).toEqual(sizes)
    expect((await logits(converted)).every(Number.isFinite)).toBe(true)
  })
})

describe('heads that differ by what the fold can absorb', () => {
  const rotations = (config: DecoderConfig): ((head: number) => Disguise) => {
    const random = new SeededRandom(5)
    const made = Array.from({ length: config.kvHeads }, () => {
      const angles = Array.from({ length: config.headDim / 2 }, () => 2 * Math.PI * random.uniform())
      return { value: orthogonal(config.headDim, random), scale: 1, angle: (plane: number) => angles[plane]! }
    })
    return (head) => made[head]!
  }
  const general = (config: DecoderConfig): ((head: number) => Disguise) => {
    const random = new SeededRandom(6)
    const made = Array.from({ length: config.kvHeads }, () => {
      const angles = Array.from({ length: config.headDim / 2 }, () => 2 * Math.PI * random.uniform())
      const scale = 0.5 + 1.5 * random.uniform()
      return { value: invertible(config.headDim, random), scale, angle: (plane: number) => angles[plane]! }
    })
    return (head) => made[head]!
  }

  it.each(['MHA', 'GQA source', 'QKV bias (qwen2)'])(
    '%s: the disguise leaves the logits as they were',
    async (name) => {
      const config = PLAIN[name]!
      const weights = randomWeights(config, new SeededRandom(31))
      const changed = disguised(config, weights, general(config))
      expect(
        largestDifference(await logits({ config, weights: changed }), await logits({ config, weights })),
      ).toBeLessThan(TOLERANCE)
    },
  )

  it.each(['MHA', 'GQA source', 'QKV bias (qwen2)'])('%s: align undoes rotations', async (name) => {
    const config = PLAIN[name]!
    const twin = withIdenticalHeads(config, randomWeights(config, new SeededRandom(32)), 4)
    const source = { config, weights: disguised(config, twin, rotations(config)) }
    const converted = await convert(source, config.kvHeads / 4, 'align')
    expect(largestDifference(await logits(converted), await logits(source))).toBeLessThan(TOLERANCE)
  })

  it.each(['MHA', 'GQA source', 'QKV bias (qwen2)'])(
    '%s: subspace undoes any linear map and scale',
    async (name) => {
      const config = PLAIN[name]!
      const twin = withIdenticalHeads(config, randomWeights(config, new SeededRandom(33)), 4)
      const source = { config, weights: disguised(config, twin, general(config)) }
      const converted = await convert(source, config.kvHeads / 4, 'subspace')
      expect(largestDifference(await logits(converted), await logits(source))).toBeLessThan(TOLERANCE)
    },
  )

  it.each(['align', 'subspace'] as const)(
    '%s under q/k norm undoes half turns, which pass any norm weight',
    async (method) => {
      const config = PLAIN['q/k norm (qwen3)']!
      const twin = withIdenticalHeads(config, randomWeights(config, new SeededRandom(34)), 2)
      const random = new SeededRandom(35)
      const turns = Array.from({ length: config.kvHeads }, () =>
        Array.from({ length: config.headDim / 2 }, () => (random.uniform() < 0.5 ? 0 : Math.PI)),
      )
      const source = {
        config,
        weights: disguised(config, twin, (head) => ({
          value: orthogonal(config.headDim, random),
          scale: 1,
          angle: (plane) => turns[head]![plane]!,
        })),
      }
      const converted = await convert(source, config.kvHeads / 2, method)
      expect(largestDifference(await logits(converted), await logits(source))).toBeLessThan(TOLERANCE)
    },
  )
})

describe('heads that are dead', () => {
  /** The first group of two KV heads has zeros in one projection; the heads of the other groups are identical. */
  function withDeadGroup(config: DecoderConfig, projection: string): ModelWeights {
    const weights = withIdenticalHeads(config, randomWeights(config, new SeededRandom(41)), 2)
    for (const [name, values] of weights) {
      if (!name.includes(`.${projection}.`)) continue
      const dead = values.slice()
      if (projection === 'o_proj') {
        const [row, part] = [config.queryHeads * config.headDim, (2 * config.queryHeads) / config.kvHeads]
        for (let at = 0; at < dead.length; at++) if (at % row < part * config.headDim) dead[at] = 0
      } else {
        dead.fill(0, 0, (2 * dead.length) / config.kvHeads)
      }
      weights.set(name, dead)
    }
    return { config, weights }
  }

  describe.each(['MHA', 'QKV bias (qwen2)', 'q/k norm (qwen3)'])('%s', (name) => {
    describe.each(['v_proj', 'k_proj', 'q_proj', 'o_proj'])('%s', (projection) => {
      it.each(CONVERSION_METHODS)('%s leaves the function as it is', async (method) => {
        const source = withDeadGroup(PLAIN[name]!, projection)
        const converted = await convert(source, source.config.kvHeads / 2, method)
        expect([...converted.weights.values()].every((values) => values.every(Number.isFinite))).toBe(true)
        expect(largestDifference(await logits(converted), await logits(source))).toBeLessThan(TOLERANCE)
      })
    })
  })
})

describe('refusals', () => {
  it.each([0, 3, 16, 1.5])('%d KV heads', async (kvHeads) => {
    const source = { config: BASE, weights: randomWeights(BASE, new SeededRandom(1)) }
    const attempt = convertModel(source, { kvHeads, method: 'mean', statistics: null }, ctx)
    await expect(attempt).rejects.toMatchObject({
      code: 'conversion/heads',
      params: { kvHeads, available: 8 },
    })
  })

  it('a cancellation that comes while it works', async () => {
    const source = { config: BASE, weights: randomWeights(BASE, new SeededRandom(1)) }
    const controller = new AbortController()
    let layers = 0
    const watched = { ...quietContext(controller.signal), report: () => void layers++ }
    setImmediate(() => controller.abort())
    const attempt = convertModel(source, { kvHeads: 4, method: 'mean', statistics: null }, watched)
    await expect(attempt).rejects.toThrow()
    expect(layers).toBe(0)
  })
})

describe('calibration windows', () => {
  it('lie evenly over all documents, with the end-of-text token between them', () => {
    const documents = [Int32Array.of(1, 2, 3), Int32Array.of(4, 5, 6, 7)]
    expect(calibrationWindows(documents, 0, 3, 3)).toEqual([
      Int32Array.of(1, 2, 3),
      Int32Array.of(0, 4, 5),
      Int32Array.of(6, 7, 0),
    ])
    expect(calibrationWindows(documents, 0, 3, 100)).toEqual([Int32Array.of(1, 2, 3, 0, 4, 5, 6, 7, 0)])
  })
})
