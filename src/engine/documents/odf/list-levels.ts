import { formatNumber } from '../open-xml/number-formats.ts'
import type { XmlAttributes } from '../xml/parse-xml.ts'

/** One level of a list style (ODF 1.3 part 3 §16.31 to §16.34). */
export interface ListLevel {
  /** From 1. */
  readonly level: number
  /** The sign before each item; undefined where items are numbered. */
  readonly bullet: string | undefined
  readonly format: string
  /** Whether letters beyond the 26th are repeated, AA, BB, in place of AA, AB (ODF 1.3 part 3 §19.504). */
  readonly repeatsLetters: boolean
  readonly prefix: string
  readonly suffix: string
  readonly start: number
  /** Levels whose numbers are shown, this one included. */
  readonly displayLevels: number
}

const BULLET = '•'

/**
 * Values of `style:num-format` (ODF 1.3 part 3 §19.506) as ST_NumberFormat. Beside the values of the standard there is
 * what begins a sequence, which LibreOffice writes with what follows: `一, 二, 三, ...`.
 */
const FORMATS: Readonly<Record<string, string>> = {
  '1': 'decimal',
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  '1st': 'ordinal',
  '*': 'chicago',
  '１': 'decimalFullWidth',
  '①': 'decimalEnclosedCircle',
  一: 'japaneseCounting',
  '一, 二, 三, ... (ko)': 'koreanDigital2',
  壱: 'japaneseLegal',
  '壹, 貳, 參, ...': 'ideographLegalTraditional',
  '壹, 贰, 叁, ...': 'chineseLegalSimplified',
  ア: 'aiueoFullWidth',
  ｱ: 'aiueo',
  イ: 'irohaFullWidth',
  ｲ: 'iroha',
  甲: 'ideographTraditional',
  子: 'ideographZodiac',
  가: 'ganada',
  ㄱ: 'chosung',
  일: 'koreanCounting',
  '일, 이, 삼, ... (ko-x-digital)': 'koreanDigital',
  하나: 'koreanLegal',
}

/** The level that an element of a list style describes; undefined for other elements. */
export function listLevel(name: string, attributes: XmlAttributes): ListLevel | undefined {
  const isBullet = name === 'text:list-level-style-bullet' || name === 'text:list-level-style-image'
  if (!isBullet && name !== 'text:list-level-style-number' && name !== 'text:outline-level-style') {
    return undefined
  }
  return {
    level: whole(attributes['text:level'], 1),
    bullet: isBullet ? bulletSign(attributes['text:bullet-char'] ?? BULLET) : undefined,
    format: attributes['style:num-format'] ?? '',
    repeatsLetters: attributes['style:num-letter-sync'] === 'true',
    prefix: attributes['style:num-prefix'] ?? '',
    suffix: attributes['style:num-suffix'] ?? '',
    start: whole(attributes['text:start-value'], 1),
    displayLevels: whole(attributes['text:display-levels'], 1),
  }
}

/** Signs that only a symbol font knows are shown as the common one. */
function bulletSign(sign: string): string {
  return /^\p{Co}/u.test(sign) ? BULLET : sign
}

function shownNumber(number: number, { format, repeatsLetters }: ListLevel): string {
  const padded = /^0+1(?=,|$)/.exec(format)?.[0].length
  if (padded !== undefined) return String(number).padStart(padded, '0')
  const known = FORMATS[format] ?? FORMATS[format.split(',', 1)[0] ?? ''] ?? 'decimal'
  if (repeatsLetters || !/Letter$/.test(known)) return formatNumber(number, known)
  return known === 'upperLetter' ? letters(number) : letters(number).toLowerCase()
}

/** A to Z, then AA, AB, as columns of a sheet are called. */
function letters(number: number): string {
  if (number < 1) return String(number)
  const before = Math.floor((number - 1) / 26)
  const letter = String.fromCharCode(65 + ((number - 1) % 26))
  return before === 0 ? letter : letters(before) + letter
}

/** A whole number of an attribute. */
export function whole(value: string | undefined, otherwise: number): number {
  const number = Number(value)
  return value !== undefined && Number.isSafeInteger(number) ? number : otherwise
}

/** The last number of each level of one list. */
export class ListCounter {
  readonly #numbers: (number | undefined)[] = []

  /**
   * Counts an item and says what stands before it, with the space behind; empty where nothing does.
   *
   * @param level from 1
   * @param startValue what the item itself begins with
   * @param levelOf the levels of the list's style
   */
  next(
    level: number,
    startValue: number | undefined,
    levelOf: (level: number) => ListLevel | undefined,
  ): string {
    const style = levelOf(level)
    const last = this.#numbers[level]
    this.#numbers[level] = startValue ?? (last === undefined ? (style?.start ?? 1) : last + 1)
    this.#numbers.length = level + 1
    if (style === undefined) return ''
    const label = style.bullet ?? this.#numberLabel(style, levelOf)
    return label === '' ? '' : `${label} `
  }

  #numberLabel(style: ListLevel, levelOf: (level: number) => ListLevel | undefined): string {
    if (style.format === '') return ''
    const shown: string[] = []
    for (let level = Math.max(1, style.level - style.displayLevels + 1); level <= style.level; level++) {
      const shownLevel = levelOf(level)
      if (shownLevel === undefined || shownLevel.format === '') continue
      shown.push(shownNumber(this.#numbers[level] ?? shownLevel.start, shownLevel))
    }
    return style.prefix + shown.join('.') + style.suffix
  }
}
