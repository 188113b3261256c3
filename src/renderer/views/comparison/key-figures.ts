import type { ArmResult, Figure, Results } from '../../../shared/results.ts'
import {
  baselineOf,
  comparisonOf,
  decidingComparison,
  kvBytesAt,
  longestContext,
  speedAt,
} from './results-reading.ts'

/** `open`: the interval holds both better and worse. */
export type Direction = 'better' | 'worse' | 'open'

/** One of the three figures beside a verdict, baseline and candidate at one context length. Smaller is better. */
export interface KeyFigure {
  readonly metric: 'kvBytes' | 'ttftMs' | 'tpotMs'
  readonly context: number
  readonly baseline: Figure | null
  readonly candidate: Figure | null
  /** candidate / baseline − 1, with its interval where there is one. */
  readonly relative: Figure | null
  readonly direction: Direction
  /** One of the two arms did not settle while it was timed. */
  readonly unstable: boolean
}

/** KV cache, TTFT and TPOT of a candidate against the baseline, at the longest context length measured. */
export function keyFigures(results: Results, candidate: ArmResult): readonly KeyFigure[] {
  const baseline = baselineOf(results)
  const context = longestContext(results)
  const [before, after] = [speedAt(baseline, context), speedAt(candidate, context)]
  const isUnstable = before?.unstable === true || after?.unstable === true
  const figure = (
    metric: KeyFigure['metric'],
    pair: readonly [Figure | null, Figure | null],
    unstable: boolean,
  ): KeyFigure => {
    const relative = comparisonOf(results, candidate.id, `${metric}@${context}`)?.relative ?? null
    return {
      metric,
      context,
      baseline: pair[0],
      candidate: pair[1],
      relative,
      direction: directionOf(relative),
      unstable,
    }
  }
  return [
    figure('kvBytes', [kvBytesAt(baseline, context), kvBytesAt(candidate, context)], false),
    figure('ttftMs', [before?.ttftMs ?? null, after?.ttftMs ?? null], isUnstable),
    figure('tpotMs', [before?.tpotMs ?? null, after?.tpotMs ?? null], isUnstable),
  ]
}

/** What a relative difference says where smaller is better: its whole interval counts, if it has one. */
export function directionOf(relative: Figure | null): Direction {
  if (relative === null || relative.value === null) return 'open'
  const [low, high] = relative.ci95 ?? [relative.value, relative.value]
  if (high < 0) return 'better'
  return low > 0 ? 'worse' : 'open'
}

/** What is drawn of a verdict: shares, not percent. */
export interface VerdictInterval {
  readonly estimate: number
  /** Null where there were too few documents for an interval. */
  readonly ci95: readonly [number, number] | null
  readonly margin: number
}

/** The relative difference that a candidate's verdict rests on, or null where none was made. */
export function verdictInterval(results: Results, candidate: string): VerdictInterval | null {
  const deciding = decidingComparison(results, candidate)
  if (deciding === undefined || deciding.relative.value === null) return null
  return {
    estimate: deciding.relative.value,
    ci95: deciding.relative.ci95 ?? null,
    margin: deciding.margin ?? results.run.margins.nllRelative,
  }
}
