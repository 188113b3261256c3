import { z } from 'zod'

import { AppError } from '../../shared/errors.ts'
import { canonicalJson, sha256 } from '../kernel/files.ts'
import { parseJson } from '../kernel/json.ts'

const tokenIdSchema = z
  .int()
  .nonnegative()
  .max(2 ** 31 - 1)
const stepSchema = z.looseObject({ type: z.string() }).nullable()

const addedTokenSchema = z.looseObject({
  id: tokenIdSchema,
  content: z.string().min(1),
  special: z.boolean().default(false),
  normalized: z.boolean().default(false),
  lstrip: z.boolean().default(false),
  rstrip: z.boolean().default(false),
  single_word: z.boolean().default(false),
})

// Not z.record: that drops the key `__proto__`, which is a token like any other.
const vocabularySchema = z.custom<Readonly<Record<string, number>>>(
  (value) =>
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value).every((id) => tokenIdSchema.safeParse(id).success),
  'must map tokens to ids',
)

const modelSchema = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('BPE'),
    vocab: vocabularySchema,
    merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])),
    unk_token: z.string().nullable().default(null),
    continuing_subword_prefix: z.string().nullable().default(null),
    end_of_word_suffix: z.string().nullable().default(null),
    fuse_unk: z.boolean().default(false),
    byte_fallback: z.boolean().default(false),
    ignore_merges: z.boolean().default(false),
  }),
  z.looseObject({ type: z.literal('WordPiece'), vocab: vocabularySchema }),
  z.looseObject({
    type: z.literal('Unigram'),
    vocab: z.array(z.tuple([z.string(), z.number()])),
    unk_id: tokenIdSchema.nullable().default(null),
    byte_fallback: z.boolean().default(false),
  }),
])

/** The parts of a tokenizer.json that decide which ids a text becomes. */
export const tokenizerJsonSchema = z.looseObject({
  added_tokens: z.array(addedTokenSchema).default([]),
  normalizer: stepSchema.default(null),
  pre_tokenizer: stepSchema.default(null),
  post_processor: stepSchema.default(null),
  decoder: stepSchema.default(null),
  model: modelSchema,
})
export type TokenizerJson = z.infer<typeof tokenizerJsonSchema>

const tokenNameSchema = z
  .union([z.string(), z.looseObject({ content: z.string() }).transform(({ content }) => content)])
  .nullish()

/** What is used of a tokenizer_config.json. */
export const tokenizerConfigSchema = z.looseObject({
  bos_token: tokenNameSchema,
  eos_token: tokenNameSchema,
})
export type TokenizerConfig = z.infer<typeof tokenizerConfigSchema>

/**
 * Parses one of a tokenizer's two files.
 * @throws AppError file/not-json; tokens/invalid naming the file and the first wrong field
 */
export function parseTokenizerFile<T>(text: string, path: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parseJson(text, path))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError(
    'tokens/invalid',
    { path, field: issue?.path.join('.') || 'JSON', reason: issue?.message ?? 'invalid' },
    { cause: parsed.error },
  )
}

/** The vocabulary as token and id, added tokens included. */
export function* vocabularyEntries({
  model,
  added_tokens,
}: TokenizerJson): Generator<readonly [string, number]> {
  if (model.type === 'Unigram') for (const [id, [token]] of model.vocab.entries()) yield [token, id]
  else yield* Object.entries(model.vocab)
  for (const { content, id } of added_tokens) yield [content, id]
}

/**
 * SHA-256 of what decides the ids: vocabulary, merges, normalizer, pre-tokenizer, added tokens. Two spellings of
 * the same tokenizer (merges as strings or pairs, defaults left out, another decoder) have one fingerprint.
 */
export function tokenizerFingerprint({
  added_tokens,
  normalizer,
  pre_tokenizer,
  model,
}: TokenizerJson): string {
  const comparable =
    model.type === 'BPE'
      ? {
          ...model,
          merges: model.merges.map((merge) => (typeof merge === 'string' ? merge : merge.join(' '))),
        }
      : model
  return sha256(
    canonicalJson({
      addedTokens: added_tokens.toSorted((a, b) => a.id - b.id),
      normalizer,
      preTokenizer: pre_tokenizer,
      model: { ...comparable, dropout: null },
    }),
  )
}
