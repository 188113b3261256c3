/** How series are told apart, the same in the drawing and in its legend. */
import { armPlace } from '../arm-place.ts'
import type { SeriesColor } from './chart-spec.ts'

/** Series that are no arm's own share the last symbol. */
const TONE_SYMBOL = 3

/** Which of the four symbols a series has. */
export const symbolPlace = (color: SeriesColor): number =>
  typeof color === 'number' ? armPlace(color) : TONE_SYMBOL

/** The custom property that holds a series' colour. */
export function colorToken(color: SeriesColor): string {
  if (typeof color === 'number') return `--arm-${armPlace(color)}`
  return color === 'muted' || color === 'none' ? '--text-muted' : `--${color}`
}
