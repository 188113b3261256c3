import { format, getFormatDateInfo } from 'numfmt'

import { eraName, eraYear, japaneseWeekday } from './japanese-era.ts'
import { NUMERALS, numeralDate, numeralDigits, numeralPlaces } from './kanji-numerals.ts'

/** Days from 1900-01-01's serial number to that of 1904-01-01 (ECMA-376 §18.17.4.1). */
export const DAYS_TO_1904 = 1462
/** Serial number of 10000-01-01, the first day that is none. */
const DAYS_TO_10000 = 2_958_466
/** Longest format that Excel accepts; what is longer is none. */
const MAX_FORMAT_CHARACTERS = 255
const GENERAL = 'General'
/** How newer files write F800 and F400, the long date and the time of the system's settings. */
const OF_SYSTEM = /\[\$-x-sys(?:date|time)\]/gi

/** Shows the values of cells that share a number format. */
export interface NumberFormat {
  number(value: number): string
  text(value: string): string
}

type Piece = string | ((serial: number) => string)

/**
 * A number format of Excel (ECMA-376 §18.8.31). Spaces that only align are dropped. Years of Japanese eras begin with
 * 元年 only where the format asks for it by `x-gannen`, as in Excel (Microsoft Support, "Japan era changes and
 * Gannen"). A format without meaning shows values as General does, and so does a date beyond 1900 to 9999, in whose
 * place Excel shows number signs.
 */
export function numberFormat(given: string, isDate1904 = false): NumberFormat {
  const pattern = given.replaceAll(OF_SYSTEM, (language) =>
    /date/i.test(language) ? '[$-F800]' : '[$-F400]',
  )
  if (pattern === GENERAL || pattern === '' || pattern.length > MAX_FORMAT_CHARACTERS) return general
  const pieces = eraPieces(pattern)
  const shown = getFormatDateInfo(pattern)
  const isFixed = pieces.every((piece) => typeof piece === 'string')
  const isDay = shown.year || shown.month || shown.day || !isFixed
  const isTime = shown.hours || shown.minutes || shown.seconds
  const numerals = numeralsOf(pattern, isDay || isTime)
  const options = /\[\$-F[48]00\]/i.test(pattern) ? { locale: 'ja' } : {}
  return {
    number(value) {
      const serial = isDate1904 && isDay ? value + DAYS_TO_1904 : value
      if (isDay && (serial < 0 || serial >= DAYS_TO_10000)) return general.number(value)
      const resolved = isFixed
        ? pattern
        : pieces.map((piece) => (typeof piece === 'string' ? piece : piece(serial))).join('')
      try {
        const text = format(resolved, serial, options).trim()
        return numerals === undefined ? text : numerals(text)
      } catch {
        return general.number(value)
      }
    },
    text(value) {
      try {
        return format(pattern, value)
      } catch {
        return value
      }
    },
  }
}

const general: NumberFormat = {
  number: (value) => format(GENERAL, value),
  text: (value) => value,
}

const TOKENS = /"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General|AM\/PM|A\/P|E[+-]|g+|e+|a{3,}|./giu

/**
 * Era names and years and Japanese weekdays as functions of the day, everything else as it stands. Formats without a
 * language are read as in Japan.
 */
function eraPieces(pattern: string): Piece[] {
  const language = /\[\$[^\]-]{0,8}-([^\]]*)\]/.exec(pattern)?.[1]
  const isJapanese = language === undefined || /^(?:\d{0,4}411|ja|F[48]00)/i.test(language)
  if (!isJapanese) return [pattern]
  const first = /x-gannen/i.test(pattern) ? '元' : '1'
  return (pattern.match(TOKENS) ?? []).map((token): Piece => {
    if (/^g+$/i.test(token)) return (serial) => literal(eraName(serial, token.length))
    if (/^e+$/i.test(token)) return (serial) => literal(yearText(eraYear(serial), token.length, first))
    if (/^a{3,}$/i.test(token)) {
      return (serial) => literal(japaneseWeekday(serial) + (token.length > 3 ? '曜日' : ''))
    }
    return token
  })
}

function yearText(year: number, letters: number, first: string): string {
  return year === 1 && first !== '1' ? first : String(year).padStart(letters > 1 ? 2 : 1, '0')
}

/** Characters that a format shows as they are. */
function literal(text: string): string {
  return [...text].map((character) => `\\${character}`).join('')
}

function numeralsOf(pattern: string, isDate: boolean): ((text: string) => string) | undefined {
  const numerals = NUMERALS[/\[DBNum([123])\]/i.exec(pattern)?.[1] ?? '']
  if (numerals === undefined) return undefined
  if (isDate) return (text) => numeralDate(text, numerals)
  const isGeneral = /General/i.test(pattern)
  return (text) => (isGeneral ? numeralPlaces(text, numerals) : numeralDigits(text, numerals))
}
