import { z } from 'zod'

import type { DecoderConfig } from '../graph/index.ts'

export const TOKENIZER_CONFIG_FILE = 'tokenizer_config.json'

const addedTokensSchema = z.looseObject({
  added_tokens: z.array(z.looseObject({ id: z.int(), content: z.string() })).default([]),
})

/**
 * The tokenizer_config.json that goes with a tokenizer.json: the generic fast tokenizer, with the texts of the
 * special tokens that the model's config names by id.
 */
export function formatTokenizerConfig(
  tokenizerJson: string,
  config: DecoderConfig,
): Readonly<Record<string, unknown>> {
  const { added_tokens } = addedTokensSchema.parse(JSON.parse(tokenizerJson))
  const textOf = (id: number | null | undefined): string | null =>
    added_tokens.find((token) => token.id === id)?.content ?? null
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    model_max_length: config.maxPositions,
    bos_token: textOf(config.bosTokenId),
    eos_token: textOf(config.eosTokenIds[0]),
    clean_up_tokenization_spaces: false,
  }
}
