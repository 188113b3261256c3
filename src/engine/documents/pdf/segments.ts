import { hasLatinPunctuation, hasOwnBlank, isLetterOrDigit, isWide, lastCharacter } from './characters.ts'
import type { Readings } from './ruby.ts'
import type { Run } from './text-run.ts'

/** Text of one line without a wide gap in it. */
export interface Segment {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly line: number
  readonly size: number
  /** The space characters drawn before it. */
  readonly blank: string
}

/** Counts how a document sets Latin words and numbers among kanji and kana. */
export class BoundarySpacing {
  #spaced = 0
  #boundaries = 0

  count(isSpaced: boolean): void {
    this.#boundaries++
    if (isSpaced) this.#spaced++
  }

  /** Whether it puts spaces there. */
  get isUsual(): boolean {
    return this.#spaced > 0.5 * this.#boundaries
  }
}

/** Gaps from here on end a segment, in ems. */
const SEGMENT_GAP = 0.75
/** Programs put up to a quarter of an em between Japanese and Latin text on their own; nobody typed a space there. */
const TYPED_GAP = 0.45
const PUNCTUATION_GAP = 0.2
/** Room that a space character takes, and a full-width one; less is one that was pulled back over or stands elsewhere. */
const MIN_SPACE = 0.05
const MIN_FULL_SPACE = 0.5
const LATIN_GAP = 0.15
const OVERLAP = 0.6
/** By how much a glyph may reach into those beside the gap that it fills, in ems; and runs looked at for that gap. */
const FILL_OVERLAP = 0.1
const MAX_FILLED_BACK = 100
/** Furthest that a reading pushes its base from the text beside it, in ems. */
const MAX_PUSHED = 1.6
/** How far apart the baselines of one line's runs may lie, in ems: sub- and superscripts, fonts of other heights. */
export const SAME_LINE = 0.45
const SAME_LINE_SCRIPT = 0.62
const SCRIPT_SIZE = 0.75

/** Puts runs that follow one another on a line together; their order is that of the content. */
export function toSegments(
  drawn: readonly Run[],
  readings: Readings,
  spacing: BoundarySpacing,
): readonly Segment[] {
  const segments: Segment[] = []
  let parts: string[] = []
  let joined: Run[] = []
  let first: Run | undefined
  let last: Run | undefined
  let size = 0
  let line = 0
  let end = 0
  const close = (): void => {
    if (first !== undefined)
      segments.push({
        text: parts.join(''),
        start: first.start,
        end,
        line,
        size: prevailingSize(joined),
        blank: first.blank,
      })
  }
  const runs = filledIn(drawn)
  const slacks = lineSlacks(runs)
  const latinGap = drawsSpaces(runs) ? TYPED_GAP : SEGMENT_GAP
  for (const [index, run] of runs.entries()) {
    const { text } = run
    const em = Math.max(size, run.size)
    const ems = (run.start - end) / em
    const isNear = last !== undefined && isOnLine(run, line, size) && ems > -OVERLAP
    const isPushed = isNear && ems < MAX_PUSHED && readings.isBeside(run, end, run.start)
    if (last !== undefined && isNear && (ems < widestGap(last.text, run, latinGap) || isPushed)) {
      const slack = slacks[index] ?? 0
      parts.push(isPushed ? run.blank : blankBetween(last.text, run, ems, slack, spacing), text)
      joined.push(run)
      end = Math.max(end, run.end)
      if (run.size > size) [size, line] = [run.size, run.line]
    } else {
      close()
      parts = [text]
      joined = [run]
      first = run
      end = run.end
      size = run.size
      line = run.line
    }
    last = run
  }
  close()
  return segments
}

/**
 * The size that most of a line has: programs set Latin text in another size than Japanese, in the same sentence. Of
 * equally long ones the largest.
 */
export function prevailingSize(
  pieces: readonly { readonly start: number; readonly end: number; readonly size: number }[],
): number {
  const lengths = new Map<number, number>()
  for (const { start, end, size } of pieces) lengths.set(size, (lengths.get(size) ?? 0) + end - start)
  let prevailing = 0
  for (const [size, length] of lengths) {
    const most = lengths.get(prevailing) ?? -Infinity
    if (length > most || (length === most && size > prevailing)) prevailing = size
  }
  return prevailing
}

