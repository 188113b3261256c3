import type { OpenRow } from './rows.ts'

/** From a number to its text, in ems. */
const MAX_GAP = 3
/** Text that may be a paragraph ends like a sentence or is so long, in ems. */
const MIN_LENGTH = 20
const NUMBER = /^(?:[\d０-９]{1,3}|\d{1,3}(?:\.\d{1,3}){1,4}\.?)$/
const SENTENCE_END = /[。．.：:]$/

/**
 * Numbers of paragraphs stand apart from their text like cells. Rows that have nothing but such a number and a text, and
 * no row of a table above or below, become the lines that they are.
 */
export function withParagraphs(rows: readonly OpenRow[]): readonly OpenRow[] {
  const result: OpenRow[] = []
  for (let from = 0; from < rows.length;) {
    let to = from + 1
    while (to < rows.length && rows[to - 1]!.cells.length > 1 && rows[to]!.cells.length > 1) to++
    const block = rows.slice(from, to)
    for (const row of block.every(isNumbered) ? block.flatMap(linesOf) : block) result.push(row)
    from = to
  }
  return result
}

function isNumbered({ cells, size }: OpenRow): boolean {
  const [number, text] = cells
  if (number === undefined || text === undefined || cells.length > 2) return false
  if (number.segments.length > 1 || !NUMBER.test(number.segments[0]!.text)) return false
  if (text.start - number.end > MAX_GAP * size) return false
  return text.end - text.start >= MIN_LENGTH * size || SENTENCE_END.test(text.segments.at(-1)!.text)
}

function linesOf({ cells }: OpenRow): readonly OpenRow[] {
  const [number, text] = cells
  return text!.segments.map((segment, index) => {
    const isFirst = index === 0
    const start = isFirst ? number!.start : segment.start
    const line = isFirst ? `${number!.segments[0]!.text} ${segment.text}` : segment.text
    const cell = { segments: [{ ...segment, text: line, start }], start, end: segment.end }
    return { cells: [cell], line: segment.line, size: segment.size, isNumbered: isFirst }
  })
}
