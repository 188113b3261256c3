import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  AutoModelForCausalLM,
  AutoTokenizer,
  env,
  type PreTrainedTokenizer,
  type Tensor,
} from '@huggingface/transformers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { DecoderConfig } from '../../../src/engine/graph/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import {
  compileDecoder,
  exportModel,
  openHfFolder,
  openModelFolder,
  writeHfFolder,
  type HfModel,
} from '../../../src/engine/models/index.ts'
import {
  LanguageModel,
  openBackend,
  type Backend,
  type DecoderSource,
} from '../../../src/engine/runtime/index.ts'
import { loadTokenizer, trainByteLevelBpe } from '../../../src/engine/tokens/index.ts'
import type { Quantization } from '../../../src/shared/settings.ts'
import { RANDOM_CONFIGS, randomModel } from '../../fixtures/random-models.ts'

const TEXTS = [
  '設備の点検は毎月行い、結果を品質記録に残す。異常があれば直ちに停止し、責任者に報告する。',
  'Inspect the equipment every month and keep the record. Stop at once when anything is wrong, and report it.',
]
const PROMPT = "点検の結果を report する。\n Don't stop 12,345 台!"
const NEW_TOKENS = 24
const VOCABULARY = 320

const ctx = quietContext()
let folder: string
let backend: Backend
let tokenizerJson: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-export-'))
  env.allowRemoteModels = false
  env.useFSCache = false
  env.localModelPath = folder
  backend = await openBackend(ctx)
  tokenizerJson = await trainByteLevelBpe([...TEXTS, ...TEXTS], { vocabSize: VOCABULARY }, ctx)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A random model in a Hugging Face folder of this name; nothing ends a generation early. */
async function sourceModel(name: string, base: DecoderConfig, card?: string): Promise<HfModel> {
  const { model } = JSON.parse(tokenizerJson) as { model: { vocab: object } }
  const vocabSize = Object.keys(model.vocab).length
  const config = { ...base, vocabSize, bosTokenId: 0, eosTokenIds: [] }
  const { weights } = randomModel(config)
  if (config.tiedEmbeddings) {
    // Against a table of usual size a random tied model only repeats its last token.
    const table = 'model.embed_tokens.weight'
    weights.set(
      table,
      weights.get(table)!.map((value) => value / 20),
    )
  }
  const path = join(folder, name)
  await writeHfFolder(path, {
    config,
    weights,
    dtype: 'F32',
    tokenizerJson,
    ...(card === undefined ? {} : { card }),
  })
  return openHfFolder(path, ctx)
}

async function generateHere(source: DecoderSource, prompt: Int32Array): Promise<number[]> {
  using model = new LanguageModel(
    backend,
    { generate: source, logits: source },
    { name: 'test', provider: 'cpu', threads: 1 },
  )
  return [...(await model.generate(prompt, { maxTokens: NEW_TOKENS })).tokens]
}

async function compiled(model: HfModel, quantization: Quantization): Promise<DecoderSource> {
  return compileDecoder(model, { quantization, variant: 'generate', cacheFolder: join(folder, 'cache'), ctx })
}

const idsOf = (tensor: Tensor): number[] => Array.from(tensor.data as BigInt64Array, Number)

/** Greedy tokens by transformers.js, which finds graph, data file and precision by the folder's own configuration. */
async function generateThere(
  name: string,
  text: string,
): Promise<{ readonly prompt: number[]; readonly tokens: number[] }> {
  const tokenizer = await AutoTokenizer.from_pretrained(name)
  const model = await AutoModelForCausalLM.from_pretrained(name, { device: 'cpu' })
  try {
    const inputs = tokenizer(text, { add_special_tokens: false }) as {
      input_ids: Tensor
      attention_mask: Tensor
    }
    const prompt = idsOf(inputs.input_ids)
    const output = (await model.generate({
      ...inputs,
      max_new_tokens: NEW_TOKENS,
      do_sample: false,
    })) as Tensor
    const ids = idsOf(output)
    expect(ids.slice(0, prompt.length)).toEqual(prompt)
    return { prompt, tokens: ids.slice(prompt.length) }
  } finally {
    await model.dispose()
  }
}

