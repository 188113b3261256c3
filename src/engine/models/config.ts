import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'

import type { DecoderConfig } from '../graph/index.ts'
import { absentAsNull, badField, count, parseFields, positive, unsupported } from './config-fields.ts'
import { formatRope, parseRope } from './rope-config.ts'

type Family = DecoderConfig['family']

/** The class name that a decoder of each family states in `architectures`. */
const ARCHITECTURES: Readonly<Record<Family, string>> = {
  llama: 'LlamaForCausalLM',
  mistral: 'MistralForCausalLM',
  qwen2: 'Qwen2ForCausalLM',
  qwen3: 'Qwen3ForCausalLM',
}
const FAMILIES = Object.keys(ARCHITECTURES) as Family[]

/** Some configs write -1 for none. */
const eosSchema = z.union([z.int().min(-1), z.array(z.int().min(-1))]).nullish()

const familySchema = z.looseObject({
  model_type: z.string(),
  architectures: absentAsNull(z.array(z.string())),
})

const settings = absentAsNull(z.record(z.string(), z.unknown()))

const decoderSchema = z.looseObject({
  vocab_size: count,
  hidden_size: count,
  intermediate_size: count,
  num_hidden_layers: count,
  num_attention_heads: count,
  num_key_value_heads: count.nullish(),
  head_dim: count.nullish(),
  max_position_embeddings: count,
  rms_norm_eps: positive.default(1e-6),
  hidden_act: z.string().default('silu'),
  tie_word_embeddings: z.boolean().nullish(),
  attention_bias: z.boolean().nullish(),
  mlp_bias: z.boolean().nullish(),
  rope_theta: positive.nullish(),
  rope_scaling: settings,
  rope_parameters: settings,
  partial_rotary_factor: z.number().nullish(),
  bos_token_id: z.int().min(-1).nullish(),
  eos_token_id: eosSchema,
  sliding_window: z.int().nullish(),
  use_sliding_window: z.boolean().nullish(),
  max_window_layers: z.int().nullish(),
  layer_types: z.array(z.string()).nullish(),
  quantization_config: settings,
})
type RawDecoder = z.output<typeof decoderSchema>

/** What transformers assumes when the field is absent; the other families state it or have none. */
const MISTRAL_DEFAULT_WINDOW = 4096
const QWEN3_DEFAULT_HEAD_DIM = 128
/** Llama takes the number of query heads, as all families do for null. */
const DEFAULT_KV_HEADS: Readonly<Record<Family, number | null>> = {
  llama: null,
  mistral: 8,
  qwen2: 32,
  qwen3: 32,
}

/**
 * A Hugging Face config.json as a decoder's architecture, with transformers' own defaults for absent fields.
 *
 * @param json the parsed file
 * @param file its path, for messages
 * @throws AppError models/config-field, models/unsupported
 */
export function parseDecoderConfig(json: unknown, file: string): DecoderConfig {
  const family = parseFamily(json, file)
  const raw = parseFields(decoderSchema, json, file)
  const { rope, maxPositions } = parseRope(raw, file)
  refuseUnsupported(raw, family, maxPositions, file)
  const queryHeads = raw.num_attention_heads
  const headDim = raw.head_dim ?? (family === 'qwen3' ? QWEN3_DEFAULT_HEAD_DIM : raw.hidden_size / queryHeads)
  if (!Number.isInteger(headDim)) {
    throw badField(file, 'num_attention_heads', queryHeads, `hidden_size (${raw.hidden_size}) / n`)
  }
  // ONNX Runtime's GroupQueryAttention accepts no other sizes.
  if (headDim % 8 !== 0) throw unsupported(file, 'head_dim', headDim, '8, 16, 24, …')
  const kvHeads =
    raw.num_key_value_heads ??
    (raw.num_key_value_heads === undefined ? DEFAULT_KV_HEADS[family] : null) ??
    queryHeads
  if (queryHeads % kvHeads !== 0) {
    throw badField(file, 'num_key_value_heads', kvHeads, `num_attention_heads (${queryHeads}) / n`)
  }
  const attentionBias = raw.attention_bias ?? false
  return {
    family,
    vocabSize: raw.vocab_size,
    hiddenSize: raw.hidden_size,
    intermediateSize: raw.intermediate_size,
    layers: raw.num_hidden_layers,
    queryHeads,
    kvHeads,
    headDim,
    maxPositions,
    normEpsilon: raw.rms_norm_eps,
    rope,
    tiedEmbeddings: raw.tie_word_embeddings ?? false,
    // Qwen2 has biases on q, k, v whatever its config says.
    qkvBias: family === 'qwen2' || attentionBias,
    outputBias: family !== 'qwen2' && attentionBias,
    mlpBias: raw.mlp_bias ?? false,
    qkNorm: family === 'qwen3',
    bosTokenId: raw.bos_token_id === -1 ? null : (raw.bos_token_id ?? null),
    eosTokenIds: eosTokenIds(raw.eos_token_id),
  }
}

