/** A part of a text, [from, to) in UTF-16 code units. */
export interface Passage {
  readonly from: number
  readonly to: number
}

/** Where a pattern with the flag g matches, and the match. */
export function* matches(
  text: string,
  pattern: RegExp,
): Generator<
  Passage & { readonly found: string; readonly groups: Readonly<Record<string, string | undefined>> }
> {
  for (const match of text.matchAll(pattern)) {
    const [found] = match
    yield { from: match.index, to: match.index + found.length, found, groups: match.groups ?? {} }
  }
}
