import type { Figure, Provenance } from '../../shared/results.ts'
import type { Summary } from '../measure/index.ts'
import type { Interval } from './bootstrap.ts'

/** Unit of ratios, shares and relative differences. */
export const DIMENSIONLESS = '1'

interface FigureDetails {
  readonly ci95?: Interval | null
  readonly n?: number
  readonly provenance?: Provenance
}

/** A figure, or "n/a" when there is no value. Measured unless told otherwise. */
export function figure(
  value: number | null,
  unit: string,
  { ci95 = null, n, provenance = 'measured' }: FigureDetails = {},
): Figure {
  if (value === null || Number.isNaN(value)) return { value: null, unit, provenance: 'unavailable' }
  return {
    value,
    ...(ci95 === null ? {} : { ci95: [ci95[0], ci95[1]] }),
    ...(n === undefined ? {} : { n }),
    unit,
    provenance,
  }
}

/** The mean of repetitions with its Student-t interval. */
export function meanFigure(summary: Summary | null, unit: string): Figure {
  return summary === null
    ? figure(null, unit)
    : figure(summary.mean, unit, { ci95: summary.ci95, n: summary.n })
}
