import type { TextRange } from '../../../stores/generation-draft.ts'

/** The paragraph around a position: up to the nearest blank lines, without surrounding white space. */
export function paragraphAt(text: string, position: number): TextRange {
  let from = 0
  for (const { index, 0: gap } of text.matchAll(/\n[^\S\n]*\n/g)) {
    if (index + gap.length > position) return trimmed(text, { from, to: index })
    from = index + gap.length
  }
  return trimmed(text, { from, to: text.length })
}

function trimmed(text: string, { from, to }: TextRange): TextRange {
  const piece = text.slice(from, to)
  const start = from + (piece.length - piece.trimStart().length)
  return { from: start, to: start + piece.trim().length }
}

/** What the models are given: instructions before and after a passage, apart by a blank line. */
export function composePrompt(parts: {
  readonly before: string
  readonly passage: string
  readonly after: string
}): string {
  return [parts.before, parts.passage, parts.after]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The contract's limit of one prompt, in code units. */
export const LONGEST_PROMPT = 2_000_000
