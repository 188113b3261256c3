import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Progress } from '../../../src/shared/job.ts'
import { parameterShapes, quantizeBlocks, type DecoderVariant } from '../../../src/engine/graph/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import {
  compileDecoder,
  openHfFolder,
  type CompiledDecoder,
  type HfModel,
} from '../../../src/engine/models/index.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import { dequantize } from '../../fixtures/quantized.ts'
import { RANDOM_CONFIGS, randomIds, randomModel, writeRandomModel } from '../../fixtures/random-models.ts'
import { int64Tensor, PlainDecoder } from '../../fixtures/run-decoder.ts'
import { maxDifference, referenceLogits, referenceLogProbs } from '../../reference/decoder.ts'

/** float32 kernels against float64 loops on logits of order one. */
const FLOAT32_TOLERANCE = 1e-4

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-compile-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const ctx = quietContext()

async function open(
  model: HfModel,
  variant: DecoderVariant,
  quantization: 'none' | 'int8' | 'int4' = 'none',
): Promise<PlainDecoder> {
  return PlainDecoder.open(
    await compileDecoder(model, { quantization, variant, cacheFolder: join(folder, 'cache'), ctx }),
  )
}

describe.each(Object.entries(RANDOM_CONFIGS))('%s', (name, config) => {
  const random = randomModel(config)
  const ids = randomIds(config.vocabSize, 40)
  const expected = referenceLogits(config, random.weights, ids)
  let model: HfModel
  beforeAll(async () => {
    await writeRandomModel(join(folder, name), random)
    model = await openHfFolder(join(folder, name), ctx)
  })

  it('has the logits of the float64 reference', async () => {
    await using decoder = await open(model, 'logits')
    expect(maxDifference(await decoder.logits(ids), expected)).toBeLessThan(FLOAT32_TOLERANCE)
  })

  it('decodes from the cache, token by token and in chunks, to the logits of one prefill', async () => {
    await using decoder = await open(model, 'logits')
    const rows = await decoder.logits(ids.slice(0, 20))
    rows.push(...(await decoder.logits(ids.slice(20, 30))))
    for (let position = 30; position < ids.length; position++) {
      rows.push(...(await decoder.logits(ids.slice(position, position + 1))))
    }
    expect(maxDifference(rows, expected)).toBeLessThan(FLOAT32_TOLERANCE)
  })

  it('generates from the logits of the last position alone', async () => {
    await using decoder = await open(model, 'generate')
    expect(maxDifference(await decoder.logits(ids), expected.slice(-1))).toBeLessThan(FLOAT32_TOLERANCE)
  })

  it('scores targets inside the graph', async () => {
    const targets = randomIds(config.vocabSize, ids.length, 3)
    await using decoder = await open(model, 'score')
    const { log_probs, top1 } = await decoder.run(ids, {
      targets: int64Tensor(targets, [1, ids.length, 1]),
    })
    expect(log_probs?.dims).toEqual([1, ids.length])
    const scored = log_probs?.data as Float32Array
    expect(maxDifference([scored], [referenceLogProbs(expected, targets)])).toBeLessThan(FLOAT32_TOLERANCE)
    expect(Array.from(top1?.data as BigInt64Array, Number)).toEqual(
      expected.map((row) => row.indexOf(row.reduce((a, b) => Math.max(a, b)))),
    )
  })
})

describe('a GQA model', () => {
  it('equals its MHA twin with every KV head repeated', async () => {
    const gqa = randomModel(RANDOM_CONFIGS.llamaBiased)
    const { config } = gqa
    const group = config.queryHeads / config.kvHeads
    const weights = new Map(gqa.weights)
    for (const [name, values] of gqa.weights) {
      if (/\.(k|v)_proj\./.test(name)) weights.set(name, repeatHeads(values, config.kvHeads, group))
    }
    const mha = { config: { ...config, kvHeads: config.queryHeads }, weights }
    const ids = randomIds(config.vocabSize, 32)
    const rows: Float32Array[][] = []
    for (const [name, model] of Object.entries({ gqa, mha })) {
      await writeRandomModel(join(folder, `twin-${name}`), model)
      await using decoder = await open(await openHfFolder(join(folder, `twin-${name}`), ctx), 'logits')
      rows.push(await decoder.logits(ids))
    }
    // One kernel, the same dot products: only the order of a few float32 sums may differ.
    expect(maxDifference(rows[0]!, rows[1]!)).toBeLessThan(1e-5)
  })
})