/** Glyphs of a fallback font, which some programs draw after the rest of their line, back into the gaps left for them. */
function filledIn(runs: readonly Run[]): readonly Run[] {
  const filled: Run[] = []
  let from = 0
  for (const run of runs) {
    const last = filled.at(-1)
    if (last === undefined || !isOnLine(run, last.line, last.size)) from = filled.length
    const place = last === undefined || run.start > last.start ? filled.length : gapFor(run, filled, from)
    if (place === filled.length) filled.push(run)
    else filled.splice(place, 0, run)
  }
  return filled
}

/** The index on a line, whose runs begin at `from`, where a run fits right after or before another one; else the end. */
function gapFor(run: Run, line: readonly Run[], from: number): number {
  const room = FILL_OVERLAP * run.size
  for (let index = line.length - 1; index >= Math.max(from, line.length - MAX_FILLED_BACK); index--) {
    const [before, after] = [index > from ? line[index - 1] : undefined, line[index]!]
    if (run.end > after.start + room) break
    if (before !== undefined && run.start < before.end - room) continue
    const isNear =
      after.start - run.end < SEGMENT_GAP * run.size ||
      (before !== undefined && run.start - before.end < SEGMENT_GAP * run.size)
    return isNear ? index : line.length
  }
  return line.length
}

/** Text that is not spaced with space characters has wide gaps only between cells, unless it is Latin without any. */
function widestGap(before: string, { text, blank }: Run, latinGap: number): number {
  if (blank !== '') return SEGMENT_GAP
  return isWide(lastCharacter(before)) || isWide(text) ? TYPED_GAP : latinGap
}

/** Whether space characters stand between words, rather than mere gaps as in the text of TeX. */
function drawsSpaces(runs: readonly Run[]): boolean {
  let spaces = 0
  let gaps = 0
  for (const [index, { text, blank, start, size, line }] of runs.entries()) {
    const before = runs[index - 1]
    if (blank !== '' || text.includes(' ')) spaces++
    else if (before !== undefined && isOnLine(before, line, size) && !isWide(text)) {
      const ems = (start - before.end) / size
      if (ems >= LATIN_GAP && ems < SEGMENT_GAP && !isWide(lastCharacter(before.text))) gaps++
    }
  }
  return spaces > gaps
}

/** For each run, by how much justification pushes the glyphs of its line apart, in ems. */
function lineSlacks(runs: readonly Run[]): Float64Array {
  const slacks = new Float64Array(runs.length)
  let from = 0
  let slack = 0
  for (const [index, run] of runs.entries()) {
    slack = Math.max(slack, stretchOf(run))
    const next = runs[index + 1]
    if (next !== undefined && isOnLine(next, run.line, run.size)) continue
    slacks.fill(slack, from, index + 1)
    from = index + 1
    slack = 0
  }
  return slacks
}

/** By how much justification pushes the glyphs of a run apart, in ems; 0 where it cannot be told. */
function stretchOf({ text, start, end, size }: Run): number {
  let wide = 0
  for (const character of text) {
    if (isWide(character)) wide++
    else if (character !== ' ') return 0
  }
  return wide < 2 ? 0 : Math.max(0, ((end - start) / size - wide) / (wide - 1))
}

function isOnLine(run: Run, line: number, size: number): boolean {
  const em = Math.max(size, run.size)
  const isScript = Math.min(size, run.size) <= SCRIPT_SIZE * em
  return Math.abs(run.line - line) <= (isScript ? SAME_LINE_SCRIPT : SAME_LINE) * em
}

/**
 * What stands for a gap of `ems` between a text and what follows it on the line.
 *
 * @param slack how far justification pushes all glyphs of the line apart, in ems
 */
export function blankBetween(
  before: string,
  { text: after, blank }: Pick<Run, 'text' | 'blank'>,
  ems: number,
  slack = 0,
  spacing?: BoundarySpacing,
): string {
  const left = lastCharacter(before)
  const isWideLeft = isWide(left)
  const isWideRight = isWide(after)
  const isTyped = blank !== '' && ems >= (blank.includes('\u3000') ? MIN_FULL_SPACE : MIN_SPACE)
  if (!isWideLeft && !isWideRight) return isTyped || ems >= LATIN_GAP ? ' ' : ''
  const gap = isWideLeft !== isWideRight && hasLatinPunctuation(left, after) ? PUNCTUATION_GAP : TYPED_GAP
  const isBlank = isTyped || (ems - slack >= gap && !hasOwnBlank(left, after))
  if (isWideLeft !== isWideRight && isLetterOrDigit(isWideLeft ? after : left)) spacing?.count(isBlank)
  if (isTyped) return blank
  return ems >= SEGMENT_GAP ? '\u3000' : isBlank ? ' ' : ''
}