function parseFamily(json: unknown, file: string): Family {
  const { model_type, architectures } = parseFields(familySchema, json, file)
  const family = FAMILIES.find((known) => known === model_type)
  if (family === undefined) throw unsupported(file, 'model_type', model_type, FAMILIES.join(', '))
  if (architectures !== null && architectures.length > 0 && !architectures.includes(ARCHITECTURES[family])) {
    throw unsupported(file, 'architectures', architectures, ARCHITECTURES[family])
  }
  return family
}

function refuseUnsupported(raw: RawDecoder, family: Family, maxPositions: number, file: string): void {
  const refuse = (field: string, value: unknown, supported: string): never => {
    throw unsupported(file, field, value, supported)
  }
  if (raw.hidden_act !== 'silu') refuse('hidden_act', raw.hidden_act, 'silu')
  if (raw.quantization_config !== null) {
    refuse('quantization_config', raw.quantization_config['quant_method'] ?? raw.quantization_config, 'null')
  }
  if ((raw.partial_rotary_factor ?? 1) !== 1) refuse('partial_rotary_factor', raw.partial_rotary_factor, '1')
  for (const field of ['num_experts', 'num_local_experts'] as const) {
    const experts = raw[field]
    if (typeof experts === 'number' && experts > 1) refuse(field, experts, 'null')
  }
  if (raw.mlp_bias === true && family !== 'llama') refuse('mlp_bias', true, 'false')
  if (raw.attention_bias === true && family === 'mistral') refuse('attention_bias', true, 'false')
  const window = slidingWindow(raw, family)
  if (window !== null && window < maxPositions) {
    refuse('sliding_window', window, `null, ≥ ${maxPositions}`)
  }
  const sliding = raw.layer_types?.find((type) => type !== 'full_attention')
  if (sliding !== undefined) refuse('layer_types', sliding, 'full_attention')
}

/** The window in effect on at least one layer; null when attention is full everywhere. */
function slidingWindow(raw: RawDecoder, family: Family): number | null {
  switch (family) {
    case 'llama':
      return null
    case 'mistral':
      return raw.sliding_window === undefined ? MISTRAL_DEFAULT_WINDOW : raw.sliding_window
    case 'qwen2':
    case 'qwen3':
      if (raw.use_sliding_window !== true || (raw.max_window_layers ?? 0) >= raw.num_hidden_layers)
        return null
      return raw.sliding_window ?? null
  }
}

function eosTokenIds(raw: z.output<typeof eosSchema>): readonly number[] {
  return [raw ?? []].flat().filter((id) => id >= 0)
}

const generationSchema = z.looseObject({ eos_token_id: eosSchema })

/** The ids that end a generation by generation_config.json; null when it names none. */
export function parseGenerationEos(json: unknown, file: string): readonly number[] | null {
  const ids = eosTokenIds(parseFields(generationSchema, json, file).eos_token_id)
  return ids.length === 0 ? null : ids
}

/** Storage type of written weights, under safetensors' names. */
export type WeightDtype = 'F32' | 'F16' | 'BF16'

const TORCH_DTYPES: Readonly<Record<WeightDtype, string>> = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
}

/**
 * The config.json of a decoder, in the layout that transformers, transformers.js, vLLM and llama.cpp's converter read.
 *
 * @throws AppError models/unsupported when the family cannot express the architecture (a bias that it does not have)
 */
export function formatDecoderConfig(
  config: DecoderConfig,
  dtype: WeightDtype,
): Readonly<Record<string, unknown>> {
  const { family } = config
  const qwen = family === 'qwen2' || family === 'qwen3'
  const formatted = {
    architectures: [ARCHITECTURES[family]],
    model_type: family,
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.queryHeads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    hidden_act: 'silu',
    max_position_embeddings: config.maxPositions,
    rms_norm_eps: config.normEpsilon,
    ...formatRope(config.rope),
    tie_word_embeddings: config.tiedEmbeddings,
    attention_dropout: 0,
    ...(family === 'llama' || family === 'qwen3' ? { attention_bias: config.qkvBias } : {}),
    ...(family === 'llama' ? { mlp_bias: config.mlpBias } : {}),
    ...(family === 'llama' ? {} : { sliding_window: null }),
    ...(qwen ? { use_sliding_window: false, max_window_layers: config.layers } : {}),
    initializer_range: 0.02,
    use_cache: true,
    bos_token_id: config.bosTokenId,
    eos_token_id: formatEos(config.eosTokenIds),
    torch_dtype: TORCH_DTYPES[dtype],
  }
  const readBack = parseDecoderConfig(formatted, 'config.json')
  for (const [field, value] of Object.entries(config)) {
    const understood = readBack[field as keyof DecoderConfig]
    if (!isDeepStrictEqual(value, understood)) {
      throw unsupported(`config.json (${family})`, field, value, JSON.stringify(understood))
    }
  }
  return formatted
}

/** The generation_config.json that follows from a decoder's configuration. */
export function formatGenerationConfig(config: DecoderConfig): Readonly<Record<string, unknown>> {
  return {
    _from_model_config: true,
    bos_token_id: config.bosTokenId,
    eos_token_id: formatEos(config.eosTokenIds),
  }
}

/** One id as a number, several as a list, none as null: each as Hugging Face writes it. */
export function formatEos(ids: readonly number[]): number | readonly number[] | null {
  return ids.length <= 1 ? (ids[0] ?? null) : ids
}
