import type { DocumentText } from '../../../shared/contract/documents.ts'
import type { SensitiveKind } from '../../../shared/documents.ts'

/** UTF-16 code units of a piece: a few screens of text, laid out well within a frame. */
const PIECE_CHARACTERS = 6_000
/** How far back from its end a piece may be cut to end with a line. */
const LINE_SEARCH = 2_000

/** A stretch of text that is warned of, or one that is not. */
export interface TextSegment {
  readonly text: string
  readonly kind: SensitiveKind | null
  /** Place of the passage among all, from 0; null where none begins. */
  readonly passage: number | null
}

export interface TextPage {
  /** From 1; null for a format without pages. */
  readonly number: number | null
  /** Laid out one after the other, each a block of its own. */
  readonly pieces: readonly (readonly TextSegment[])[]
}

interface Range {
  readonly from: number
  readonly to: number
}

/** A text as it is shown: by page, in pieces that are laid out one after the other, with the passages to be warned of. */
export function pagesOf({ text, pageStarts, sensitive }: DocumentText): readonly TextPage[] {
  const starts = pageStarts.length === 0 ? [0] : [0, ...pageStarts.slice(1)]
  let passage = 0
  return starts.map((start, index) => {
    const page = trimmed(text, start, starts[index + 1] ?? text.length)
    const pieces = cutIntoPieces(text, page).map((piece) => {
      while ((sensitive[passage]?.to ?? Infinity) <= piece.from) passage++
      return segmentsOf(text, piece, sensitive, passage)
    })
    return { number: pageStarts.length === 0 ? null : index + 1, pieces }
  })
}

/** Without the break that ends a page. */
function trimmed(text: string, from: number, end: number): Range {
  let to = end
  while (to > from && (text[to - 1] === '\f' || text[to - 1] === '\n')) to--
  return { from, to }
}

function segmentsOf(
  text: string,
  { from, to }: Range,
  sensitive: DocumentText['sensitive'],
  first: number,
): readonly TextSegment[] {
  const segments: TextSegment[] = []
  let at = from
  for (let index = first; index < sensitive.length; index++) {
    const passage = sensitive[index]
    if (passage === undefined || passage.from >= to) break
    const start = Math.max(at, passage.from)
    const end = Math.min(to, passage.to)
    if (start >= end) continue
    if (start > at) segments.push({ text: text.slice(at, start), kind: null, passage: null })
    const begins = passage.from >= from
    segments.push({ text: text.slice(start, end), kind: passage.kind, passage: begins ? index : null })
    at = end
  }
  if (at < to) segments.push({ text: text.slice(at, to), kind: null, passage: null })
  return segments
}

/**
 * Cuts a long text into pieces. A piece ends with a line where one ends nearby, never within a surrogate pair; the pieces
 * together are the text, except the line breaks at the cuts.
 *
 * @returns the pieces without the line break that ends each
 */
export function cutIntoPieces(
  text: string,
  { from, to }: Range = { from: 0, to: text.length },
  pieceCharacters = PIECE_CHARACTERS,
): readonly Range[] {
  const pieces: Range[] = []
  let start = from
  while (to - start > pieceCharacters) {
    const end = start + pieceCharacters
    const line = text.lastIndexOf('\n', end)
    if (line > start && end - line <= Math.min(LINE_SEARCH, pieceCharacters)) {
      pieces.push({ from: start, to: line })
      start = line + 1
    } else {
      const cut = isLowSurrogate(text.charCodeAt(end)) ? end - 1 : end
      pieces.push({ from: start, to: cut })
      start = cut
    }
  }
  pieces.push({ from: start, to })
  return pieces
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff
