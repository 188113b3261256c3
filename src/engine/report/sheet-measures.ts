/** Pixels of a digit, and of a column's margins, in the workbook's standard font. */
const DIGIT_PIXELS = 7
const EMU_PER_PIXEL = 9525
const POINTS_PER_PIXEL = 0.75

/** Width on the screen of a column of so many characters (ECMA-376 part 1, §18.3.1.13). */
const pixelsOf = (characters: number): number =>
  Math.trunc(((256 * characters + Math.trunc(128 / DIGIT_PIXELS)) / 256) * DIGIT_PIXELS)

/**
 * The column, and the EMU into it, at a share of the width of all columns.
 *
 * @param widths in characters
 */
export function cornerAt(widths: readonly number[], share: number): { column: number; offset: number } {
  const pixels = widths.map(pixelsOf)
  let rest = Math.round(pixels.reduce((sum, each) => sum + each, 0) * share)
  for (const [column, width] of pixels.entries()) {
    if (rest < width) return { column, offset: rest * EMU_PER_PIXEL }
    rest -= width
  }
  return { column: pixels.length, offset: 0 }
}

/** Width of all columns in points. @param widths in characters */
export const pointsOf = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + pixelsOf(width) * POINTS_PER_PIXEL, 0)
