import { AppError } from '../../shared/errors.ts'
import type { Tokenizer } from './tokenizer.ts'

/** A document as ids to score: position 0 is context only, every later position is scored. */
export interface ScorableDocument {
  /** The start token, if the tokenizer has one, and the document's ids. */
  readonly ids: Int32Array
  /** Scored positions: `ids.length − 1`. */
  readonly scoredTokens: number
  /** UTF-8 bytes of the text that the scored positions stand for: the divisor of bits per byte. */
  readonly scoredBytes: number
}

/**
 * A part of a document in one pass of the model: `ids[start, end − 1)` are fed, `ids[start + 1, end)` are their
 * targets, and the targets at positions `[scoreFrom, end)` count.
 */
export interface ScoringWindow {
  readonly start: number
  readonly end: number
  readonly scoreFrom: number
}

/**
 * A text ready for scoring. With a start token the whole text is scored; without one its first token is not, since
 * nothing precedes it, and its bytes do not count. The rule depends on the tokenizer only, so arms that share a
 * tokenizer are scored on identical ids.
 *
 * @throws AppError tokens/unencodable
 */
export function encodeDocument(tokenizer: Tokenizer, text: string): ScorableDocument {
  const body = tokenizer.encode(text)
  const bytes = Buffer.byteLength(text)
  if (tokenizer.startId === null) {
    return {
      ids: body,
      scoredTokens: Math.max(0, body.length - 1),
      scoredBytes: bytes - tokenizer.byteLength(body.subarray(0, 1)),
    }
  }
  const ids = new Int32Array(body.length + 1)
  ids[0] = tokenizer.startId
  ids.set(body, 1)
  return { ids, scoredTokens: body.length, scoredBytes: bytes }
}

/**
 * Rolling windows over the positions of a document (method.md §5): a stride of half a window; each of the positions
 * `1 … length − 1` is scored exactly once; a window that does not begin the document gives its scored positions at
 * least half a window of left context.
 *
 * @param length positions of the document, the context-only first one included
 * @param window most positions in one window, targets included; at least 2
 * @throws AppError tokens/window
 */
export function rollingWindows(length: number, window: number): ScoringWindow[] {
  if (!Number.isInteger(window) || window < 2) throw new AppError('tokens/window', { window })
  const stride = strideOf(window)
  const windows: ScoringWindow[] = []
  let scored = 1
  for (let start = 0; scored < length; start += stride) {
    const end = Math.min(length, start + window)
    windows.push({ start, end, scoreFrom: scored })
    scored = end
  }
  return windows
}

/** Half a window, in positions; the left context of a window is never shorter than this. */
export function strideOf(window: number): number {
  return Math.floor(window / 2)
}

/** The bucket of a scored position (1 or more): floor(log2(position)). */
export function positionBucket(position: number): number {
  return 31 - Math.clz32(position)
}

/** The positions [from, to) of a bucket. */
export function bucketRange(bucket: number): { readonly from: number; readonly to: number } {
  return { from: 2 ** bucket, to: 2 ** (bucket + 1) }
}