/** Root mean square of the difference over that of the expected values. */
function relativeError(actual: readonly Float32Array[], expected: readonly Float64Array[]): number {
  let difference = 0
  let size = 0
  for (const [row, values] of expected.entries()) {
    for (const [i, value] of values.entries()) {
      difference += (value - actual[row]![i]!) ** 2
      size += value ** 2
    }
  }
  return Math.sqrt(difference / size)
}

/** Each of `heads` equal parts `times` times in a row. */
function repeatHeads(values: Float32Array, heads: number, times: number): Float32Array {
  const size = values.length / heads
  const out = new Float32Array(values.length * times)
  for (let head = 0; head < heads * times; head++) {
    const source = Math.floor(head / times) * size
    out.set(values.subarray(source, source + size), head * size)
  }
  return out
}

describe.each([
  ['int8', 8],
  ['int4', 4],
] as const)('%s weights', (quantization, bits) => {
  /**
   * Kernels quantise activations to int8 by blocks of 32 as well (accuracy level 4): each of about ten products in
   * a row adds some 0.6 % of noise. A wrong layout of blocks, nibbles or scales gives errors of order one.
   */
  const ACTIVATION_TOLERANCE = 0.04

  it.each(['llama', 'qwen2', 'qwen3'] as const)(
    'compute what the dequantised weights compute in float64: %s',
    async (name) => {
      const random = randomModel(RANDOM_CONFIGS[name])
      const { config } = random
      const weights = new Map<string, ArrayLike<number>>(random.weights)
      for (const [tensor, [rows, columns]] of parameterShapes(config)) {
        if (columns === undefined || tensor === 'model.embed_tokens.weight') continue
        const packed = quantizeBlocks(random.weights.get(tensor)!, rows!, columns, bits)
        weights.set(tensor, dequantize(packed, rows!, columns, bits))
      }
      const ids = randomIds(config.vocabSize, 24)
      const table = random.weights.get('model.embed_tokens.weight')!
      const head = quantizeBlocks(table, config.vocabSize, config.hiddenSize, bits)
      if (config.tiedEmbeddings) {
        weights.set('lm_head.weight', dequantize(head, config.vocabSize, config.hiddenSize, bits))
      }
      // The head of a tied model is quantised, its embedding is not: to the reference they are two tables.
      const expected = referenceLogits({ ...config, tiedEmbeddings: false }, weights, ids)
      await writeRandomModel(join(folder, `${name}-${quantization}`), random)
      const model = await openHfFolder(join(folder, `${name}-${quantization}`), ctx)
      await using decoder = await open(model, 'logits', quantization)
      expect(relativeError(await decoder.logits(ids), expected)).toBeLessThan(ACTIVATION_TOLERANCE)
    },
  )

  it('take less room, in the figures given', async () => {
    const random = randomModel(RANDOM_CONFIGS.mistral)
    const path = join(folder, `room-${quantization}`)
    await writeRandomModel(path, random)
    const compiled = await compileDecoder(await openHfFolder(path, ctx), {
      quantization,
      variant: 'generate',
      cacheFolder: join(folder, 'cache'),
      ctx,
    })
    let expected = 0
    for (const [name, [rows, columns]] of parameterShapes(random.config)) {
      const blocks = Math.ceil((columns ?? 0) / 32)
      const float = columns === undefined || name === 'model.embed_tokens.weight'
      // A block of 32: 4 bits or 8 a value, and a float32 scale.
      expected += float ? 4 * rows! * (columns ?? 1) : rows! * blocks * (4 * bits + 4)
    }
    expect(compiled.weightsBytes).toBe(expected)
  })
})

