import { SAME_LINE, type Segment } from './segments.ts'

/** Steps back up the page that a sane order of the content may have: headers written last, floats. */
const TOLERATED_STEPS = 3
const TOLERATED_SHARE = 0.08
const MAX_STRANDS = 50
const MAX_DEPTH = 16
/** A gutter between columns of text, in ems. */
const MIN_GUTTER = 1.2
/** Narrower things side by side are cells of a table, in ems. */
const MIN_COLUMN = 12
const MIN_COLUMN_LINES = 4
/** Blank between two blocks one above the other, in ems. */
const MIN_BLOCK_GAP = 1.8

/** The segments in reading order: that of the content where it is sane, else by where they stand on the page. */
export function inReadingOrder(segments: readonly Segment[]): readonly Segment[] {
  let stepsBack = 0
  const strands: Segment[][] = []
  for (const [index, segment] of segments.entries()) {
    const before = segments[index - 1]
    if (before !== undefined && stepsBackTo(before, segment)) stepsBack++
    if (before === undefined || riseTo(before, segment) > SAME_LINE) strands.push([segment])
    else strands.at(-1)!.push(segment)
  }
  if (stepsBack > Math.max(TOLERATED_STEPS, TOLERATED_SHARE * segments.length)) return cut(segments, 0)
  return strands.length > 1 && strands.length <= MAX_STRANDS ? woven(segments, strands) : segments
}

/** Moves what was drawn before or after its turn, such as text boxes, to where the rest leaves room for it. */
function woven(segments: readonly Segment[], strands: readonly (readonly Segment[])[]): readonly Segment[] {
  const longest = Math.max(...strands.map(({ length }) => length))
  let ordered = segments
  for (const strand of strands) {
    if (strand.length === longest) continue
    const moved = new Set(strand)
    const others = ordered.filter((segment) => !moved.has(segment))
    const place = roomFor(strand, others)
    if (place !== null) ordered = others.toSpliced(place, 0, ...strand)
  }
  return ordered
}

/** The index where a strand fits between lines, all others being above or below it; null if there is none. */
function roomFor(strand: readonly Segment[], others: readonly Segment[]): number | null {
  const top = strand.reduce((least, { line }) => Math.min(least, line), Infinity) - strand[0]!.size / 2
  const bottom = strand.reduce((most, { line }) => Math.max(most, line), -Infinity) + strand[0]!.size / 2
  const index = others.findIndex(({ line }) => line > bottom)
  const place = index < 0 ? others.length : index
  const isClear = others.every(({ line }, other) => (other < place ? line < top : line > bottom))
  return isClear ? place : null
}

/** Whether `next` stands before `before`: above it without being beside it, or further left on its line. */
function stepsBackTo(before: Segment, next: Segment): boolean {
  const rise = riseTo(before, next)
  if (rise > SAME_LINE) return next.start < before.end
  return rise > -SAME_LINE && next.end <= before.start
}

/** How far `next` is above `before`, in ems. */
function riseTo(before: Segment, next: Segment): number {
  return (before.line - next.line) / Math.max(before.size, next.size)
}

/** Recursive X-Y cut: columns where a gutter runs through, else blocks where a blank does, else line by line. */
function cut(segments: readonly Segment[], depth: number): readonly Segment[] {
  if (segments.length < 2) return segments
  if (depth < MAX_DEPTH) {
    const em = medianSize(segments)
    const parts = columns(segments, em) ?? blocks(segments, em)
    if (parts !== null) return parts.flatMap((part) => cut(part, depth + 1))
  }
  return lineByLine(segments)
}

function columns(segments: readonly Segment[], em: number): readonly (readonly Segment[])[] | null {
  const sorted = segments.toSorted((a, b) => a.start - b.start)
  let end = -Infinity
  let best = { gap: MIN_GUTTER * em, at: 0 }
  for (const [index, segment] of sorted.entries()) {
    if (index > 0 && segment.start - end >= best.gap) best = { gap: segment.start - end, at: index }
    end = Math.max(end, segment.end)
  }
  if (best.at === 0) return null
  const sides = [sorted.slice(0, best.at), sorted.slice(best.at)]
  return sides.every((side) => isColumn(side, em)) ? sides : null
}

function isColumn(segments: readonly Segment[], em: number): boolean {
  if (segments.length < MIN_COLUMN_LINES) return false
  const widths = segments.map(({ start, end }) => end - start).toSorted((a, b) => a - b)
  return widths[widths.length >> 1]! >= MIN_COLUMN * em
}

function blocks(segments: readonly Segment[], em: number): readonly (readonly Segment[])[] | null {
  const sorted = segments.toSorted((a, b) => a.line - b.line)
  let best = { gap: MIN_BLOCK_GAP * em, at: 0 }
  for (let index = 1; index < sorted.length; index++) {
    const gap = sorted[index]!.line - sorted[index - 1]!.line
    if (gap > best.gap) best = { gap, at: index }
  }
  return best.at === 0 ? null : [sorted.slice(0, best.at), sorted.slice(best.at)]
}

function lineByLine(segments: readonly Segment[]): readonly Segment[] {
  const sorted = segments.toSorted((a, b) => a.line - b.line)
  const ordered: Segment[] = []
  let line: Segment[] = []
  const close = (): void => {
    ordered.push(...line.sort((a, b) => a.start - b.start))
    line = []
  }
  for (const segment of sorted) {
    const first = line[0]
    if (first !== undefined && segment.line - first.line > SAME_LINE * Math.max(first.size, segment.size))
      close()
    line.push(segment)
  }
  close()
  return ordered
}

function medianSize(segments: readonly Segment[]): number {
  const sizes = segments.map(({ size }) => size).toSorted((a, b) => a - b)
  return sizes[sizes.length >> 1] ?? 0
}
