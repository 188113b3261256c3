import type { Row } from './rows.ts'

/** Furniture stands in the outer parts of a page and is among its outermost lines. */
const BAND = 0.15
const OUTERMOST = 3
const MIN_PAGES = 3
/** How far apart from the text furniture of a document of two pages stands, in ems. */
const MIN_DISTANCE = 2
/** Share of the pages from which on a line counts as repeated on them all. */
const MIN_SHARE = 0.5
/** Equal places, as a share of the page's height. */
const PLACE = 0.012
/** A running head stands on as good as every page, or every other page, of its chapter. */
const MIN_DENSITY = 0.4
/** Share of page numbers that count up with the pages. */
const MIN_IN_SEQUENCE = 0.6

interface Candidate {
  readonly page: number
  readonly row: Row
}

/**
 * The rows that are running heads, running feet and page numbers: in the same place near an edge with the same words
 * but for the figures, on at least three pages and most of those between; figures on their own must count up with the
 * pages as well. Of two pages, what is the same on both and stands apart; of a single page, nothing.
 *
 * @param pages the rows of each page
 */
export function findFurniture(pages: readonly (readonly Row[])[]): ReadonlySet<Row> {
  if (pages.length === 2) return furnitureOfTwo(pages)
  const groups = new Map<string, Candidate[]>()
  for (const [page, rows] of pages.entries()) {
    for (const [row, rank] of outermost(rows)) {
      for (const key of keysOf(row, rank === 0)) {
        const group = groups.get(key)
        if (group === undefined) groups.set(key, [{ page, row }])
        else group.push({ page, row })
      }
    }
  }
  const furniture = new Set<Row>()
  for (const group of groups.values()) {
    if (isFurniture(group, pages.length)) for (const { row } of group) furniture.add(row)
  }
  return furniture
}

/**
 * What rows are compared by: their place and their text. A title and a page number side by side change each on its
 * own, so that of the very first and last line of a page the outer cells count for themselves.
 */
function keysOf(row: Row, isOuter: boolean): readonly string[] {
  // Two steps of half a step's difference, so that a place near the border between two is not torn apart.
  const steps = row.position / PLACE
  const places = [Math.floor(steps), Math.floor(steps + 0.5) + 0.5].map((place) => `${row.flow} ${place}`)
  const cells = isOuter ? row.text.split('\t') : []
  const parts = cells.length > 1 ? [cells[0] ?? '', cells.at(-1) ?? ''] : []
  return places.flatMap((place) => [
    `${place} ${masked(row.text)}`,
    ...parts.map((cell, index) => `${place} ${index} ${masked(cell)}`),
  ])
}

/**
 * Of two pages: their outermost lines that are the same in the same place, but for a page number that counts up, and
 * clearly apart from the text.
 */
function furnitureOfTwo(pages: readonly (readonly Row[])[]): ReadonlySet<Row> {
  const furniture = new Set<Row>()
  for (const isHead of [true, false]) {
    const [first = [], second = []] = pages.map((rows) => fromEdge(rows, isHead))
    let count = 0
    while (count < OUTERMOST && isPair(first[count], second[count])) count++
    while (count > 0 && ![first, second].every((rows) => isApart(rows, count))) count--
    for (const rows of [first, second]) rows.slice(0, count).forEach((row) => furniture.add(row))
  }
  // What is all that a page has is its text.
  if (pages.some((rows) => rows.every((row) => furniture.has(row)))) return new Set()
  return furniture
}

/** From the head of a page downwards, or from its foot upwards. */
function fromEdge(rows: readonly Row[], isHead: boolean): readonly Row[] {
  const upright = rows.filter(({ flow }) => flow !== 'slanted')
  return upright.sort((a, b) => (isHead ? a.position - b.position : b.position - a.position))
}

function isPair(row: Row | undefined, other: Row | undefined): boolean {
  if (row === undefined || other === undefined || row.flow !== other.flow) return false
  if (row.position > BAND && row.position < 1 - BAND) return false
  if (Math.abs(row.position - other.position) > PLACE || masked(row.text) !== masked(other.text)) return false
  const figures = [row, other].map(({ text }) => text.normalize('NFKC').match(NUMBER) ?? [])
  const differing = figures[0]!.flatMap((figure, index) =>
    figure === figures[1]![index] ? [] : [valueOf(figures[1]![index] ?? '') - valueOf(figure)],
  )
  return differing.length === 0 || (differing.length === 1 && differing[0] === 1)
}

