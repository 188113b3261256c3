import { isWide, lastCharacter } from './characters.ts'
import type { PageFrame, Piece } from './pieces.ts'

/**
 * Which way lines run on the page as it is shown, and so what `start` and `line` of a run mean. `vertical` is upright
 * glyphs from top to bottom, `down` and `up` is text turned by 90°, `slanted` is neither.
 */
export type Flow = 'right' | 'vertical' | 'down' | 'up' | 'left' | 'slanted'

/** A piece of one line, in points of the page as it is shown. */
export interface Run {
  readonly text: string
  /** Along the line, in reading direction. */
  readonly start: number
  readonly end: number
  /** Across the lines, in the direction in which lines follow one another: the baseline, or the middle of a column. */
  readonly line: number
  /** Font size. */
  readonly size: number
  /** The space characters drawn before it. */
  readonly blank: string
}

/** The runs of one flow of a page, in the order of the content. */
export interface RunGroup {
  readonly flow: Flow
  readonly runs: readonly Run[]
  /** How far the page reaches across the lines. */
  readonly extent: number
}

/** Height of the baseline above the lower edge of the em box, which Japanese fonts have at 0.12 em. */
const DESCENT = 0.12
/** Piece of a column follow one another at this distance, in ems. */
const MIN_PITCH = 0.6
const TIGHT_PITCH = 1.4
/** With a blank cell between two glyphs. */
const MAX_PITCH = 2.8
/** Piece one below the other from which on they are a vertical line wherever they stand. */
const SURE_STACK = 4
/** Share of the characters in vertical lines from which on a page is one of vertical lines. */
const VERTICAL_SHARE = 0.3

/** Sorts the pieces of a page by the way their lines run. */
export function groupRuns(pieces: readonly Piece[], frame: PageFrame): readonly RunGroup[] {
  const glyphs = withoutDoubles(pieces)
  const isVertical = verticalOnes(glyphs)
  const groups = new Map<Flow, Run[]>()
  for (const [index, item] of glyphs.entries()) {
    const flow: Flow = isVertical[index] === 1 ? 'vertical' : item.direction
    const runs = groups.get(flow)
    const run = toRun(item, flow, frame)
    if (runs === undefined) groups.set(flow, [run])
    else runs.push(run)
  }
  return Array.from(groups, ([flow, runs]) => ({
    flow,
    runs,
    extent: flow === 'right' || flow === 'left' || flow === 'slanted' ? frame.height : frame.width,
  }))
}

/** Bold type is often drawn as the same glyphs twice, a hair apart. */
function withoutDoubles(glyphs: readonly Piece[]): readonly Piece[] {
  const latest = new Map<string, Piece>()
  return glyphs.filter((item) => {
    const before = latest.get(item.text)
    latest.set(item.text, item)
    if (before === undefined || before.size !== item.size) return true
    return Math.hypot(before.x - item.x, before.y - item.y) > 0.15 * item.size
  })
}

/**
 * Flags what belongs to vertical lines: text in vertical fonts, and upright glyphs one below the other, which is how
 * LibreOffice and others write such lines; turned Latin text between them belongs to the same lines.
 */
function verticalOnes(glyphs: readonly Piece[]): Uint8Array {
  const flags = new Uint8Array(glyphs.length)
  const candidates: number[] = []
  let characters = 0
  let vertical = 0
  for (const [index, item] of glyphs.entries()) {
    characters += item.text.length
    if (item.isVerticalFont && item.direction === 'down') flags[index] = 1
    if (isUprightCell(item)) candidates.push(index)
  }
  flagStacks(glyphs, candidates, flags, SURE_STACK)
  for (const [index, item] of glyphs.entries()) if (flags[index] === 1) vertical += item.text.length
  if (vertical === 0 || vertical < characters * VERTICAL_SHARE) return flags
  flagStacks(glyphs, candidates, flags, 2)
  // On a page of vertical lines single glyphs, figures set upright and turned words are parts of these lines.
  for (const [index, item] of glyphs.entries()) if (item.direction === 'down') flags[index] = 1
  for (const index of candidates) {
    if (
      isAlone(glyphs, index) ||
      [index - 1, index + 1].some((near) => flags[near] === 1 && isInColumn(glyphs[near]!, glyphs[index]!))
    ) {
      flags[index] = 1
    }
  }
  return flags
}

