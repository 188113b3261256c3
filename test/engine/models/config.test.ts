import { describe, expect, it } from 'vitest'

import type { DecoderConfig } from '../../../src/engine/graph/index.ts'
import { formatDecoderConfig, parseDecoderConfig } from '../../../src/engine/models/index.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import { RANDOM_CONFIGS } from '../../fixtures/random-models.ts'

const FILE = 'model/config.json'

/** The fields of meta-llama/Llama-3.2-1B's config.json that matter. */
const LLAMA_32 = {
  architectures: ['LlamaForCausalLM'],
  attention_bias: false,
  bos_token_id: 128000,
  eos_token_id: 128001,
  head_dim: 64,
  hidden_act: 'silu',
  hidden_size: 2048,
  intermediate_size: 8192,
  max_position_embeddings: 131072,
  mlp_bias: false,
  model_type: 'llama',
  num_attention_heads: 32,
  num_hidden_layers: 16,
  num_key_value_heads: 8,
  rms_norm_eps: 1e-5,
  rope_scaling: {
    factor: 32,
    high_freq_factor: 4,
    low_freq_factor: 1,
    original_max_position_embeddings: 8192,
    rope_type: 'llama3',
  },
  rope_theta: 500000,
  tie_word_embeddings: true,
  torch_dtype: 'bfloat16',
  vocab_size: 128256,
}

const QWEN25 = {
  architectures: ['Qwen2ForCausalLM'],
  bos_token_id: 151643,
  eos_token_id: 151645,
  hidden_act: 'silu',
  hidden_size: 896,
  intermediate_size: 4864,
  max_position_embeddings: 32768,
  max_window_layers: 21,
  model_type: 'qwen2',
  num_attention_heads: 14,
  num_hidden_layers: 24,
  num_key_value_heads: 2,
  rms_norm_eps: 1e-6,
  rope_theta: 1000000,
  sliding_window: 32768,
  tie_word_embeddings: true,
  use_sliding_window: false,
  vocab_size: 151936,
}

const QWEN3 = {
  architectures: ['Qwen3ForCausalLM'],
  attention_bias: false,
  bos_token_id: 151643,
  eos_token_id: 151645,
  head_dim: 128,
  hidden_act: 'silu',
  hidden_size: 1024,
  intermediate_size: 3072,
  max_position_embeddings: 40960,
  max_window_layers: 28,
  model_type: 'qwen3',
  num_attention_heads: 16,
  num_hidden_layers: 28,
  num_key_value_heads: 8,
  rms_norm_eps: 1e-6,
  rope_scaling: null,
  rope_theta: 1000000,
  sliding_window: null,
  tie_word_embeddings: true,
  use_sliding_window: false,
  vocab_size: 151936,
}

const MISTRAL = {
  architectures: ['MistralForCausalLM'],
  bos_token_id: 1,
  eos_token_id: 2,
  hidden_act: 'silu',
  hidden_size: 5120,
  head_dim: 128,
  intermediate_size: 14336,
  max_position_embeddings: 131072,
  model_type: 'mistral',
  num_attention_heads: 32,
  num_hidden_layers: 40,
  num_key_value_heads: 8,
  rms_norm_eps: 1e-5,
  rope_theta: 1000000,
  sliding_window: null,
  tie_word_embeddings: false,
  vocab_size: 131072,
}

function without(json: object, ...fields: string[]): object {
  return Object.fromEntries(Object.entries(json).filter(([field]) => !fields.includes(field)))
}

function parse(json: unknown): DecoderConfig {
  return parseDecoderConfig(json, FILE)
}

