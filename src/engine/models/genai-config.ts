import { z } from 'zod'

import { badField, count, parseFields, unsupported } from './config-fields.ts'

export const GENAI_CONFIG_FILE = 'genai_config.json'

const tokenIds = z.union([z.int(), z.array(z.int())]).nullish()

const genaiSchema = z.looseObject({
  model: z.looseObject({
    type: z.string(),
    vocab_size: count,
    context_length: count,
    bos_token_id: tokenIds,
    eos_token_id: tokenIds,
    decoder: z.looseObject({
      filename: z.string(),
      head_size: count,
      hidden_size: count,
      num_attention_heads: count,
      num_hidden_layers: count,
      num_key_value_heads: count,
      inputs: z.looseObject({
        input_ids: z.string().default('input_ids'),
        attention_mask: z.string().default('attention_mask'),
        position_ids: z.string().default('position_ids'),
        past_key_names: z.string().default('past_key_values.%d.key'),
        past_value_names: z.string().default('past_key_values.%d.value'),
      }),
      outputs: z.looseObject({
        logits: z.string().default('logits'),
        present_key_names: z.string().default('present.%d.key'),
        present_value_names: z.string().default('present.%d.value'),
      }),
    }),
  }),
})

/** What Soroban reads of a genai_config.json. */
export type Genai = z.output<typeof genaiSchema>['model']

/** An architecture as far as a genai_config.json tells it. */
export interface OnnxDecoderConfig {
  /** `model.type`, such as "llama" or "phi3"; any decoder-only type. */
  readonly family: string
  readonly vocabSize: number
  readonly hiddenSize: number
  readonly layers: number
  readonly queryHeads: number
  readonly kvHeads: number
  readonly headDim: number
  readonly maxPositions: number
  readonly bosTokenId: number | null
  readonly eosTokenIds: readonly number[]
}

/** The `model` part of a genai_config.json. @throws AppError models/config-field, models/unsupported */
export function parseGenai(json: unknown, file: string): Genai {
  const { model } = parseFields(genaiSchema, json, file)
  for (const part of ['encoder', 'vision', 'speech', 'embedding'] as const) {
    if (model[part] !== undefined) throw unsupported(file, `model.${part}`, '{…}', 'model.decoder')
  }
  for (const field of ['pipeline', 'sliding_window'] as const) {
    if ((model.decoder[field] ?? null) !== null)
      throw unsupported(file, `model.decoder.${field}`, model.decoder[field], 'null')
  }
  const { num_attention_heads: queryHeads, num_key_value_heads: kvHeads } = model.decoder
  if (queryHeads % kvHeads !== 0) {
    throw badField(
      file,
      'model.decoder.num_key_value_heads',
      kvHeads,
      `num_attention_heads (${queryHeads}) / n`,
    )
  }
  return model
}

/** The architecture that a configuration states. */
export function onnxConfig({ decoder, ...model }: Genai): OnnxDecoderConfig {
  const ids = (value: number | number[] | null | undefined): number[] => [value ?? []].flat()
  return {
    family: model.type,
    vocabSize: model.vocab_size,
    hiddenSize: decoder.hidden_size,
    layers: decoder.num_hidden_layers,
    queryHeads: decoder.num_attention_heads,
    kvHeads: decoder.num_key_value_heads,
    headDim: decoder.head_size,
    maxPositions: model.context_length,
    bosTokenId: ids(model.bos_token_id)[0] ?? null,
    eosTokenIds: ids(model.eos_token_id),
  }
}
