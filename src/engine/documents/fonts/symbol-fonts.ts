/**
 * Symbol's code 0x20 to 0xfe in Unicode, after Adobe's symbol.txt; a space where there is nothing to read, since
 * pieces of tall brackets mean nothing in a line.
 */
const SYMBOL =
  ' !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼ ' +
  ' '.repeat(32) +
  '€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…  ↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑           〉∫⌠ ⌡'

/** The signs of Wingdings that stand in business documents: check marks, boxes, arrows, numbers, pointers. */
const WINGDINGS: ReadonlyMap<number, string> = new Map([
  ...signs(0x21, '✏✂✁'),
  ...signs(0x28, '☎✆✉'),
  ...signs(0x45, '☜☞☝☟'),
  ...signs(0x4a, '☺😐☹'),
  ...signs(0x6c, '●❍■□'),
  ...signs(0x71, '❑❒⬧⧫◆❖'),
  ...signs(0x80, '⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿'),
  ...signs(0x9e, '·•▪○'),
  ...signs(0xa7, '▪◻'),
  ...signs(0xab, '★'),
  ...signs(0xd8, '➢'),
  ...signs(0xdf, '←→↑↓↖↗↙↘'),
  ...signs(0xe8, '➔'),
  ...signs(0xef, '⇦⇨⇧⇩⬄⇳'),
  ...signs(0xfb, '✗✓☒☑'),
])

/** What stands before items of lists in fonts whose names a file does not tell. */
const UNNAMED: ReadonlyMap<number, string> = new Map([...WINGDINGS, [0x20, ' '], [0xb7, '•']])

const WINGDINGS_2: ReadonlyMap<number, string> = new Map(signs(0x4f, '✗✓☒☑☒'))

const WINGDINGS_3: ReadonlyMap<number, string> = new Map([
  ...signs(0x66, '←→↑↓'),
  ...signs(0x70, '▲▼△▽◀▶◁▷'),
  [0x7d, '▶'],
])

const PRIVATE_FIRST = 0xf000
const PRIVATE_LAST = 0xf0ff

function signs(first: number, characters: string): (readonly [number, string])[] {
  return [...characters].map((character, index) => [first + index, character] as const)
}

/** Whether a font has signs of its own in place of letters. */
export function isSymbolFont(font: string): boolean {
  return /^(symbol|wingdings( [23])?)$/i.test(font)
}

/**
 * What a code of a symbol font shows.
 *
 * @param code 0x20 to 0xff, or the same in the private use area from 0xf000
 * @returns undefined for a sign without an equal in Unicode
 */
export function symbolCharacter(font: string, code: number): string | undefined {
  const index = code >= PRIVATE_FIRST && code <= PRIVATE_LAST ? code - PRIVATE_FIRST : code
  switch (font.toLowerCase()) {
    case 'symbol': {
      const character = SYMBOL[index - 0x20]
      return character === undefined || (character === ' ' && index !== 0x20) ? undefined : character
    }
    case 'wingdings':
      return WINGDINGS.get(index)
    case 'wingdings 2':
      return WINGDINGS_2.get(index)
    case 'wingdings 3':
      return WINGDINGS_3.get(index)
    default:
      return code >= PRIVATE_FIRST && code <= PRIVATE_LAST ? undefined : String.fromCodePoint(code)
  }
}

/** Text of a run in a symbol font; signs without an equal in Unicode stay what they are. */
export function symbolText(font: string, text: string): string {
  return text.replaceAll(/[\uf020-\uf0ff]/g, (sign) => symbolCharacter(font, sign.charCodeAt(0)) ?? sign)
}

/**
 * What a code of a symbol font shows, itself in private use for a sign without an equal in Unicode.
 *
 * @param font empty where only the kind of the font is known: then what is usual before items of lists
 * @param code 0x20 to 0xff, or the same in the private use area
 */
export function symbolSign(font: string, code: number): string {
  const shown = font === '' ? UNNAMED.get(code & 0xff) : symbolCharacter(font, code)
  return shown ?? String.fromCharCode(PRIVATE_FIRST | (code & 0xff))
}
