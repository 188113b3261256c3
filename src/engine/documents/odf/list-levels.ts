import { formatNumber } from '../open-xml/number-formats.ts'
import type { XmlAttributes } from '../xml/parse-xml.ts'

/** One level of a list style (ODF 1.3 part 3 §16.31 to §16.34). */
export interface ListLevel {
  /** From 1. */
  readonly level: number
  /** The sign before each item; undefined where items are numbered. */
  readonly bullet: string | undefined
  readonly format: string
  readonly prefix: string
  readonly suffix: string
  readonly start: number
  /** Levels whose numbers are shown, this one included. */
  readonly displayLevels: number
}

const BULLET = '•'

/** Values of `style:num-format` (ODF 1.3 part 3 §19.506, and what LibreOffice writes beside) as ST_NumberFormat. */
const FORMATS: Readonly<Record<string, string>> = {
  '1': 'decimal',
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  '１, ２, ３, ...': 'decimalFullWidth',
  '①, ②, ③, ...': 'decimalEnclosedCircle',
  '一, 二, 三, ...': 'japaneseCounting',
  '壱, 弐, 参, ...': 'japaneseLegal',
  '壹, 貳, 參, ...': 'japaneseLegal',
  'ア, イ, ウ, ...': 'aiueoFullWidth',
  'ｱ, ｲ, ｳ, ...': 'aiueo',
  'イ, ロ, ハ, ...': 'irohaFullWidth',
  'ｲ, ﾛ, ﾊ, ...': 'iroha',
  '甲, 乙, 丙, ...': 'ideographTraditional',
  '子, 丑, 寅, ...': 'ideographZodiac',
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
      const { format = '', start = 1 } = levelOf(level) ?? {}
      if (format !== '') shown.push(formatNumber(this.#numbers[level] ?? start, FORMATS[format] ?? 'decimal'))
    }
    return style.prefix + shown.join('.') + style.suffix
  }
}
