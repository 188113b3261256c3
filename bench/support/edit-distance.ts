/**
 * Levenshtein distance of two texts in code points, in memory linear to their length. Only a diagonal band is computed,
 * doubled until the distance lies inside it (Ukkonen, Algorithms for approximate string matching, 1985), so that texts
 * that are nearly the same cost time linear to their length too.
 */
export function editDistance(a: string, b: string): number {
  const left = codePoints(a)
  const right = codePoints(b)
  const longest = Math.max(left.length, right.length)
  for (let band = Math.abs(left.length - right.length) + 16; ; band *= 2) {
    const distance = distanceInBand(left, right, band)
    if (distance <= band || band > longest) return distance
  }
}

function codePoints(text: string): Uint32Array {
  return Uint32Array.from(text, (character) => character.codePointAt(0) ?? 0)
}

/** Right where it is not above `band`. */
function distanceInBand(left: Uint32Array, right: Uint32Array, band: number): number {
  const unreached = left.length + right.length + 1
  let above = new Uint32Array(right.length + 1).fill(unreached)
  let row = new Uint32Array(right.length + 1).fill(unreached)
  for (let column = 0; column <= Math.min(band, right.length); column++) above[column] = column
  for (let line = 1; line <= left.length; line++) {
    const from = Math.max(0, line - band)
    const to = Math.min(right.length, line + band)
    row.fill(unreached, Math.max(0, from - 1), Math.min(right.length, to + 1) + 1)
    const character = left[line - 1]
    for (let column = from; column <= to; column++) {
      const deleted = (above[column] ?? unreached) + 1
      if (column === 0) {
        row[0] = deleted
        continue
      }
      const replaced = (above[column - 1] ?? unreached) + (right[column - 1] === character ? 0 : 1)
      const inserted = (row[column - 1] ?? unreached) + 1
      row[column] = Math.min(replaced, deleted, inserted)
    }
    const finished = above
    above = row
    row = finished
  }
  return above[right.length] ?? unreached
}
