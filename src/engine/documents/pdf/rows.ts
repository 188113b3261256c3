import { beginsItem, isListMark, isWide, lastCharacter } from './characters.ts'
import { hasEvenSpaces, hasSureStart, isJustified } from './justified.ts'
import { withParagraphs } from './numbered-paragraphs.ts'
import { blankBetween, prevailingSize, SAME_LINE, type Segment } from './segments.ts'
import { isTableRow, type TableColumns, tableColumns } from './table-columns.ts'
import type { Flow } from './text-run.ts'

/** A line of text, or a row of a table. */
export interface Row {
  /** Cells apart by tabs. */
  readonly text: string
  readonly isTable: boolean
  /** Whether an item of a list or a numbered clause begins with it. */
  readonly isItem: boolean
  readonly start: number
  readonly end: number
  /** Of its first and of its last line. */
  readonly line: number
  readonly lastLine: number
  readonly size: number
  readonly flow: Flow
  /** Whether readings beside the lines make their distances uneven. */
  readonly hasRuby: boolean
  /** Where across the page it stands, 0 to 1. */
  readonly position: number
}

/** What rows have in common with all others of one flow of a page. */
interface Origin {
  readonly flow: Flow
  /** How far the page reaches across the lines. */
  readonly extent: number
  readonly hasRuby: boolean
}

export interface Cell {
  readonly segments: Segment[]
  start: number
  end: number
}

/** A row that may still get cells. */
export interface OpenRow {
  readonly cells: Cell[]
  /** Baseline of the first line. */
  readonly line: number
  readonly size: number
  /** Whether a bare number that stood apart begins it. */
  readonly isNumbered?: boolean
}

/** Gaps from here on lie between cells, in ems. */
const CELL_GAP = 2
/** Smaller ones do if a neighbouring line has one at the same place. */
const ALIGNED = 0.3
/** Room that typed spaces take at most, in ems. */
const MAX_FULL_SPACE = 1.4
const MAX_SPACE = 0.8
const MAX_CELL_LINES = 6
/** Rows looked at, up and down, for a cell at the same place. */
const EDGE_REACH = 5
/** From the mark of a list item to its text, in ems. */
const MAX_MARK_GAP = 3
/** How far above the line of the cell beside it a cell may begin, in ems. */
const MAX_RISE = 6
const TIGHT_PITCH = 1.9
/** Lines of one cell follow one another evenly within this, in ems. */
const UNEVEN = 0.3

/** Lines, and rows of cells that stand side by side. */
export function toRows(segments: readonly Segment[], origin: Origin): readonly Row[] {
  const open: OpenRow[] = []
  let last: Segment | undefined
  for (const segment of segments) {
    addSegment(open, last, segment)
    last = segment
  }
  const joined = open.map((row, index) => {
    const [above, below] = [open[index - 1], open[index + 1]]
    if (isJustified(row, above, below)) return asLine(row)
    return joinNarrow(row, rowsAround(open, index, 1, 1), rowsAround(open, index, 2, EDGE_REACH))
  })
  const rows = withParagraphs(joined)
  const columns = tableColumns(rows)
  return rows.map((row, index) => {
    const own = columns[index] ?? null
    return own === null ? lineOf(row, origin) : tableRow(row, own, origin)
  })
}

function addSegment(rows: OpenRow[], last: Segment | undefined, segment: Segment): void {
  const row = rows.at(-1)
  const cell = row?.cells.at(-1)
  if (row === undefined || cell === undefined || last === undefined) {
    rows.push(newRow(segment))
    return
  }
  const em = Math.max(last.size, segment.size)
  const fall = (segment.line - last.line) / em
  const isRight = segment.start >= cell.end - ALIGNED * em
  const isBeside = Math.abs(fall) <= SAME_LINE && isRight
  if (isBeside && isMarkOf(row, segment)) {
    const text = `${cell.segments[0]!.text} ${segment.text}`
    cell.segments[0] = { ...segment, text, start: cell.start }
    cell.end = segment.end
  } else if (isBeside) {
    row.cells.push(newCell(segment))
  } else if (fall < 0 && isRight && startsBeside(rows, segment)) {
    gatherCell(rows, segment)
    rows.at(-1)!.cells.push(newCell(segment))
  } else if (row.cells.length > 1 && continuesCell(row, cell, segment, fall)) {
    cell.segments.push(segment)
    cell.start = Math.min(cell.start, segment.start)
    cell.end = Math.max(cell.end, segment.end)
  } else {
    rows.push(newRow(segment))
  }
}

/** Whether a row is the mark of the list item that a segment begins. */
function isMarkOf({ cells }: OpenRow, segment: Segment): boolean {
  const [cell] = cells
  if (cell === undefined || cells.length > 1 || cell.segments.length > 1) return false
  return segment.start - cell.end <= MAX_MARK_GAP * segment.size && isListMark(cell.segments[0]!.text)
}

function newRow(segment: Segment): OpenRow {
  return { cells: [newCell(segment)], line: segment.line, size: segment.size }
}

function newCell(segment: Segment): Cell {
  return { segments: [segment], start: segment.start, end: segment.end }
}

/** Rows that the cell before a segment spans, counted from the last one; 0 if the segment is beside none. */
function spanBeside(rows: readonly OpenRow[], segment: Segment): number {
  const top = segment.line - 0.8 * segment.size
  for (let count = 1; count <= MAX_CELL_LINES && count <= rows.length; count++) {
    const row = rows[rows.length - count]!
    if (row.cells.length > 1) {
      return count === 1 && row.line >= top && isTallBeside(rows.at(-2), row, segment) ? 1 : 0
    }
    const [cell] = row.cells
    if (cell === undefined || cell.end > segment.start + ALIGNED * segment.size) return 0
    if (Math.abs(row.line - segment.line) <= 0.8 * segment.size) {
      return count + Number(isCentred(rows, count + 1, segment))
    }
    if (row.line < top) return 0
  }
  return 0
}

/** Whether a segment may be the top of a cell beside a row, and does not begin the column of text beside justified lines. */
function isTallBeside(above: OpenRow | undefined, row: OpenRow, segment: Segment): boolean {
  if (row.line - segment.line > MAX_RISE * segment.size) return false
  if (above === undefined || above.line < segment.line - SAME_LINE * segment.size) return true
  return above.cells.at(-1)!.end <= row.cells.at(-1)!.start || !hasEvenSpaces(row)
}

/** Whether the middle of the last `count` rows, lines of one cell, is rather beside a segment than the last rows are. */
function isCentred(rows: readonly OpenRow[], count: number, { line, start, size }: Segment): boolean {
  const row = rows[rows.length - count]
  const last = rows.at(-1)
  const [cell] = row?.cells ?? []
  if (row === undefined || last === undefined || cell === undefined || row.cells.length > 1) return false
  const pitches = rows.slice(1 - count).map(({ line: below }, index) => below - rows.at(index - count)!.line)
  const widest = Math.min(TIGHT_PITCH * size, Math.min(...pitches) + UNEVEN * size)
  if (cell.end > start || Math.max(...pitches) > widest) return false
  return Math.abs((row.line + last.line) / 2 - line) < Math.abs(last.line - line) / 2
}

function startsBeside(rows: readonly OpenRow[], segment: Segment): boolean {
  return spanBeside(rows, segment) > 0
}

/** Makes one cell of the lines that turned out to be the first cell of a row. */
function gatherCell(rows: OpenRow[], segment: Segment): void {
  const lines = rows.splice(rows.length - spanBeside(rows, segment))
  const [first] = lines
  if (first === undefined) return
  const [cell] = first.cells
  for (const { cells } of lines.slice(1)) {
    for (const { segments, start, end } of cells) {
      cell?.segments.push(...segments)
      if (cell !== undefined) [cell.start, cell.end] = [Math.min(cell.start, start), Math.max(cell.end, end)]
    }
  }
  rows.push(first)
}

/** Whether a segment is a further line of the last cell of a row: below it and right of the cell before. */
function continuesCell(row: OpenRow, cell: Cell, segment: Segment, fall: number): boolean {
  const before = row.cells.at(-2)
  return (
    fall > SAME_LINE &&
    fall <= TIGHT_PITCH &&
    before !== undefined &&
    !isTyped(before, cell) &&
    !isListMark(segment.text) &&
    segment.start >= before.end - ALIGNED * segment.size &&
    segment.start <= cell.end &&
    segment.end >= cell.start &&
    cell.segments.length < MAX_CELL_LINES
  )
}

/** The cells of a row, each of one line, as one line. */
function asLine(row: OpenRow): OpenRow {
  const segments = row.cells.flatMap((cell) => cell.segments)
  const [first, last] = [segments[0]!, segments.at(-1)!]
  const text = segments.map((segment, index) => (index > 0 ? segment.blank : '') + segment.text).join('')
  const whole = { ...first, text, end: last.end, size: prevailingSize(segments) }
  return { ...row, cells: [newCell(whole)] }
}