describe('compileDecoder', () => {
  const random = randomModel(RANDOM_CONFIGS.qwen2)
  const ids = randomIds(random.config.vocabSize, 8)
  const expected = referenceLogits(random.config, random.weights, ids)

  async function prepared(name: string): Promise<{ model: HfModel; cacheFolder: string }> {
    await writeRandomModel(join(folder, name), random)
    return { model: await openHfFolder(join(folder, name), ctx), cacheFolder: join(folder, `${name}-cache`) }
  }

  async function compile(
    model: HfModel,
    cacheFolder: string,
    report: (event: Progress) => void = () => {},
  ): Promise<CompiledDecoder> {
    return compileDecoder(model, {
      quantization: 'none',
      variant: 'logits',
      cacheFolder,
      ctx: { ...ctx, report },
    })
  }

  async function expectRight(decoder: CompiledDecoder): Promise<void> {
    await using plain = await PlainDecoder.open(decoder)
    expect(maxDifference(await plain.logits(ids), expected)).toBeLessThan(FLOAT32_TOLERANCE)
  }

  it('builds an entry once, for all variants, and takes it from the cache after that', async () => {
    const { model, cacheFolder } = await prepared('once')
    const events: Progress[] = []
    const first = await compile(model, cacheFolder, (event) => events.push(event))
    // Untied parameters once, the tied table once: 4 bytes a parameter.
    expect(first).toEqual({
      graphPath: join(cacheFolder, basename(dirname(first.graphPath)), 'logits.onnx'),
      weightsBytes: 4 * model.parameters,
      config: random.config,
      kvElementBytes: 4,
    })
    expect(events.at(-1)).toMatchObject({ kind: 'compile', label: 'once', fraction: 1 })
    expect((await readdir(dirname(first.graphPath))).sort()).toEqual([
      'generate.onnx',
      'logits.onnx',
      'manifest.json',
      'score.onnx',
      'weights.bin',
    ])
    const again: Progress[] = []
    expect(await compile(model, cacheFolder, (event) => again.push(event))).toEqual(first)
    expect(again).toEqual([])
    expect(await readdir(cacheFolder)).toHaveLength(1)
  })

  it('keeps entries of other content apart', async () => {
    const { model, cacheFolder } = await prepared('apart')
    await compile(model, cacheFolder)
    await compileDecoder(model, { quantization: 'int8', variant: 'logits', cacheFolder, ctx })
    await compile({ ...model, sha256: 'another' }, cacheFolder)
    expect(await readdir(cacheFolder)).toHaveLength(3)
  })

  it.each(['weights.bin', 'logits.onnx', 'manifest.json'])(
    'rebuilds an entry whose %s was cut short',
    async (file) => {
      const { model, cacheFolder } = await prepared(`cut-${file}`)
      const { graphPath } = await compile(model, cacheFolder)
      const path = join(dirname(graphPath), file)
      await truncate(path, (await stat(path)).size - 10)
      await expectRight(await compile(model, cacheFolder))
      expect(await readdir(cacheFolder)).toEqual([basename(dirname(graphPath))])
    },
  )

  it('lets several builders of one entry work at once', async () => {
    const { model, cacheFolder } = await prepared('race')
    const decoders = await Promise.all(Array.from({ length: 4 }, () => compile(model, cacheFolder)))
    expect(new Set(decoders.map(({ graphPath }) => graphPath)).size).toBe(1)
    await expectRight(decoders[0]!)
    expect(await readdir(cacheFolder)).toHaveLength(1)
  })

  it('leaves nothing behind when cancelled or when a weight is bad', async () => {
    const { model, cacheFolder } = await prepared('stopped')
    const controller = new AbortController()
    const cancelled = compileDecoder(model, {
      quantization: 'none',
      variant: 'generate',
      cacheFolder,
      ctx: { ...quietContext(controller.signal), report: () => controller.abort() },
    })
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' })
    const file = join(model.folder, 'model.safetensors')
    const bytes = await readFile(file)
    bytes.writeFloatLE(Number.POSITIVE_INFINITY, bytes.length - 4)
    await writeFile(file, bytes)
    expect(await failureOf(() => compile(model, cacheFolder))).toEqual({
      code: 'models/weights-not-finite',
      params: { file, tensor: 'model.norm.weight', index: 47 },
    })
    expect(await readdir(cacheFolder)).toEqual([])
  })

  it('sweeps up what a killed process left a day ago', async () => {
    const { model, cacheFolder } = await prepared('swept')
    for (const name of ['old.part', 'new.part']) await mkdir(join(cacheFolder, name), { recursive: true })
    const dayBefore = Date.now() / 1000 - 25 * 3600
    await utimes(join(cacheFolder, 'old.part'), dayBefore, dayBefore)
    const { graphPath } = await compile(model, cacheFolder)
    expect((await readdir(cacheFolder)).sort()).toEqual([basename(dirname(graphPath)), 'new.part'].sort())
  })
})
