/** Size of letters, in points, by which a column's width counts characters. */
const COUNTED_SIZE = 10

/** Share of a line that words leave empty where they break. */
const BREAKING = 1.04

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f000}-\u{3fffd}]/u

/** Lines that a text takes, wrapped at a width in half-width characters; East Asian ones count double. */
export function lineCount(text: string, width: number, size: number): number {
  return text.split('\n').reduce((lines, line) => {
    let columns = 0
    for (const character of line) columns += WIDE.test(character) ? 2 : 1
    return lines + Math.max(1, Math.ceil((columns * BREAKING * size) / COUNTED_SIZE / Math.max(1, width)))
  }, 0)
}
