const KANJI_OR_KANA = '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー]'
const JAPANESE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー、。「」『』【】〔〕・]/u
/** A bracket on whose outer side there is Japanese, and the space that was found there. */
const OUTER_SIDE = new RegExp(`${JAPANESE.source}( ?)[(]|[)]( ?)${JAPANESE.source}`, 'gu')
/** Number of an item, whose brackets are of either width. */
const ITEM_NUMBER = /^\([0-9a-zA-Z]{1,3}\) ?/
/** Punctuation that the recogniser finds in its half-width form, whatever the picture shows. */
const HALF_WIDTH = /[():;!?%~]/g
/** From ASCII to the full-width forms (Unicode, Halfwidth and Fullwidth Forms). */
const FULL_WIDTH_OFFSET = 0xfee0
/**
 * Spaces that are none of the text: gaps that programs set between Japanese and letters or digits, blank halves of
 * full-width punctuation, and gaps within a word set wide. Names and labels, which do have spaces, are not all hiragana.
 */
const NO_SPACE = [
  new RegExp(`(?<=${KANJI_OR_KANA}) +(?=(?!${KANJI_OR_KANA})[\\p{L}\\p{N}])`, 'gu'),
  new RegExp(`(?<=(?!${KANJI_OR_KANA})[\\p{L}\\p{N}]) +(?=${KANJI_OR_KANA})`, 'gu'),
  /(?<=[、。，．：；！？（）「」『』【】〔〕～％]) +/gu,
  / +(?=[、。，．：；！？（）「」『』【】〔〕～％・])/gu,
  /(?<=\p{sc=Hiragana}) +(?=\p{sc=Hiragana})/gu,
]

/**
 * Whether the punctuation of a page is full-width. The recogniser gives brackets one form; but it takes the blank half of
 * a full-width one for a space.
 *
 * @param lines with the spaces found
 */
export function hasFullWidthPunctuation(lines: readonly string[]): boolean {
  const sides = lines.flatMap((line) => [...line.matchAll(OUTER_SIDE)])
  const spaced = sides.filter(([, before, after]) => (before ?? after) === ' ')
  return spaced.length >= sides.length / 2
}

/**
 * A recognised line as it is written. In Japanese, gaps before and after letters and digits are none of the text.
 * Punctuation beside Japanese characters becomes full-width, both brackets of a pair alike, if `isFullWidth`, as that of
 * the page is; but for the number of an item. Letters and digits stay as they are.
 *
 * @param line with the spaces found
 */
export function lineText(line: string, isFullWidth: boolean): string {
  if (!JAPANESE.test(line)) return line
  const number = ITEM_NUMBER.exec(line)?.[0] ?? ''
  const rest = line.slice(number.length)
  const text = isFullWidth ? withFullWidth(rest) : rest
  return number + NO_SPACE.reduce((spaced, pattern) => spaced.replaceAll(pattern, ''), text)
}

function withFullWidth(line: string): string {
  const partners = partnersOf(line)
  const isBeside = (at: number): boolean =>
    JAPANESE.test(line.slice(0, at).slice(-2).trimEnd().slice(-1)) ||
    JAPANESE.test(
      line
        .slice(at + 1, at + 3)
        .trimStart()
        .slice(0, 1),
    )
  return line.replaceAll(HALF_WIDTH, (character, at: number) => {
    // A wave among figures: from … to.
    if (character === '~') return '～'
    const partner = partners.get(at)
    const isJapanese = isBeside(at) || (partner !== undefined && isBeside(partner))
    return isJapanese ? String.fromCharCode(character.charCodeAt(0) + FULL_WIDTH_OFFSET) : character
  })
}

/** Where the other bracket of each pair is. */
function partnersOf(line: string): ReadonlyMap<number, number> {
  const partners = new Map<number, number>()
  const open: number[] = []
  for (const { 0: bracket, index } of line.matchAll(/[()]/g)) {
    if (bracket === '(') {
      open.push(index)
      continue
    }
    const from = open.pop()
    if (from === undefined) continue
    partners.set(from, index)
    partners.set(index, from)
  }
  return partners
}