/** Whether a glyph is all of its line: a heading of one kanji. */
function isAlone(glyphs: readonly Piece[], index: number): boolean {
  const { text, x, y, size } = glyphs[index]!
  if (!isWide(text) || lastCharacter(text) !== text) return false
  return [glyphs[index - 1], glyphs[index + 1]].every(
    (near) =>
      near === undefined || Math.abs(near.y - y) > size / 2 || Math.abs(near.x - x) > TIGHT_PITCH * size,
  )
}

function isInColumn(column: Piece, item: Piece): boolean {
  const size = Math.max(column.size, item.size)
  return Math.abs(middleOf(column) - middleOf(item)) < 0.8 * size && Math.abs(column.y - item.y) < 12 * size
}

/** A glyph or a few narrow ones that fill one cell of a column. */
function isUprightCell(item: Piece): boolean {
  return item.direction === 'right' && !item.isVerticalFont && item.length <= 1.6 * item.size
}

function flagStacks(
  glyphs: readonly Piece[],
  candidates: readonly number[],
  flags: Uint8Array,
  length: number,
): void {
  let stack: number[] = []
  let tightPairs = 0
  const close = (): void => {
    if (tightPairs >= length - 1) for (const index of stack) flags[index] = 1
    stack = []
    tightPairs = 0
  }
  let ruby: number[] = []
  const closeRuby = (): void => {
    if (ruby.length >= 2 && stack.length >= 2) for (const index of ruby) flags[index] = 1
    ruby = []
  }
  for (const index of candidates) {
    const item = glyphs[index]!
    const last = stack.length > 0 ? glyphs[stack.at(-1)!] : undefined
    if (last !== undefined && isBelow(last, item)) {
      if (item.y - last.y <= TIGHT_PITCH * item.size) tightPairs++
      stack.push(index)
    } else if (last !== undefined && item.size < 0.65 * last.size) {
      // Readings interrupt the column that they belong to.
      ruby.push(index)
      continue
    } else {
      closeRuby()
      close()
      stack = [index]
    }
    if (item.size > 0) closeRuby()
  }
  closeRuby()
  close()
}

function isBelow(above: Piece, below: Piece): boolean {
  if (!isWide(above.text) && !isWide(below.text)) return false
  const size = Math.max(above.size, below.size)
  if (Math.min(above.size, below.size) < 0.65 * size) return false
  if (Math.abs(middleOf(above) - middleOf(below)) > 0.6 * size) return false
  const pitch = (below.y - above.y) / size
  return pitch >= MIN_PITCH && pitch <= MAX_PITCH
}

/** The middle of a glyph's cell across the page. */
function middleOf(item: Piece): number {
  if (item.isVerticalFont) return item.x
  return item.direction === 'right' ? item.x + item.length / 2 : item.x + item.size * (0.5 - DESCENT)
}

function toRun(item: Piece, flow: Flow, frame: PageFrame): Run {
  const { text, size, length, blank, x, y } = item
  const common = { text, size, blank }
  switch (flow) {
    case 'right':
    case 'slanted':
      return { ...common, start: x, end: x + length, line: y }
    case 'left':
      return { ...common, start: frame.width - x, end: frame.width - x + length, line: frame.height - y }
    case 'up':
      return { ...common, start: frame.height - y, end: frame.height - y + length, line: x }
    case 'down':
      return { ...common, start: y, end: y + length, line: frame.width - x }
    case 'vertical': {
      const line = frame.width - middleOf(item)
      if (item.direction === 'down') return { ...common, start: y, end: y + length, line }
      const top = y - size * (1 - DESCENT)
      return { ...common, start: top, end: top + size, line }
    }
  }
}