describe.each([
  { name: 'llama', config: RANDOM_CONFIGS.llama, quantization: 'none', graph: 'model.onnx' },
  { name: 'qwen3', config: RANDOM_CONFIGS.qwen3, quantization: 'none', graph: 'model.onnx' },
  { name: 'qwen2', config: RANDOM_CONFIGS.qwen2, quantization: 'int8', graph: 'model_int8.onnx' },
  { name: 'mistral', config: RANDOM_CONFIGS.mistral, quantization: 'int4', graph: 'model_q4.onnx' },
] as const)(
  'an exported $name model, quantization $quantization',
  ({ name, config, quantization, graph }) => {
    let model: HfModel
    let expected: number[]
    let promptIds: Int32Array
    beforeAll(async () => {
      model = await sourceModel(name, config)
      await exportModel(model, join(folder, `${name}-onnx`), { quantization }, ctx)
      promptIds = (await loadTokenizer(model.folder, ctx)).encode(PROMPT)
      expected = await generateHere(await compiled(model, quantization), promptIds)
      expect(expected).toHaveLength(NEW_TOKENS)
      expect(new Set(expected).size).toBeGreaterThan(3)
    })

    it('generates the same greedy tokens in transformers.js', async () => {
      expect(await generateThere(`${name}-onnx`, PROMPT)).toEqual({
        prompt: [...promptIds],
        tokens: expected,
      })
    })

    it('runs in Soroban as an ONNX folder, with the same tokens', async () => {
      const opened = await openModelFolder(join(folder, `${name}-onnx`), ctx)
      if (opened.kind !== 'onnx') throw new Error('not taken for an ONNX folder')
      expect(opened.model.files.map((file) => file.name)).toContain(`onnx/${graph}_data`)
      expect(opened.model.config).toEqual({
        family: name,
        vocabSize: model.config.vocabSize,
        hiddenSize: config.hiddenSize,
        layers: config.layers,
        queryHeads: config.queryHeads,
        kvHeads: config.kvHeads,
        headDim: config.headDim,
        maxPositions: config.maxPositions,
        bosTokenId: 0,
        eosTokenIds: [],
      })
      expect(await generateHere(opened.model, promptIds)).toEqual(expected)
    })
  },
)

describe('the folder', () => {
  let model: HfModel
  beforeAll(async () => {
    model = await sourceModel('plain', RANDOM_CONFIGS.llama, '# Card\n')
    await writeFile(join(model.folder, 'LICENSE'), 'licence text')
    await writeFile(join(model.folder, 'chat_template.jinja'), '{{ messages }}')
    await writeFile(join(model.folder, 'optimizer.bin'), 'not part of the model')
  })

  it('holds graph, configuration, tokenizer, card and licence, and tells where the data is', async () => {
    const out = join(folder, 'layout')
    const { files } = await exportModel(model, out, { quantization: 'none' }, ctx)
    expect(files.map((file) => file.name)).toEqual([
      'LICENSE',
      'README.md',
      'chat_template.jinja',
      'config.json',
      'genai_config.json',
      'generation_config.json',
      'onnx/model.onnx',
      'onnx/model.onnx_data',
      'tokenizer.json',
      'tokenizer_config.json',
    ])
    for (const file of files) expect((await readFile(join(out, file.name))).length).toBe(file.bytes)
    const sourceConfig = JSON.parse(await readFile(join(model.folder, 'config.json'), 'utf8')) as object
    expect(JSON.parse(await readFile(join(out, 'config.json'), 'utf8'))).toEqual({
      ...sourceConfig,
      'transformers.js_config': { dtype: 'fp32', use_external_data_format: { 'model.onnx': 1 } },
    })
  })

  it('is not read when its configuration points outside it', async () => {
    const out = join(folder, 'pointing-outside')
    await exportModel(model, out, { quantization: 'none' }, ctx)
    const configPath = join(out, 'genai_config.json')
    const genai = await readFile(configPath, 'utf8')
    await writeFile(configPath, genai.replace('onnx/model.onnx', '../layout/onnx/model.onnx'))
    await expect(openModelFolder(out, ctx)).rejects.toMatchObject({
      code: 'models/config-field',
      params: { file: configPath, field: 'model.decoder.filename' },
    })
  })

  it('gets the configuration files that the source lacks', async () => {
    const bare = join(folder, 'bare')
    await mkdir(bare)
    for (const file of ['config.json', 'tokenizer.json', 'model.safetensors']) {
      await writeFile(join(bare, file), await readFile(join(model.folder, file)))
    }
    const out = join(folder, 'bare-onnx')
    await exportModel(await openHfFolder(bare, ctx), out, { quantization: 'none' }, ctx)
    for (const file of ['generation_config.json', 'tokenizer_config.json']) {
      expect(await readFile(join(out, file), 'utf8')).toBe(await readFile(join(model.folder, file), 'utf8'))
    }
  })

  it('is not written over one that holds something', async () => {
    const out = join(folder, 'occupied')
    await mkdir(out)
    await writeFile(join(out, 'mine.txt'), 'kept')
    await expect(exportModel(model, out, { quantization: 'none' }, ctx)).rejects.toMatchObject({
      code: 'models/folder-not-empty',
      params: { folder: out },
    })
    expect(await readdir(out)).toEqual(['mine.txt'])
  })

  it('leaves nothing behind when the export is cancelled', async () => {
    const controller = new AbortController()
    const out = join(folder, 'cancelled')
    const cancelling = { ...quietContext(controller.signal), report: () => controller.abort() }
    await expect(exportModel(model, out, { quantization: 'none' }, cancelling)).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    )
    expect((await readdir(folder)).filter((name) => name.startsWith('cancelled'))).toEqual([])
  })

  it('as Soroban writes it for Hugging Face has a tokenizer that transformers.js reads alike', async () => {
    const tokenizer: PreTrainedTokenizer = await AutoTokenizer.from_pretrained('plain')
    const own = await loadTokenizer(model.folder, ctx)
    for (const text of [...TEXTS, PROMPT, '  余白 と\t記号 «≦» 👍🏽']) {
      const ids = [...own.encode(text)]
      expect(tokenizer.encode(text, { add_special_tokens: false })).toEqual(ids)
      expect(tokenizer.decode(ids)).toBe(text)
    }
  })
})
