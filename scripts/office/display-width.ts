/** In columns of a terminal: two for the characters of East Asia. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += character > '\u02ff' && !/[\u2010-\u2027]/.test(character) ? 2 : 1
  return width
}
