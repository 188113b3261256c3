/** Text without spaces at its ends; ideographic spaces, which indent Japanese text, stay. */
export function trimSpaces(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && text[from] === ' ') from++
  while (to > from && text[to - 1] === ' ') to--
  return text.slice(from, to)
}
