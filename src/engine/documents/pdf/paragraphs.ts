import type { ReadStep } from '../../../shared/documents.ts'
import { endsSentence, isOpening, isWide, lastCharacter } from './characters.ts'
import { type Column, columnsOf, LineEdges, MAX_PITCH } from './columns.ts'
import { Hyphenation } from './hyphenation.ts'
import type { Row } from './rows.ts'

/** How evenly lines of one paragraph follow one another, in ems. */
const UNEVEN = 0.3
const UNEVEN_RUBY = 0.9
const SAME_SIZE = 0.1
/**
 * How far from the edge a full line may end, in ems and as a share of the column: no line begins with a comma or ends
 * with an opening bracket.
 */
const FULL = 2
const FULL_SHARE = 0.1
const INDENT = 0.6
const MAX_FIRST_INDENT = 4
const MAX_HANGING_INDENT = 6
/** Lines that may stand there more than once are no longer than this, in ems. */
const MAX_REPEATED = 20
/** Lines are centred that begin at least so far apart, in ems, which is more than an indent, and have one middle. */
const MIN_CENTRED = 1.2
const SAME_MIDDLE = 0.1
/** How far from the edge a full line of Latin text may end, in ems. */
const EDGE = 0.6

interface Paragraph {
  readonly page: number
  readonly parts: string[]
  last: Row
  lastPage: number
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
  const edges = LineEdges.ofDocument(pages)
  const paragraphs: Paragraph[] = []
  for (const [page, rows] of pages.entries()) {
    const columns = columnsOf(rows, edges)
    for (const [index, row] of rows.entries()) {
      const current = paragraphs.at(-1)
      const column = columns[index]!
      const isBelow = index > 0 && column === columns[index - 1]
      const continues =
        current !== undefined &&
        (isBelow ? continuesLine(current, row, column) : continuesElsewhere(current, row, page, column))
      if (!continues) {
        paragraphs.push(newParagraph(page, row, column))
        continue
      }
      steps.add('line-joins')
      if (join(current, row, hyphenation, usesSpaces)) steps.add('hyphenation')
      current.pitch = isBelow ? row.line - current.last.lastLine : 0
      current.lines = isBelow ? current.lines + 1 : 1
      current.last = row
      current.lastPage = page
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
    lastPage: page,
    lines: 1,
    pitch: 0,
    column,
    isItem: row.isItem,
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
  const needsSpace =
    wideSides === 0 ? end !== '-' && !isSplitNumber(last.text, row.text) : wideSides === 1 && usesSpaces
  parts.push(tail, needsSpace ? ' ' : '', row.text)
  return false
}

/** Whether a line ends within a number, which is broken after its point in Japanese text only. */
function isSplitNumber(line: string, next: string): boolean {
  return /\d[.,]$/.test(line) && /^\d/.test(next) && Array.from(line).some(isWide)
}

/** Whether two lines have one middle: the room of a centred line is on both of its sides. */
function isCentred(row: Row, next: Row): boolean {
  const shift = Math.abs(row.start - next.start) / row.size
  const middles = Math.abs(row.start + row.end - next.start - next.end) / 2
  return shift > MIN_CENTRED && middles <= SAME_MIDDLE * row.size
}

function isFull(row: Row, next: Row, column: Column): boolean {
  const edge = column.endOf(row)
  const room = ((isCentred(row, next) ? 2 : 1) * (edge - row.end)) / row.size
  const isJapanese = isWide(lastCharacter(row.text)) || isWide(next.text)
  // The first word of the next line would not have found room.
  const share = wordLength(next.text) / Math.max(1, next.text.length)
  const full = isJapanese ? Math.min(FULL, (FULL_SHARE * (edge - row.start)) / row.size) : EDGE
  return room <= Math.max(full, ((next.end - next.start) * share) / row.size)
}

/** Of the first word, with brackets before and the space after it; 0 before kanji and kana, which are broken anywhere. */
function wordLength(text: string): number {
  let length = 0
  for (const character of text) {
    if (isWide(character) && !isOpening(character)) return length
    length += character.length
    if (character === ' ' || character === '\t' || character === '-') return length
  }
  return length
}

function isAlike(before: Row, next: Row): boolean {
  const isEqualSize = Math.abs(before.size - next.size) <= SAME_SIZE * before.size
  return isEqualSize && before.flow === next.flow && !before.isTable && !next.isTable
}

/** Whether a short line says the same as the one before: both end at one place for no other reason. */
function isRepeated(before: Row, next: Row): boolean {
  return before.text === next.text && next.end - next.start <= MAX_REPEATED * next.size
}

/** Whether a line below the last one of a paragraph, in the same column, belongs to it. */
function continuesLine(paragraph: Paragraph, next: Row, column: Column): boolean {
  const { last } = paragraph
  if (!isAlike(last, next) || next.isItem || isRepeated(last, next)) return false
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
function continuesElsewhere(paragraph: Paragraph, next: Row, page: number, column: Column): boolean {
  const { last } = paragraph
  if (!isAlike(last, next) || next.isItem) return false
  // The next column begins further up. What stands below without overlapping is something else: a name at the margin.
  if (page === paragraph.lastPage && next.line > last.lastLine) return false
  // Where paragraphs are indented, a line that is not goes on with one.
  if (endsSentence(last.text) && !paragraph.isIndented) return false
  if (Math.abs(next.start - column.start) > INDENT * next.size) return false
  if (!isFull(last, next, paragraph.column)) return false
  return isWide(lastCharacter(last.text)) ? isWide(next.text) : /^\p{Ll}/u.test(next.text)
}
