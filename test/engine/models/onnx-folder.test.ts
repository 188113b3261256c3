import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import {
  describeModel,
  openModelFolder,
  openOnnxFolder,
  parameterCount,
} from '../../../src/engine/models/index.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import { genaiConfig, writeGenaiFolder } from '../../fixtures/genai-folder.ts'
import { RANDOM_CONFIGS, randomIds, randomModel, writeRandomModel } from '../../fixtures/random-models.ts'
import { int64Tensor, rowsOf } from '../../fixtures/run-decoder.ts'
import { maxDifference, referenceLogits } from '../../reference/decoder.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'soroban-onnx-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const ctx = quietContext()
const random = randomModel(RANDOM_CONFIGS.mistral)
const { config } = random

async function fresh(name: string, precision: 'float32' | 4 | 8 = 'float32'): Promise<string> {
  const folder = join(root, name)
  await writeGenaiFolder(folder, random, precision)
  return folder
}

/** A folder whose genai_config.json was changed by hand. */
async function withConfig(name: string, change: (model: Record<string, unknown>) => void): Promise<string> {
  const folder = await fresh(name)
  const genai = structuredClone(genaiConfig(random))
  change(genai.model)
  await writeFile(join(folder, 'genai_config.json'), JSON.stringify(genai))
  return folder
}

describe('openOnnxFolder', () => {
  it('tells what runs: graph, names, sizes, digests', async () => {
    const folder = await fresh('plain')
    const model = await openOnnxFolder(folder, ctx)
    expect(model).toMatchObject({
      name: 'plain',
      graphPath: join(folder, 'model.onnx'),
      kvElementBytes: 4,
      parameters: parameterCount(config),
      storedTypes: ['float32'],
      config: {
        family: 'mistral',
        vocabSize: config.vocabSize,
        hiddenSize: config.hiddenSize,
        layers: config.layers,
        queryHeads: 8,
        kvHeads: 2,
        headDim: 8,
        maxPositions: config.maxPositions,
        bosTokenId: 0,
        eosTokenIds: [1],
      },
      io: {
        inputIds: 'input_ids',
        positions: { kind: 'mask', attentionMask: 'attention_mask', positionIds: null },
        outputs: { kind: 'logits', logits: 'logits', rows: 'all', type: 'float32' },
        kv: {
          pastKey: 'past_key_values.%d.key',
          pastValue: 'past_key_values.%d.value',
          presentKey: 'present.%d.key',
          presentValue: 'present.%d.value',
          type: 'float32',
          layout: 'in-place',
        },
      },
    })
    expect(model.files.map(({ name }) => name)).toEqual([
      'genai_config.json',
      'tokenizer.json',
      'model.onnx',
      'model.onnx.data',
    ])
  })

  it('names a graph that computes the reference logits when fed as described', async () => {
    const { graphPath, io } = await openOnnxFolder(await fresh('run'), ctx)
    const ids = randomIds(config.vocabSize, 12)
    const session = await InferenceSession.create(graphPath, { intraOpNumThreads: 1 })
    const feeds: Record<string, Tensor> = { [io.inputIds]: int64Tensor(ids) }
    if (io.positions.kind === 'mask')
      feeds[io.positions.attentionMask] = int64Tensor(new Int32Array(12).fill(1))
    for (let layer = 0; layer < config.layers; layer++) {
      for (const name of [io.kv.pastKey, io.kv.pastValue]) {
        const empty = new Tensor('float32', new Float32Array(), [1, config.kvHeads, 0, config.headDim])
        feeds[name.replace('%d', String(layer))] = empty
      }
    }
    const outputs = await session.run(feeds)
    await session.release()
    // float32 kernels against float64 loops on logits of order one.
    const expected = referenceLogits(config, random.weights, ids)
    expect(maxDifference(rowsOf(outputs['logits']), expected)).toBeLessThan(1e-4)
  })

  it('counts parameters through the quantisation', async () => {
    const model = await openOnnxFolder(await fresh('int4', 4), ctx)
    expect({ parameters: model.parameters, storedTypes: model.storedTypes }).toEqual({
      parameters: parameterCount(config),
      storedTypes: ['float32', 'int4'],
    })
  })

  it.each([
    ['genai_config.json', 'not-a-model'],
    ['tokenizer.json', 'file-missing'],
    ['model.onnx', 'file-missing'],
  ])('names %s when it is missing', async (file, code) => {
    const folder = await fresh(`without-${file}`)
    await rm(join(folder, file))
    expect(await failureOf(() => openModelFolder(folder, ctx))).toMatchObject({ code: `models/${code}` })
  })

  it('names a missing data file', async () => {
    const folder = await fresh('without-data')
    await rm(join(folder, 'model.onnx.data'))
    expect(await failureOf(() => openOnnxFolder(folder, ctx))).toEqual({
      code: 'file/not-found',
      params: { path: join(folder, 'model.onnx.data') },
    })
  })

  it('refuses a graph that is damaged', async () => {
    const folder = await fresh('damaged')
    await writeFile(join(folder, 'model.onnx'), 'not an ONNX model')
    expect(await failureOf(() => openOnnxFolder(folder, ctx))).toMatchObject({
      code: 'models/onnx-invalid',
      params: { file: join(folder, 'model.onnx') },
    })
  })

  it('names an output that the graph lacks', async () => {
    const folder = await withConfig('renamed', (model) => {
      const decoder = model['decoder'] as { outputs: Record<string, string> }
      decoder.outputs = { ...decoder.outputs, logits: 'scores' }
    })
    expect(await failureOf(() => openOnnxFolder(folder, ctx))).toEqual({
      code: 'models/onnx-value-missing',
      params: { file: join(folder, 'model.onnx'), config: join(folder, 'genai_config.json'), name: 'scores' },
    })
  })

  it.each([
    [
      'head_size',
      16,
      'models/config-field',
      { field: 'model.decoder.head_size', value: '16', expected: '8' },
    ],
    [
      'num_key_value_heads',
      3,
      'models/config-field',
      { field: 'model.decoder.num_key_value_heads', value: '3' },
    ],
    [
      'num_hidden_layers',
      'two',
      'models/config-field',
      { field: 'model.decoder.num_hidden_layers', value: '"two"' },
    ],
    [
      'num_hidden_layers',
      1,
      'models/unsupported',
      { field: 'graph.input', value: '"past_key_values.1.key"' },
    ],
    ['sliding_window', { window_size: 8 }, 'models/unsupported', { field: 'model.decoder.sliding_window' }],
  ])('refuses %s = %j', async (field, value, code, params) => {
    const folder = await withConfig(
      `field-${field}-${JSON.stringify(value)}`.replaceAll(/\W/g, '-'),
      (model) => {
        Object.assign(model['decoder'] as object, { [field]: value })
      },
    )
    expect(await failureOf(() => openOnnxFolder(folder, ctx))).toMatchObject({ code, params })
  })

  it('refuses a model of several networks', async () => {
    const folder = await withConfig('vision', (model) =>
      Object.assign(model, { vision: { filename: 'vision.onnx' } }),
    )
    expect(await failureOf(() => openOnnxFolder(folder, ctx))).toMatchObject({
      code: 'models/unsupported',
      params: { field: 'model.vision' },
    })
  })
})

