import { type CountingSystem, countedNumber, JAPANESE, JAPANESE_LEGAL } from '../open-xml/counted-numbers.ts'

/** How a format modifier [DBNum1] to [DBNum3] writes numbers. */
interface Numerals {
  readonly system: CountingSystem
  /** Whether days and months are written by their places. */
  readonly datesByPlaces: boolean
}

export const NUMERALS: Readonly<Record<string, Numerals>> = {
  1: { system: JAPANESE, datesByPlaces: true },
  2: { system: JAPANESE_LEGAL, datesByPlaces: true },
  3: { system: { ...JAPANESE, digits: '０１２３４５６７８９' }, datesByPlaces: false },
}

/** Digit by digit: 2025 → 二〇二五. Other characters stay. */
export function numeralDigits(text: string, { system }: Numerals): string {
  return text.replaceAll(/\d/g, (digit) => system.digits.charAt(Number(digit)))
}

/** A decimal number by its places, as with General: 1234 → 千二百三十四. Numbers with an exponent go digit by digit. */
export function numeralPlaces(text: string, numerals: Numerals): string {
  const match = /^(-?)(\d{1,12})(\.\d+)?$/.exec(text)
  if (match === null) return numeralDigits(text, numerals)
  const [, sign = '', whole = '', decimals = ''] = match
  return sign + countedNumber(Number(whole), numerals.system) + numeralDigits(decimals, numerals)
}

/** Years digit by digit, days and months by their places: 2025年12月 → 二〇二五年十二月. */
export function numeralDate(text: string, numerals: Numerals): string {
  if (!numerals.datesByPlaces) return numeralDigits(text, numerals)
  return text.replaceAll(/\d+/g, (digits) =>
    digits.length > 2 || digits.startsWith('0')
      ? numeralDigits(digits, numerals)
      : countedNumber(Number(digits), numerals.system),
  )
}