/**
 * Joins the parts of a line whose gaps are mere spaces.
 *
 * @param adjacent the rows above and below it
 * @param near rows beyond them
 */
function joinNarrow(row: OpenRow, adjacent: readonly OpenRow[], near: readonly OpenRow[]): OpenRow {
  if (row.cells.length === 1) return row
  const cells: Cell[] = []
  for (const cell of row.cells) {
    const before = cells.at(-1)
    const left = before?.segments.at(-1)
    const right = cell.segments[0]
    if (before === undefined || left === undefined || right === undefined) {
      cells.push({ ...cell, segments: [...cell.segments] })
      continue
    }
    const em = Math.max(left.size, right.size)
    const ems = (cell.start - before.end) / em
    const isCell =
      !isTyped(before, cell) &&
      (ems >= CELL_GAP ||
        adjacent.some((other) => hasEdge(other, cell, em)) ||
        near.some((other) => hasSureStart(other, cell, em)))
    if (isCell || before.segments.length > 1 || cell.segments.length > 1) {
      cells.push({ ...cell, segments: [...cell.segments] })
      continue
    }
    const blank = blankBetween(left.text, right, ems)
    const size = prevailingSize([left, right])
    before.segments[0] = { ...left, text: left.text + blank + right.text, end: right.end, size }
    before.end = cell.end
  }
  return { ...row, cells }
}

/** The rows above and below one at such distances, as long as all rows on the way have cells. */
function rowsAround(rows: readonly OpenRow[], index: number, from: number, to: number): readonly OpenRow[] {
  const around: OpenRow[] = []
  for (const step of isTableRow(rows[index]!) ? [-1, 1] : []) {
    for (let distance = 1; distance <= to; distance++) {
      const row = rows[index + step * distance]
      if (row === undefined || !isTableRow(row)) break
      if (distance >= from) around.push(row)
    }
  }
  return around
}

/** Whether the gap between two cells is that of typed spaces, which take the room that they need; tabs take much more. */
function isTyped(left: Cell, right: Cell): boolean {
  const [first] = right.segments
  if (first === undefined || first.blank === '') return false
  return (right.start - left.end) / Math.max(left.segments.at(-1)!.size, first.size) <= roomOf(first.blank)
}

/** Most room that space characters take, in ems, with justification. */
function roomOf(blank: string): number {
  return Array.from(blank).reduce((ems, space) => ems + (space === '\u3000' ? MAX_FULL_SPACE : MAX_SPACE), 0)
}

/** Whether a row has a cell that begins or ends where this one does, after a gap. */
function hasEdge(row: OpenRow, cell: Cell, em: number): boolean {
  return row.cells.some(
    ({ start, end }, index) =>
      index > 0 && (Math.abs(start - cell.start) <= ALIGNED * em || Math.abs(end - cell.end) <= ALIGNED * em),
  )
}

function tableRow(row: OpenRow, columns: TableColumns, origin: Origin): Row {
  let text = ''
  let column = 0
  for (const [index, cell] of row.cells.entries()) {
    const found = columns.findIndex(([start, end]) => cell.start >= start && cell.start <= end)
    const target = Math.max(found, column)
    text += '\t'.repeat(Math.max(target - column, index > 0 && target === column ? 1 : 0))
    text += cellText(cell)
    column = target
  }
  return measured(row, text, true, origin)
}

function lineOf(row: OpenRow, origin: Origin): Row {
  return measured(row, row.cells.map(cellText).join('\t'), false, origin)
}

function measured(row: OpenRow, text: string, isTable: boolean, { flow, extent, hasRuby }: Origin): Row {
  const segments = row.cells.flatMap((cell) => cell.segments)
  return {
    text,
    isTable,
    isItem: row.isNumbered === true || beginsItem(text),
    start: row.cells[0]?.start ?? 0,
    end: row.cells.at(-1)?.end ?? 0,
    line: row.line,
    lastLine: segments.reduce((last, { line }) => Math.max(last, line), row.line),
    size: prevailingSize(segments),
    flow,
    hasRuby,
    position: extent > 0 ? row.line / extent : 0,
  }
}

/** The lines of a cell as one. */
function cellText({ segments }: Cell): string {
  return segments.reduce((text, segment) => {
    if (text === '') return segment.text
    const end = lastCharacter(text)
    const isTight = isWide(end) || isWide(segment.text) || end === '-'
    return `${text}${isTight ? '' : ' '}${segment.text}`
  }, '')
}
