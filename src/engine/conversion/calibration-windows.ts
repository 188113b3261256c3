/**
 * Windows spread evenly over the documents laid end to end, each document followed by the end-of-text token.
 *
 * @returns `count` windows of `length` tokens, fewer windows when there is less text; one shorter window when there
 *   is not even `length`
 */
export function calibrationWindows(
  documents: readonly Int32Array[],
  endOfText: number,
  count: number,
  length: number,
): Int32Array[] {
  const total = documents.reduce((sum, document) => sum + document.length + 1, 0)
  const tokens = new Int32Array(total).fill(endOfText)
  let offset = 0
  for (const document of documents) {
    tokens.set(document, offset)
    offset += document.length + 1
  }
  const size = Math.min(length, total)
  const windows = Math.max(1, Math.min(count, Math.floor(total / size)))
  return Array.from({ length: windows }, (_, index) => {
    const start = windows === 1 ? 0 : Math.floor((index * (total - size)) / (windows - 1))
    return tokens.slice(start, start + size)
  })
}
