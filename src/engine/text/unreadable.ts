/**
 * Characters that nobody can read: U+FFFD, lone surrogates, private use (gaiji, symbol fonts), unassigned code points
 * and noncharacters, each counted once; and `(cid:12)`, which converters write for glyphs without a meaning.
 */
export function unreadableCharacters(text: string): number {
  return text.match(/[\ufffd\p{Co}\p{Cn}\p{Cs}]|\(cid:\d{1,5}\)/gu)?.length ?? 0
}
