import type { ReadStep } from '../../../shared/documents.ts'
import { beginsItem, endsSentence, isWide, lastCharacter } from './characters.ts'
import { Hyphenation } from './hyphenation.ts'
import type { Row } from './rows.ts'

/** Lines of one paragraph follow one another within this distance, in ems, and evenly. */
const MAX_PITCH = 3
const UNEVEN = 0.3
const UNEVEN_RUBY = 0.9
const SAME_SIZE = 0.1
/** How far from the edge a full line may end, in ems: no line begins with a comma or ends with an opening bracket. */
const FULL = 1.6
const INDENT = 0.6
const MAX_FIRST_INDENT = 4
const MAX_HANGING_INDENT = 6
/** Lines end at one edge within this, in ems; and how many of them do. */
const EDGE = 0.6
const EDGE_SHARE = 0.1
/** How long full lines are at least, as a share of the longest one. */
const MIN_EDGE = 0.5

/** Edges of lines one below the other, and how far apart they are as a rule. */
interface Column {
  readonly start: number
  readonly end: number
  readonly pitch: number
}

interface Paragraph {
  readonly page: number
  readonly parts: string[]
  last: Row
  /** Lines that it has in the column of its last one, and how far they are apart. */
  lines: number
  pitch: number
  /** The column of its last line. */
  column: Column
  readonly isItem: boolean
  /** Whether its first line begins further right than the lines around it. */
  readonly isIndented: boolean
}

/** Text by pages, made of lines. */
export interface ParagraphText {
  /** A paragraph belongs to the page on which it begins. */
  readonly pages: readonly string[]
  readonly steps: readonly ReadStep[]
}

/**
 * Joins lines to paragraphs by geometry: a line that is full and whose next one stands where a paragraph goes on.
 *
 * @param pages rows of each page in reading order, without furniture
 * @param usesSpaces whether the document has spaces between Japanese and Latin text
 */
export function joinParagraphs(pages: readonly (readonly Row[])[], usesSpaces: boolean): ParagraphText {
  const steps = new Set<ReadStep>()
  const hyphenation = new Hyphenation(pages)
  const paragraphs: Paragraph[] = []
  for (const [page, rows] of pages.entries()) {
    const columns = columnsOf(rows)
    for (const [index, row] of rows.entries()) {
      const current = paragraphs.at(-1)
      const column = columns[index]!
      const isBelow = index > 0 && column === columns[index - 1]
      const continues =
        current !== undefined && (isBelow ? continuesLine : continuesElsewhere)(current, row, column)
      if (!continues) {
        paragraphs.push(newParagraph(page, row, column))
        continue
      }
      steps.add('line-joins')
      if (join(current, row, hyphenation, usesSpaces)) steps.add('hyphenation')
      current.pitch = isBelow ? row.line - current.last.lastLine : 0
      current.lines = isBelow ? current.lines + 1 : 1
      current.last = row
      current.column = column
    }
  }
  const texts = pages.map((): string[] => [])
  for (const { page, parts } of paragraphs) texts[page]!.push(parts.join(''))
  return { pages: texts.map((lines) => lines.join('\n')), steps: [...steps] }
}

function newParagraph(page: number, row: Row, column: Column): Paragraph {
  const indent = (row.start - column.start) / row.size
  const isIndented = indent >= INDENT && indent <= MAX_FIRST_INDENT
  return {
    page,
    parts: [row.text],
    last: row,
    lines: 1,
    pitch: 0,
    column,
    isItem: beginsItem(row.text),
    isIndented,
  }
}

/** Appends a line; whether a hyphen was taken away. */
function join(paragraph: Paragraph, row: Row, hyphenation: Hyphenation, usesSpaces: boolean): boolean {
  const { parts, last } = paragraph
  const unhyphenated = hyphenation.undo(last.text, row.text)
  const tail = parts.pop() ?? ''
  if (unhyphenated !== null) {
    parts.push(tail.slice(0, -1), row.text)
    return true
  }
  const end = lastCharacter(last.text)
  const wideSides = Number(isWide(end)) + Number(isWide(row.text))
  const needsSpace = wideSides === 0 ? end !== '-' : wideSides === 1 && usesSpaces
  parts.push(tail, needsSpace ? ' ' : '', row.text)
  return false
}

function isFull(row: Row, next: Row, column: Column): boolean {
  const room = (column.end - row.end) / row.size
  const isJapanese = isWide(lastCharacter(row.text)) || isWide(next.text)
  // The first word of the next line would not have found room.
  const share = wordLength(next.text) / Math.max(1, next.text.length)
  return room <= Math.max(isJapanese ? FULL : EDGE, ((next.end - next.start) * share) / row.size)
}

/** Of the first word, with the space after it; 0 before kanji and kana, which are broken anywhere. */
function wordLength(text: string): number {
  let length = 0
  for (const character of text) {
    if (isWide(character)) return length
    length += character.length
    if (character === ' ' || character === '\t' || character === '-') return length
  }
  return length
}

function isAlike(before: Row, next: Row): boolean {
  const isEqualSize = Math.abs(before.size - next.size) <= SAME_SIZE * before.size
  return isEqualSize && before.flow === next.flow && !before.isTable && !next.isTable
}

/** Whether a line below the last one of a paragraph, in the same column, belongs to it. */
function continuesLine(paragraph: Paragraph, next: Row, column: Column): boolean {
  const { last } = paragraph
  if (!isAlike(last, next) || beginsItem(next.text)) return false
  const pitch = next.line - last.lastLine
  const usual = paragraph.pitch > 0 ? paragraph.pitch : column.pitch
  if (
    pitch <= 0 ||
    pitch > MAX_PITCH * last.size ||
    pitch > usual + (last.hasRuby ? UNEVEN_RUBY : UNEVEN) * last.size
  )
    return false
  const indent = (next.start - last.start) / last.size
  const isFirst = paragraph.lines === 1
  if (indent > INDENT && !(isFirst && paragraph.isItem && indent <= MAX_HANGING_INDENT)) return false
  if (indent < -INDENT && !(isFirst && indent >= -MAX_FIRST_INDENT)) return false
  return isFull(last, next, column)
}

/** Whether the first line of a page or column goes on with the last paragraph of the one before. */
function continuesElsewhere(paragraph: Paragraph, next: Row, column: Column): boolean {
  const { last } = paragraph
  if (!isAlike(last, next) || beginsItem(next.text)) return false
  // Where paragraphs are indented, a line that is not goes on with one.
  if (endsSentence(last.text) && !paragraph.isIndented) return false
  if (Math.abs(next.start - column.start) > INDENT * next.size) return false
  if (!isFull(last, next, paragraph.column)) return false
  return isWide(lastCharacter(last.text)) ? isWide(next.text) : /^\p{Ll}/u.test(next.text)
}

/** The column of each row. Rows that follow one another downwards, overlapping, share one. */
function columnsOf(rows: readonly Row[]): readonly Column[] {
  const columns: Column[] = []
  let from = 0
  for (let to = 1; to <= rows.length; to++) {
    const before = rows[to - 1]!
    const row = rows[to]
    const isSame =
      row !== undefined &&
      row.flow === before.flow &&
      row.line > before.lastLine &&
      row.start < before.end &&
      row.end > before.start
    if (isSame) continue
    const column = columnOf(rows.slice(from, to))
    for (; from < to; from++) columns.push(column)
  }
  return columns
}

function columnOf(rows: readonly Row[]): Column {
  const lines = rows.filter(({ isTable }) => !isTable)
  const ends = lines.map(({ end }) => end).sort((a, b) => b - a)
  const starts = lines.map(({ start }) => start).sort((a, b) => a - b)
  const em = lines[0]?.size ?? 0
  const pitches = rows
    .slice(1)
    .map((row, index) => row.line - rows[index]!.lastLine)
    .filter((pitch) => pitch > 0 && pitch <= MAX_PITCH * em)
    .sort((a, b) => a - b)
  return {
    start: starts[0] ?? 0,
    end: edgeOf(ends, starts[0] ?? 0, EDGE * em),
    pitch: pitches[pitches.length >> 1] ?? MAX_PITCH * em,
  }
}

/** The furthest place at which several lines end; a few that jut out do not make an edge, nor do a few short ones. */
function edgeOf(descending: readonly number[], start: number, tolerance: number): number {
  const furthest = descending[0] ?? 0
  const needed = Math.max(2, EDGE_SHARE * descending.length)
  let to = 0
  for (const [from, end] of descending.entries()) {
    if (end - start < MIN_EDGE * (furthest - start)) break
    while (to < descending.length && end - descending[to]! <= tolerance) to++
    if (to - from >= needed) return end
  }
  return furthest
}
