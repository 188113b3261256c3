/** UTF-16 code units of a piece: a few screens of text, laid out well within a frame. */
const PIECE_CHARACTERS = 6_000
/** How far back from its end a piece may be cut to end with a line. */
const LINE_SEARCH = 2_000

/**
 * Cuts a long text into pieces that are laid out one after the other. A piece ends with a line where one ends nearby, never
 * within a surrogate pair; joined by nothing, except the line breaks at the cuts, the pieces are the text.
 *
 * @returns the pieces without the line break that ends each
 */
export function cutIntoPieces(text: string, pieceCharacters = PIECE_CHARACTERS): readonly string[] {
  const pieces: string[] = []
  let start = 0
  while (text.length - start > pieceCharacters) {
    const end = start + pieceCharacters
    const line = text.lastIndexOf('\n', end)
    if (line > start && end - line <= Math.min(LINE_SEARCH, pieceCharacters)) {
      pieces.push(text.slice(start, line))
      start = line + 1
    } else {
      const cut = isLowSurrogate(text.charCodeAt(end)) ? end - 1 : end
      pieces.push(text.slice(start, cut))
      start = cut
    }
  }
  pieces.push(text.slice(start))
  return pieces
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff
