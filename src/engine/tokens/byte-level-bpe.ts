import { setImmediate } from 'node:timers/promises'

import { SplitPreTokenizer } from '@huggingface/tokenizers'

import { AppError } from '../../shared/errors.ts'
import { ProgressMeter } from '../kernel/eta.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { type CountedPiece, type Merge, MergeLearner } from './bpe-merges.ts'
import { BYTE_CHARACTERS } from './byte-alphabet.ts'
import { BILINGUAL_PATTERN } from './pre-tokenizer.ts'

/** Begins every document, and ends generation. */
export const END_OF_TEXT = '<|endoftext|>'

export interface BpeTrainingOptions {
  /** Tokens in all: special tokens, the 256 bytes, merges. */
  readonly vocabSize: number
  /** Get the ids from 0 on. The first one begins every sequence. */
  readonly specialTokens?: readonly string[]
  /** Regular expression (Oniguruma syntax) whose matches are the pieces that no token crosses. */
  readonly pattern?: string
  /** A pair that occurs less often is not merged. */
  readonly minPairCount?: number
}

/** How long the event loop may wait for a cancellation to be heard. */
const YIELD_MS = 50

/**
 * Trains a byte-level BPE tokenizer in the manner of GPT-2 and Llama 3 and returns it as the text of a
 * tokenizer.json. Ids: special tokens, the 256 bytes, then merges in the order learnt. The result depends on how
 * often each piece occurs only, not on the order of the texts. Fewer than `vocabSize` tokens result when the text
 * has no pair left that occurs `minPairCount` times. Decoding what was encoded gives back any well-formed string.
 *
 * @throws AppError tokens/vocabulary-size when `vocabSize` has no room for the bytes and special tokens,
 *   tokens/no-text when there is nothing to learn from
 */
export async function trainByteLevelBpe(
  texts: Iterable<string>,
  {
    vocabSize,
    specialTokens = [END_OF_TEXT],
    pattern = BILINGUAL_PATTERN,
    minPairCount = 2,
  }: BpeTrainingOptions,
  ctx: RunContext,
): Promise<string> {
  const firstByte = specialTokens.length
  const smallest = firstByte + BYTE_CHARACTERS.length
  if (!Number.isInteger(vocabSize) || vocabSize < smallest || vocabSize > 2 ** 20) {
    throw new AppError('tokens/vocabulary-size', { size: vocabSize, smallest, largest: 2 ** 20 })
  }
  const pieces = await countPieces(texts, pattern, firstByte, ctx)
  if (pieces.length === 0) throw new AppError('tokens/no-text')

  const tokens = [...specialTokens, ...BYTE_CHARACTERS]
  const ids = new Map(tokens.map((token, id) => [token, id]))
  const merges: Merge[] = []
  const learner = new MergeLearner(pieces)
  const meter = new ProgressMeter(
    { kind: 'tokenize', label: 'BPE', unit: 'tokens' },
    vocabSize - tokens.length,
    ctx.report,
  )
  const breathe = breather(ctx.signal)
  let reported = tokens.length
  while (tokens.length < vocabSize) {
    const pair = learner.next(minPairCount)
    if (pair === undefined) break
    // Two pairs may spell the same token (ab+c, a+bc): both then lead to one id.
    const token = tokens[pair.left]! + tokens[pair.right]!
    if (specialTokens.includes(token)) continue
    const merged = ids.get(token) ?? tokens.length
    if (merged === tokens.length) {
      tokens.push(token)
      ids.set(token, merged)
    }
    learner.apply({ ...pair, merged })
    merges.push({ ...pair, merged })
    if (await breathe()) {
      meter.advance(tokens.length - reported)
      reported = tokens.length
    }
  }
  meter.advance(vocabSize - reported)
  return tokenizerJson(tokens, merges, specialTokens, pattern)
}

/** The distinct pieces of the texts as byte symbols, with their counts. */
async function countPieces(
  texts: Iterable<string>,
  pattern: string,
  firstByte: number,
  { signal }: RunContext,
): Promise<CountedPiece[]> {
  const splitter = new SplitPreTokenizer(splitStep(pattern))
  const counts = new Map<string, number>()
  const breathe = breather(signal)
  for (const text of texts) {
    for (const piece of splitter.pre_tokenize_text(text)) counts.set(piece, (counts.get(piece) ?? 0) + 1)
    await breathe()
  }
  const encoder = new TextEncoder()
  return Array.from(counts, ([piece, count]) => ({
    symbols: Array.from(encoder.encode(piece), (byte) => firstByte + byte),
    count,
  }))
}

/** Lets the event loop run once `YIELD_MS` have passed (then true), so that an abort is heard. */
function breather(signal: AbortSignal): () => Promise<boolean> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < YIELD_MS) return false
    await setImmediate()
    signal.throwIfAborted()
    last = performance.now()
    return true
  }
}

function splitStep(pattern: string) {
  return { type: 'Split' as const, pattern: { Regex: pattern }, behavior: 'Isolated' as const, invert: false }
}

function tokenizerJson(
  tokens: readonly string[],
  merges: readonly Merge[],
  specialTokens: readonly string[],
  pattern: string,
): string {
  const first = specialTokens[0]
  return JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        splitStep(pattern),
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: first === undefined ? null : beginWith(first),
    decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: merges.map(({ left, right }) => `${tokens[left]} ${tokens[right]}`),
    },
  })
}

function beginWith(token: string) {
  const special = { SpecialToken: { id: token, type_id: 0 } }
  const first = { Sequence: { id: 'A', type_id: 0 } }
  const second = { Sequence: { id: 'B', type_id: 1 } }
  return {
    type: 'TemplateProcessing',
    single: [special, first],
    pair: [special, first, special, second],
    special_tokens: { [token]: { id: token, ids: [0], tokens: [token] } },
  }
}
