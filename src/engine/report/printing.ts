import type { PlacedSheet } from './placed.ts'
import { pointsOf } from './sheet-measures.ts'

/** Paper of 297 × 210 mm. */
export const A4 = 9
const POINTS_PER_INCH = 72
const A4_INCHES = { width: 297 / 25.4, height: 210 / 25.4 }
/** In inches. */
export const MARGINS = { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 }
/** Share of a page that is planned for: fonts differ from one computer to the next. */
const PLANNED = 0.95

/** Share of a page that may stay empty for a table to stand on one page. */
const MOST_EMPTY = 0.25

/** Height of the rows that one page takes, in points, when the sheet is as wide as the page. */
function pageHeight(widths: readonly number[]): number {
  const width = (A4_INCHES.width - MARGINS.left - MARGINS.right) * POINTS_PER_INCH
  const height = (A4_INCHES.height - MARGINS.top - MARGINS.bottom) * POINTS_PER_INCH
  const scale = Math.min(1, width / pointsOf(widths))
  return (height / scale) * PLANNED
}

/**
 * Rows after which a new page begins, so that charts are not torn apart, and tables where they need not be. Every page's end is set: where
 * letters or columns are wider, a spreadsheet would end pages elsewhere, within what is kept together. Pure.
 */
export function pageBreaks({ rows, kept, model }: PlacedSheet): number[] {
  const page = pageHeight(model.widths)
  const heightOf = (first: number, last: number): number =>
    rows.slice(first - 1, last).reduce((sum, { height }) => sum + height, 0)
  const breaks: number[] = []
  let used = 0
  for (const [index, { height }] of rows.entries()) {
    const row = index + 1
    const together = kept
      .filter(({ first, isTable }) => first === row && !(isTable && page - used > MOST_EMPTY * page))
      .map(({ first, last }) => heightOf(first, last))
    const needed = Math.max(height, ...together.filter((sum) => sum <= page))
    if (used > 0 && used + needed > page) {
      breaks.push(row - 1)
      used = 0
    }
    used += height
  }
  return breaks
}
