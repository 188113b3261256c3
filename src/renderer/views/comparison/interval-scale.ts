import type { VerdictInterval } from './key-figures.ts'

export interface IntervalScale {
  /** Where a share lies on the drawing, in percent of its width. */
  readonly position: (share: number) => number
  /** Round shares to label, ascending; zero is among them. */
  readonly ticks: readonly number[]
}

/** Free space beyond the outermost mark, as a share of what is drawn. */
const PADDING = 0.14
/** About as many labels as fit. */
const MOST_TICKS = 7

/** A scale that shows zero, the margin and the whole interval with some air around them. */
export function intervalScale({ estimate, ci95, margin }: VerdictInterval): IntervalScale {
  const [low, high] = ci95 ?? [estimate, estimate]
  const least = Math.min(0, low)
  const most = Math.max(margin, high)
  const padding = (most - least) * PADDING
  const from = least - padding
  const span = most + padding - from
  const step = roundStep(span / MOST_TICKS)
  const first = Math.ceil(from / step)
  const count = Math.floor((from + span) / step) - first + 1
  return {
    position: (share) => (100 * (share - from)) / span,
    // Multiples of the step, so that zero is exactly zero.
    ticks: Array.from({ length: count }, (_, index) => (first + index) * step || 0),
  }
}

/** The next step of 1, 2 or 5 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5].find((candidate) => candidate * power >= least) ?? 10
  return factor * power
}
