import { formatNumber } from '../open-xml/number-formats.ts'

const FORMATS: readonly (readonly [string, string])[] = [
  ['alphaLc', 'lowerLetter'],
  ['alphaUc', 'upperLetter'],
  ['romanLc', 'lowerRoman'],
  ['romanUc', 'upperRoman'],
  ['circleNum', 'decimalEnclosedCircle'],
  ['arabicDb', 'decimalFullWidth'],
  ['ea1', 'japaneseCounting'],
]

/** A paragraph's automatic number: a value of ST_TextAutonumberScheme, and the number that the list starts with. */
export interface AutoNumber {
  readonly scheme: string
  readonly start: number
}

/** Counts the automatically numbered paragraphs of one shape (ISO/IEC 29500-1 §21.1.2.4.1). */
export class AutoNumbers {
  /** For each level the list that was counted last. */
  readonly #lists: (AutoNumber & { readonly number: number })[] = []

  /** What stands before the next paragraph; empty for one that is not numbered, which ends the lists from its level on. */
  next(level: number, auto: AutoNumber | undefined): string {
    const list = this.#lists[level]
    if (auto === undefined) {
      this.#lists.length = Math.min(this.#lists.length, level)
      return ''
    }
    const isSame = list?.scheme === auto.scheme && list.start === auto.start
    const number = isSame ? list.number + 1 : auto.start
    this.#lists.length = Math.min(this.#lists.length, level + 1)
    this.#lists[level] = { ...auto, number }
    return `${schemeText(auto.scheme, number)} `
  }
}

function schemeText(scheme: string, number: number): string {
  const format = FORMATS.find(([prefix]) => scheme.startsWith(prefix))?.[1] ?? 'decimal'
  const shown = formatNumber(number, format)
  if (scheme.endsWith('ParenBoth')) return `(${shown})`
  if (scheme.endsWith('ParenR')) return `${shown})`
  return scheme.endsWith('Period') ? `${shown}.` : shown
}
