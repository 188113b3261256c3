import { isHan, isKanaOnly, isWide } from './characters.ts'
import type { Run } from './text-run.ts'

/** Ruby is half as large as its base; some programs take a little more. */
const MAX_SIZE = 0.65
/** From the base's baseline (or the middle of its column) to that of the ruby, in ems of the base. */
const MIN_OFFSET = 0.4
const MAX_OFFSET = 1.75
/** The same where the reading has the size of its base, and how exactly the two stand beside each other. */
const MIN_FULL_OFFSET = 0.9
const MAX_FULL_OFFSET = 1.4
const ADJOINING = 0.1
/** Runs looked at for the base of one reading, so that a hostile page stays cheap. */
const MAX_TRIED = 400

/** The readings that were taken out of a text. */
export class Readings {
  readonly #byLine: readonly Run[]

  constructor(readings: readonly Run[]) {
    this.#byLine = readings.toSorted((a, b) => a.line - b.line)
  }

  get isEmpty(): boolean {
    return this.#byLine.length === 0
  }

  /** Whether a reading stands beside a part of a line of text: it pushes its base apart, which makes gaps no spaces. */
  isBeside({ line, size }: Pick<Run, 'line' | 'size'>, start: number, end: number): boolean {
    let index = firstAfter(this.#byLine, line - MAX_OFFSET * size)
    for (let tried = 0; tried < MAX_TRIED && index < this.#byLine.length; tried++, index++) {
      const reading = this.#byLine[index]!
      if (reading.line > line - MIN_OFFSET * size) return false
      if (reading.start < end && reading.end > start) return true
    }
    return false
  }
}

/**
 * Sorts out kana that stand above, or in vertical lines to the right of, their base: smaller ones wherever they are
 * drawn, others where they are drawn within the line of their base.
 */
export function splitRuby(runs: readonly Run[]): {
  readonly bases: readonly Run[]
  readonly readings: Readings
} {
  const largest = runs.reduce((size, run) => Math.max(size, run.size), 0)
  const candidates = runs
    .filter((run) => isWide(run.text) || /[\p{L}\p{N}]/u.test(run.text))
    .toSorted((a, b) => a.line - b.line)
  const readings = new Set(
    runs.filter(
      (run, index) =>
        isKanaOnly(run.text) &&
        ((run.size <= largest * MAX_SIZE && isReading(run, candidates)) || isInterjected(runs, index)),
    ),
  )
  return { bases: runs.filter((run) => !readings.has(run)), readings: new Readings([...readings]) }
}

function isReading(run: Run, bases: readonly Run[]): boolean {
  const from = firstAfter(bases, run.line)
  const to = Math.min(bases.length, from + MAX_TRIED)
  for (let index = from; index < to; index++) {
    const base = bases[index]!
    if (run.size > base.size * MAX_SIZE) continue
    const offset = (base.line - run.line) / base.size
    if (offset < MIN_OFFSET || offset > MAX_OFFSET) continue
    // A reading may jut out over the neighbours of its base.
    if (run.start < base.end + run.size && run.end > base.start - run.size) return true
  }
  return false
}

/**
 * Whether a run is a reading that a line goes up for and comes back: the next run is the base and starts where the
 * reading does, and the line ends there before, or goes on where the reading ends. No text in lines is drawn like that.
 */
function isInterjected(runs: readonly Run[], index: number): boolean {
  const [run, base] = [runs[index]!, runs[index + 1]]
  if (base === undefined || run.size > base.size || !isHan(base.text)) return false
  const tolerance = ADJOINING * base.size
  const offset = (base.line - run.line) / base.size
  if (offset < MIN_FULL_OFFSET || offset > MAX_FULL_OFFSET) return false
  if (Math.abs(base.start - run.start) > tolerance) return false
  const isAt = (near: Run | undefined, { line }: Run, edge: 'start' | 'end', place: number): boolean =>
    near !== undefined && Math.abs(near.line - line) <= tolerance && Math.abs(near[edge] - place) <= tolerance
  return (
    isAt(runs[index - 1], base, 'end', run.start) ||
    isAt(runs[index - 2], run, 'end', run.start) ||
    (run.end > base.end + tolerance && isAt(runs[index + 2], base, 'start', run.end))
  )
}

/** Index of the first run whose line comes after `line`; `runs` are sorted by line. */
function firstAfter(runs: readonly Run[], line: number): number {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (runs[middle]!.line <= line) low = middle + 1
    else high = middle
  }
  return low
}
