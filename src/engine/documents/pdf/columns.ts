import type { Row } from './rows.ts'
import type { Flow } from './text-run.ts'

/** Lines of one paragraph follow one another within this distance, in ems. */
export const MAX_PITCH = 3
/** Lines end at one edge within this, in ems. */
const SAME_EDGE = 0.6
/** How long full lines are at least, as a share of the longest one and in ems. */
const MIN_EDGE = 0.5
const MIN_LENGTH = 10
/** How long a line is at least that is full although no other one ends there, in ems. */
const MIN_LONE = 18
/** A line that ends so far before the edge of the document's lines is none, in ems. */
const SHORT = 4
/** How far beyond their edge lines reach, with punctuation, in ems. */
const HANGING = 1.2
/** How far they reach beyond it with a word that has no room and cannot be broken, in ems. */
const OVERFULL = 4
/** Lines begin at one place within this, in points. */
const SAME_START = 2

/** How many lines end at an edge at least: so many, and such a share of them. */
interface Share {
  readonly lines: number
  readonly share: number
}

/** Of the lines of a column that begin at one place, and of those in the whole document; of all lines of a column. */
const SHARE_HERE: Share = { lines: 3, share: 0.4 }
const SHARE_EVERYWHERE: Share = { lines: 3, share: 0.15 }
const SHARE_OF_COLUMN: Share = { lines: 2, share: 0.1 }
/** Of all lines of the whole document that run the same way. */
const SHARE_OF_FLOW: Share = { lines: 3, share: 0.03 }

/** Lines one below the other. */
export interface Column {
  readonly start: number
  /** How far apart the lines are as a rule. */
  readonly pitch: number
  /** Where a line that begins like this one is full; infinity for one that no edge holds. */
  readonly endOf: (row: Row) => number
}

/** Where lines end that begin at one place. */
export class LineEdges {
  readonly #ends = new Map<string, number[]>()
  readonly #edges = new Map<string, number | null>()
  readonly #ofFlows = new Map<Flow, number | null>()
  readonly #rows: readonly Row[]
  readonly #share: Share
  readonly #furthest: number

  private constructor(rows: readonly Row[], share: Share) {
    this.#rows = rows
    this.#share = share
    this.#furthest = furthestOf(rows)
    for (const row of rows) {
      if (row.isTable) continue
      const key = startOf(row)
      const ends = this.#ends.get(key)
      if (ends === undefined) this.#ends.set(key, [row.end])
      else ends.push(row.end)
    }
  }

  static ofDocument(pages: readonly (readonly Row[])[]): LineEdges {
    return new LineEdges(pages.flat(), SHARE_EVERYWHERE)
  }

  static ofColumn(rows: readonly Row[]): LineEdges {
    return new LineEdges(rows, SHARE_HERE)
  }

  /** The edge of the lines that begin like this one; null if they have none. */
  of(row: Row): number | null {
    const key = startOf(row)
    const known = this.#edges.get(key)
    if (known !== undefined) return known
    const least = leastEdge(row.start, this.#furthest, row.size)
    const edge = edgeOf(this.#ends.get(key) ?? [], least, row.size, this.#share)
    this.#edges.set(key, edge)
    return edge
  }

  /** The edge of all lines that run like this one, wherever they begin; null if they have none. */
  ofFlow({ flow }: Row): number | null {
    const known = this.#ofFlows.get(flow)
    if (known !== undefined) return known
    const lines = this.#rows.filter((row) => row.flow === flow && !row.isTable)
    const em = median(lines.map(({ size }) => size)) ?? 0
    const start = lines.reduce((least, row) => Math.min(least, row.start), Infinity)
    const ends = lines.map(({ end }) => end)
    const edge = edgeOf(ends, start + MIN_LONE * em, em, SHARE_OF_FLOW)
    this.#ofFlows.set(flow, edge)
    return edge
  }
}

/** The column of each row. Rows that follow one another downwards, overlapping, share one. */
export function columnsOf(rows: readonly Row[], edges: LineEdges): readonly Column[] {
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
    const column = columnOf(rows.slice(from, to), edges)
    for (; from < to; from++) columns.push(column)
  }
  return columns
}

function columnOf(rows: readonly Row[], edges: LineEdges): Column {
  const lines = rows.filter(({ isTable }) => !isTable)
  const start = lines.reduce((least, row) => Math.min(least, row.start), Infinity)
  const em = median(lines.map(({ size }) => size)) ?? 0
  const pitches = rows
    .slice(1)
    .map((row, index) => row.line - rows[index]!.lastLine)
    .filter((pitch) => pitch > 0 && pitch <= MAX_PITCH * em)
  const furthest = furthestOf(lines)
  const ends = lines.map(({ end }) => end)
  const ofFlow = lines[0] === undefined ? null : edges.ofFlow(lines[0])
  const isLong = furthest - start >= MIN_LONE * em && (ofFlow === null || furthest >= ofFlow - SHORT * em)
  const lone = isLong ? furthest : Infinity
  const usual = edgeOf(ends, leastEdge(start, furthest, em), em, SHARE_OF_COLUMN) ?? lone
  const here = LineEdges.ofColumn(lines)
  return {
    start,
    pitch: median(pitches) ?? MAX_PITCH * em,
    endOf: (row) => {
      const own = [here.of(row), edges.of(row)].find((edge) => isWithin(row, edge, HANGING))
      if (own !== undefined) return own
      if (isWithin(row, usual, OVERFULL)) return usual
      return isWithin(row, ofFlow, HANGING) ? ofFlow : Infinity
    },
  }
}

function isWithin({ end, size }: Row, edge: number | null, room: number): edge is number {
  return edge !== null && end <= edge + room * size
}

function leastEdge(start: number, furthest: number, em: number): number {
  return start + Math.max(MIN_LENGTH * em, MIN_EDGE * (furthest - start))
}

function furthestOf(rows: readonly Row[]): number {
  return rows.reduce((furthest, { end }) => Math.max(furthest, end), -Infinity)
}

function startOf({ flow, start }: Row): string {
  return `${flow} ${Math.round(start / SAME_START)}`
}

/**
 * The furthest place, not before `least`, at which several lines end; a few that jut out do not make an edge, nor do a
 * few short ones.
 */
function edgeOf(ends: readonly number[], least: number, em: number, { lines, share }: Share): number | null {
  const descending = ends.toSorted((a, b) => b - a)
  const needed = Math.max(lines, share * descending.length)
  let to = 0
  for (const [from, end] of descending.entries()) {
    if (end < least) break
    while (to < descending.length && end - descending[to]! <= SAME_EDGE * em) to++
    if (to - from >= needed) return end
  }
  return null
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[values.length >> 1]
}
