/** Full-width characters fill the em; others about this share of it, in the fonts of the page. */
const NARROW = 0.56

const isWide = (character: string): boolean =>
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
    character,
  )

/** About how wide a text is at a font size, in the same unit. */
export function textWidth(text: string, size: number): number {
  let width = 0
  for (const character of text) width += isWide(character) ? 1 : NARROW
  return width * size
}

/** A text cut into lines that fit a width; what is left after the last line is cut with an ellipsis. */
export function wrapText(text: string, width: number, size: number, mostLines: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text, width, size)) {
    if (line !== '' && textWidth(line + piece.trimEnd(), size) > width) {
      lines.push(line.trimEnd())
      if (lines.length === mostLines) return withEllipsis(lines, width, size)
      line = piece.trimStart()
    } else {
      line += piece
    }
  }
  return line.trimEnd() === '' ? lines : [...lines, line.trimEnd()]
}

/** Words, and single characters where lines may break anywhere or a word is wider than a line. */
function* pieces(text: string, width: number, size: number): Generator<string> {
  for (const word of text.match(/\s+|[^\s]+/g) ?? []) {
    if (textWidth(word, size) <= width && ![...word].some(isWide)) yield word
    else yield* word
  }
}

function withEllipsis(lines: string[], width: number, size: number): string[] {
  const last = [...(lines.pop() ?? '')]
  while (last.length > 0 && textWidth(`${last.join('')}…`, size) > width) last.pop()
  return [...lines, `${last.join('')}…`]
}