describe('parseDecoderConfig', () => {
  it('reads published configurations', () => {
    expect(parse(LLAMA_32)).toEqual({
      family: 'llama',
      vocabSize: 128256,
      hiddenSize: 2048,
      intermediateSize: 8192,
      layers: 16,
      queryHeads: 32,
      kvHeads: 8,
      headDim: 64,
      maxPositions: 131072,
      normEpsilon: 1e-5,
      rope: {
        theta: 500000,
        scaling: {
          kind: 'llama3',
          factor: 32,
          lowFreqFactor: 1,
          highFreqFactor: 4,
          originalMaxPositions: 8192,
        },
      },
      tiedEmbeddings: true,
      qkvBias: false,
      outputBias: false,
      mlpBias: false,
      qkNorm: false,
      bosTokenId: 128000,
      eosTokenIds: [128001],
    } satisfies DecoderConfig)
    expect(parse(QWEN25)).toMatchObject({
      family: 'qwen2',
      headDim: 64,
      kvHeads: 2,
      qkvBias: true,
      outputBias: false,
    })
    expect(parse(QWEN3)).toMatchObject({ family: 'qwen3', headDim: 128, qkNorm: true, qkvBias: false })
    // n_h · d_h = 4096, d = 5120.
    expect(parse(MISTRAL)).toMatchObject({
      family: 'mistral',
      headDim: 128,
      hiddenSize: 5120,
      tiedEmbeddings: false,
    })
  })

  it("fills absent fields with transformers' defaults", () => {
    const bare = without(
      LLAMA_32,
      'head_dim',
      'num_key_value_heads',
      'rope_scaling',
      'rope_theta',
      'eos_token_id',
    )
    expect(parse(bare)).toMatchObject({
      kvHeads: 32,
      headDim: 64,
      rope: { theta: 10_000, scaling: null },
      eosTokenIds: [],
    })
    expect(parse(without(QWEN3, 'head_dim'))).toMatchObject({ headDim: 128 })
    expect(parse({ ...LLAMA_32, eos_token_id: [128001, 128008] })).toMatchObject({
      eosTokenIds: [128001, 128008],
    })
  })

  it('gives llama with attention_bias a bias on all four projections', () => {
    expect(parse({ ...LLAMA_32, attention_bias: true, mlp_bias: true })).toMatchObject({
      qkvBias: true,
      outputBias: true,
      mlpBias: true,
    })
  })

  it('reads the rope_parameters of transformers 5', () => {
    const rest = without(LLAMA_32, 'rope_theta', 'rope_scaling')
    const layout5 = { ...rest, rope_parameters: { rope_theta: 500000, ...LLAMA_32.rope_scaling } }
    expect(parse(layout5)).toEqual(parse(LLAMA_32))
    const plain = { ...rest, rope_parameters: { rope_theta: 500000, rope_type: 'default' } }
    expect(parse(plain).rope).toEqual({ theta: 500000, scaling: null })
  })

  it('reads linear and dynamic scaling under the old key "type"', () => {
    const scaled = (rope_scaling: object): DecoderConfig => parse({ ...QWEN25, rope_scaling })
    expect(scaled({ type: 'linear', factor: 2 }).rope.scaling).toEqual({ kind: 'linear', factor: 2 })
    expect(scaled({ type: 'dynamic', factor: 2 })).toMatchObject({
      maxPositions: 32768,
      rope: { scaling: { kind: 'dynamic', factor: 2, originalMaxPositions: 32768 } },
    })
  })

  it('reads yarn with its defaults, and its extended positions', () => {
    const yarn = { type: 'yarn', factor: 4, original_max_position_embeddings: 32768 }
    expect(parse({ ...QWEN25, rope_scaling: yarn })).toMatchObject({
      maxPositions: 131072,
      rope: {
        scaling: {
          kind: 'yarn',
          factor: 4,
          originalMaxPositions: 32768,
          betaFast: 32,
          betaSlow: 1,
          attentionFactor: 0.1 * Math.log(4) + 1,
          truncate: true,
        },
      },
    })
    const stated = { ...yarn, mscale: 1, mscale_all_dim: 0.5, truncate: false, beta_fast: 16 }
    expect(parse({ ...QWEN25, rope_scaling: stated }).rope.scaling).toMatchObject({
      attentionFactor: (0.1 * Math.log(4) + 1) / (0.05 * Math.log(4) + 1),
      betaFast: 16,
      truncate: false,
    })
  })

  it.each([
    ['model_type', { model_type: 'gemma2' }, 'model_type', '"gemma2"'],
    [
      'another class',
      { architectures: ['LlamaForSequenceClassification'] },
      'architectures',
      /Classification/,
    ],
    ['an activation', { hidden_act: 'gelu' }, 'hidden_act', '"gelu"'],
    ['quantised weights', { quantization_config: { quant_method: 'awq' } }, 'quantization_config', '"awq"'],
    ['partial rotation', { partial_rotary_factor: 0.5 }, 'partial_rotary_factor', '0.5'],
    ['experts', { num_local_experts: 8 }, 'num_local_experts', '8'],
    ['a RoPE kind', { rope_scaling: { rope_type: 'longrope' } }, 'rope_scaling.rope_type', '"longrope"'],
    ['an old RoPE kind', { rope_scaling: { type: 'mrope' } }, 'rope_scaling.type', '"mrope"'],
    ['RoPE without kind', { rope_scaling: { factor: 2 } }, 'rope_scaling.rope_type', 'null'],
    [
      'partial rotation inside rope_parameters',
      { rope_scaling: null, rope_parameters: { rope_type: 'default', partial_rotary_factor: 0.25 } },
      'rope_parameters.partial_rotary_factor',
      '0.25',
    ],
    ['a head size', { head_dim: 20 }, 'head_dim', '20'],
    [
      'layer types',
      { layer_types: ['full_attention', 'linear_attention'] },
      'layer_types',
      '"linear_attention"',
    ],
  ])('refuses %s by field and value', async (_, change, field, value) => {
    const failure = await failureOf(() => parse({ ...LLAMA_32, ...change }))
    expect(failure).toMatchObject({ code: 'models/unsupported', params: { file: FILE, field } })
    expect(String(failure.params['value'])).toMatch(value)
  })

  it('refuses a sliding window only where it takes effect', async () => {
    const refusal = { code: 'models/unsupported', params: { field: 'sliding_window', value: '4096' } }
    expect(await failureOf(() => parse({ ...MISTRAL, sliding_window: 4096 }))).toMatchObject(refusal)
    const silent = without(MISTRAL, 'sliding_window')
    expect(await failureOf(() => parse(silent))).toMatchObject(refusal)
    expect(parse({ ...silent, max_position_embeddings: 4096 }).maxPositions).toBe(4096)
    const sliding = { ...QWEN25, use_sliding_window: true, sliding_window: 4096 }
    expect(await failureOf(() => parse(sliding))).toMatchObject(refusal)
    expect(parse({ ...sliding, max_window_layers: 24 }).layers).toBe(24)
    expect(parse({ ...LLAMA_32, sliding_window: 4096 }).layers).toBe(16)
  })

  it.each([
    ['a missing size', { hidden_size: undefined }, 'hidden_size', 'undefined', 'number'],
    ['a text for a number', { vocab_size: '32000' }, 'vocab_size', '"32000"', 'number'],
    ['no layers', { num_hidden_layers: 0 }, 'num_hidden_layers', '0', '> 0'],
    [
      'heads that do not group',
      { num_key_value_heads: 5 },
      'num_key_value_heads',
      '5',
      'num_attention_heads (32) / n',
    ],
    [
      'heads that do not divide d',
      { num_attention_heads: 30, head_dim: null },
      'num_attention_heads',
      '30',
      /2048/,
    ],
    [
      'a missing RoPE figure',
      { rope_scaling: { rope_type: 'linear' } },
      'rope_scaling.factor',
      'undefined',
      'number',
    ],
    [
      'a RoPE figure out of range',
      { rope_scaling: { ...LLAMA_32.rope_scaling, high_freq_factor: 1 } },
      'rope_scaling.high_freq_factor',
      '1',
      '> 1',
    ],
  ])('names %s', async (_, change, field, value, expected) => {
    const failure = await failureOf(() => parse({ ...LLAMA_32, ...change }))
    expect(failure).toMatchObject({ code: 'models/config-field', params: { file: FILE, field, value } })
    expect(String(failure.params['expected'])).toMatch(expected)
  })

  it.each([null, [], 'llama', 3])('names the file when it holds %j', async (json) => {
    expect(await failureOf(() => parse(json))).toMatchObject({
      code: 'models/config-field',
      params: { file: FILE },
    })
  })
})

describe('formatDecoderConfig', () => {
  it.each(Object.entries(RANDOM_CONFIGS))('writes %s so that it is read back the same', (_, config) => {
    const written: unknown = JSON.parse(JSON.stringify(formatDecoderConfig(config, 'BF16')))
    expect(parse(written)).toEqual(config)
  })

  it('states what other programs look for', () => {
    expect(formatDecoderConfig(parse(LLAMA_32), 'F16')).toEqual({
      ...LLAMA_32,
      attention_dropout: 0,
      initializer_range: 0.02,
      use_cache: true,
      torch_dtype: 'float16',
    })
  })

  it.each([
    ['an output bias on qwen2', { ...RANDOM_CONFIGS.qwen2, outputBias: true }, 'outputBias', 'true'],
    ['a q, k, v bias alone on llama', { ...RANDOM_CONFIGS.llama, qkvBias: true }, 'outputBias', 'false'],
    ['q/k norm on mistral', { ...RANDOM_CONFIGS.mistral, qkNorm: true }, 'qkNorm', 'true'],
  ])('refuses %s', async (_, config, field, value) => {
    expect(await failureOf(() => formatDecoderConfig(config, 'F32'))).toMatchObject({
      code: 'models/unsupported',
      params: { field, value },
    })
  })
})
