import type { Tokenizer } from '../../tokens/index.ts'

export interface FittedPrompt {
  readonly ids: Int32Array
  /** Tokens cut from the front. */
  readonly droppedTokens: number
  /** New tokens that still have a place behind it; at least 1. */
  readonly maxTokens: number
}

/**
 * Fits a prompt into a model's positions by cutting from its front; the start token stays, since models lean on it.
 * New tokens have a claim to half of the positions at most, so that a long answer does not push the prompt out.
 *
 * @param ids the prompt with its start token, if the tokenizer has one
 */
export function fitPrompt(
  ids: Int32Array,
  { startId }: Pick<Tokenizer, 'startId'>,
  maxPositions: number,
  maxTokens: number,
): FittedPrompt {
  // The last new token is never fed back, so it takes no place.
  const places = maxPositions + 1
  const room = places - Math.min(maxTokens, Math.floor(maxPositions / 2))
  const droppedTokens = Math.max(0, ids.length - room)
  const kept = ids.slice(droppedTokens)
  if (droppedTokens > 0 && startId !== null) kept[0] = startId
  return { ids: kept, droppedTokens, maxTokens: Math.min(maxTokens, places - kept.length) }
}
