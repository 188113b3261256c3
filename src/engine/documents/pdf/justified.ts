import { isWide } from './characters.ts'
import type { Cell, OpenRow } from './rows.ts'

/** Gaps of a justified line are equal within this share, and its ends those of its neighbours within so many ems. */
const EQUAL = 0.15
const SAME_EDGE = 0.3
/** Cells of a column begin at one place within this, in ems, at least one of them after a gap that is surely none of words. */
const SAME_START = 0.1
const SURE_GAP = 2
/** Gaps within a cell are narrower than this, in ems. */
const MAX_INNER_GAP = 0.9
/** No line of text has more. */
const MAX_WORDS = 100
/** Room of a space that is not stretched, in ems. */
const USUAL_SPACE = 0.25

/**
 * Whether the wide gaps of a row are the spaces of a justified line: typed, of one width, none left out, in a line that
 * ends where its neighbours do and has no room for the next word. Gaps that stand below gaps are those of a table.
 */
export function isJustified(row: OpenRow, above: OpenRow | undefined, below: OpenRow | undefined): boolean {
  if (!hasEvenSpaces(row)) return false
  const [, ...others] = row.cells
  const em = row.size
  if (others.every((cell) => [above, below].some((near) => hasSureStart(near, cell, em)))) return false
  if (![above, below].some((near) => endsAlike(row, near, em))) return false
  const stretched = gapsOf(row).reduce((sum, gap) => sum + gap - USUAL_SPACE * em, 0)
  return below === undefined || firstWord(below) > stretched
}

/** Whether the gaps of a row may be spaces: typed, and of one width, also within its cells. */
export function hasEvenSpaces(row: OpenRow): boolean {
  const { cells, size } = row
  if (cells.length < 2 || cells.length > MAX_WORDS || cells.some(({ segments }) => segments.length > 1))
    return false
  if (cells.some(({ segments }, index) => index > 0 && segments[0]!.blank !== ' ')) return false
  const gaps = gapsOf(row)
  const widest = Math.max(...gaps)
  if (Math.min(...gaps) < (1 - EQUAL) * widest) return false
  return widest <= MAX_INNER_GAP * size || !cells.some(({ segments }) => segments[0]!.text.includes(' '))
}

function gapsOf({ cells }: OpenRow): readonly number[] {
  return cells.slice(1).map(({ start }, index) => start - cells[index]!.end)
}

/** Whether a row has a cell that begins where this one does, after a gap that is surely none of words. */
export function hasSureStart(row: OpenRow | undefined, cell: Cell, em: number): boolean {
  return (
    row?.cells.some(
      ({ start }, index) =>
        index > 0 &&
        Math.abs(start - cell.start) <= SAME_START * em &&
        start - row.cells[index - 1]!.end >= SURE_GAP * em,
    ) ?? false
  )
}

function endsAlike(row: OpenRow, near: OpenRow | undefined, em: number): boolean {
  return near !== undefined && Math.abs(near.cells.at(-1)!.end - row.cells.at(-1)!.end) <= SAME_EDGE * em
}

/** Room that the first word of a row needs with the space before it. */
function firstWord({ cells, size }: OpenRow): number {
  const [cell] = cells
  const text = cell?.segments[0]?.text ?? ''
  if (cell === undefined || text === '') return 0
  if (isWide(text)) return size
  const space = text.indexOf(' ')
  const share = space < 0 ? 1 : space / text.length
  return share * (cell.end - cell.start) + USUAL_SPACE * size
}
