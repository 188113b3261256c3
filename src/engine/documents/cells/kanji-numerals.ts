import { formatNumber } from '../open-xml/number-formats.ts'

/** How a format modifier [DBNum1] to [DBNum3] writes digits, and numbers by their places. */
interface Numerals {
  readonly digits: string
  /** ST_NumberFormat of numbers by their places. */
  readonly places: string
  /** Whether days and months are written by their places. */
  readonly datesByPlaces: boolean
}

const COUNTING = '〇一二三四五六七八九'

export const NUMERALS: Readonly<Record<string, Numerals>> = {
  1: { digits: COUNTING, places: 'japaneseCounting', datesByPlaces: true },
  2: { digits: '〇壱弐参四伍六七八九', places: 'japaneseLegal', datesByPlaces: true },
  3: { digits: '０１２３４５６７８９', places: 'japaneseCounting', datesByPlaces: false },
}

/** Digit by digit: 2025 → 二〇二五. Other characters stay. */
export function numeralDigits(text: string, { digits }: Numerals): string {
  return text.replaceAll(/\d/g, (digit) => digits.charAt(Number(digit)))
}

/** A decimal number by its places, as with General: 1234 → 千二百三十四. Numbers with an exponent go digit by digit. */
export function numeralPlaces(text: string, numerals: Numerals): string {
  const match = /^(-?)(\d{1,12})(\.\d+)?$/.exec(text)
  if (match === null) return numeralDigits(text, numerals)
  const [, sign = '', whole = '', decimals = ''] = match
  return sign + wholePlaces(whole, numerals) + numeralDigits(decimals, numerals)
}

/** Years digit by digit, days and months by their places: 2025年12月 → 二〇二五年十二月. */
export function numeralDate(text: string, numerals: Numerals): string {
  if (!numerals.datesByPlaces) return numeralDigits(text, numerals)
  return text.replaceAll(/\d+/g, (digits) =>
    digits.length > 2 || digits.startsWith('0')
      ? numeralDigits(digits, numerals)
      : wholePlaces(digits, numerals),
  )
}

function wholePlaces(digits: string, numerals: Numerals): string {
  const text = formatNumber(Number(digits), numerals.places)
  if (numerals.places !== 'japaneseCounting') return text
  return text.replaceAll(/[〇一二三四五六七八九]/g, (digit) =>
    numerals.digits.charAt(COUNTING.indexOf(digit)),
  )
}