describe('describeModel', () => {
  const facts = {
    family: 'mistral',
    parameters: parameterCount(config),
    layers: 2,
    hiddenSize: 48,
    queryHeads: 8,
    kvHeads: 2,
    headDim: 8,
    vocabSize: 61,
    maxPositions: 96,
    // 4 bytes · 2 (K, V) · 2 layers · 8 · 2 heads
    kvBytesPerToken: 256,
    kvType: 'float32',
  }

  it('gives the same facts for both layouts of one model', async () => {
    const onnx = await openModelFolder(await fresh('facts-onnx'), ctx)
    const { sha256: onnxDigest, ...onnxFacts } = describeModel(onnx)
    expect(onnxFacts).toEqual({
      ...facts,
      layout: 'onnx',
      folder: join(root, 'facts-onnx'),
      name: 'facts-onnx',
      intermediateSize: null,
      storedTypes: ['float32'],
      tiedEmbeddings: null,
      rope: null,
    })
    await writeRandomModel(join(root, 'facts-hf'), random, { dtype: 'F16' })
    const hf = await openModelFolder(join(root, 'facts-hf'), ctx)
    const { sha256, ...hfFacts } = describeModel(hf)
    expect(hfFacts).toEqual({
      ...facts,
      layout: 'hf',
      folder: join(root, 'facts-hf'),
      name: 'facts-hf',
      intermediateSize: 72,
      storedTypes: ['F16'],
      tiedEmbeddings: false,
      rope: { theta: 10_000, scaling: null },
    })
    expect(sha256).not.toBe(onnxDigest)
  })

  it('says that a folder holds no model', async () => {
    expect(await failureOf(() => openModelFolder(root, ctx))).toEqual({
      code: 'models/not-a-model',
      params: { folder: root },
    })
    const absent = join(root, 'absent')
    expect(await failureOf(() => openModelFolder(absent, ctx))).toEqual({
      code: 'file/not-found',
      params: { path: absent },
    })
  })
})
