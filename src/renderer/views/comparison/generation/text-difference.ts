/** A text cut at its first difference from another. */
export interface DifferenceCut {
  /** What both share. */
  readonly same: string
  /** The first character (as a reader counts them) that differs; empty where this text ends first. */
  readonly different: string
  readonly rest: string
}

/**
 * Cuts two texts where they first differ, never inside a character that is written with several code units; null while
 * neither departs from the other.
 *
 * @param isComplete both texts have ended, so that one being shorter is a difference too
 */
export function cutAtDifference(
  texts: readonly [string, string],
  isComplete: boolean,
): readonly [DifferenceCut, DifferenceCut] | null {
  const [first, second] = texts
  if (first === second) return null
  const shorter = Math.min(first.length, second.length)
  let at = 0
  while (at < shorter && first.charCodeAt(at) === second.charCodeAt(at)) at++
  if (at === shorter && !isComplete) return null
  const start = Math.min(characterStart(first, at), characterStart(second, at))
  return [cut(first, start), cut(second, start)]
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })
/** More code units than any character in real text has. */
const LONGEST_CHARACTER = 64

/** Where the character that holds position `at` begins. */
function characterStart(text: string, at: number): number {
  const from = Math.max(0, at - LONGEST_CHARACTER)
  const piece = text.slice(from, at + LONGEST_CHARACTER)
  const found = segmenter.segment(piece).containing(at - from)
  return found === undefined ? at : from + found.index
}

function cut(text: string, start: number): DifferenceCut {
  const tail = text.slice(start, start + LONGEST_CHARACTER)
  const different = segmenter.segment(tail).containing(0)?.segment ?? ''
  return { same: text.slice(0, start), different, rest: text.slice(start + different.length) }
}