/** Whether the rows from the edge to `count` are followed by a blank and then by text. */
function isApart(rows: readonly Row[], count: number): boolean {
  const [last, next] = [rows[count - 1], rows[count]]
  if (last === undefined || next === undefined) return false
  const distance = Math.max(next.line - last.lastLine, last.line - next.lastLine)
  return distance >= MIN_DISTANCE * Math.max(last.size, next.size)
}

/** The rows among which furniture is looked for, with their rank from the edge. */
function outermost(rows: readonly Row[]): ReadonlyMap<Row, number> {
  const slanted = rows.filter(({ flow }) => flow === 'slanted')
  const heads = rows.filter((row) => row.flow !== 'slanted' && row.position <= BAND)
  const feet = rows.filter((row) => row.flow !== 'slanted' && row.position >= 1 - BAND)
  heads.sort((a, b) => a.position - b.position)
  feet.sort((a, b) => b.position - a.position)
  const found = new Map<Row, number>()
  for (const side of [slanted, heads, feet]) {
    for (const [rank, row] of side.slice(0, OUTERMOST).entries()) found.set(row, rank)
  }
  return found
}

const NUMBER = /[0-9０-９]+|\b[ivxlcdm]+\b|\b[IVXLCDM]+\b|[〇一二三四五六七八九十百千]+/g

/** A line with its figures, Arabic, Roman or Japanese, made equal. */
function masked(text: string): string {
  return text.normalize('NFKC').replace(NUMBER, '#').replace(/\s+/g, ' ').trim()
}

function isFurniture(group: readonly Candidate[], pageCount: number): boolean {
  const pages = [...new Set(group.map(({ page }) => page))]
  if (pages.length < MIN_PAGES) return false
  const [first = 0] = pages
  const span = (pages.at(-1) ?? first) - first + 1
  const isUsual = pages.length >= MIN_SHARE * pageCount
  if (!isUsual && pages.length < MIN_DENSITY * span) return false
  const texts = new Set(group.map(({ row }) => row.text))
  // The very same line again and again, or one with a figure that counts up.
  if (texts.size <= pages.length / MIN_PAGES && hasWords(group)) return true
  return isSequence(group) || (isUsual && hasWords(group))
}

function hasWords([candidate]: readonly Candidate[]): boolean {
  return candidate !== undefined && /[^\s#/\-–—・.()[\]|,:]/.test(masked(candidate.row.text))
}

/** Whether figures of the lines, the first or the last ones, count up with the pages. */
function isSequence(group: readonly Candidate[]): boolean {
  return [0, -1].some((place) => {
    const offsets = new Map<number, number>()
    for (const { page, row } of group) {
      const figure = row.text.normalize('NFKC').match(NUMBER)?.at(place)
      if (figure === undefined) continue
      const offset = valueOf(figure) - page
      offsets.set(offset, (offsets.get(offset) ?? 0) + 1)
    }
    // A few sections may each have numbers of their own.
    const inSequence = [...offsets.values()].filter((count) => count >= MIN_PAGES).reduce((a, b) => a + b, 0)
    return inSequence >= MIN_IN_SEQUENCE * group.length
  })
}

const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 }
const KANJI_DIGITS = '〇一二三四五六七八九'
const KANJI_UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

function valueOf(figure: string): number {
  if (/^\d/.test(figure)) return Number(figure)
  const isRoman = /^[a-z]/i.test(figure)
  return isRoman ? romanValue(figure.toLowerCase()) : kanjiValue(figure)
}

function romanValue(figure: string): number {
  let value = 0
  for (const [index, letter] of Array.from(figure).entries()) {
    const own = ROMAN[letter] ?? 0
    value += own < (ROMAN[figure[index + 1] ?? ''] ?? 0) ? -own : own
  }
  return value
}

/** 二十三 as well as 二三. */
function kanjiValue(figure: string): number {
  let value = 0
  let digits = 0
  for (const character of figure) {
    const unit = KANJI_UNITS[character]
    if (unit === undefined) {
      digits = digits * 10 + KANJI_DIGITS.indexOf(character)
    } else {
      value += Math.max(digits, 1) * unit
      digits = 0
    }
  }
  return value + digits
}
