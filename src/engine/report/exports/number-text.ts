import type { Locale } from '../../../shared/messages/index.ts'
import type { NumberFormat } from '../../../shared/report-model.ts'
import type { Currency } from '../../../shared/roi/assumptions.ts'

/** Numbers in words of one language: as a cell shows them, and short, as an axis has room for them. */
export interface NumberTexts {
  cell(value: number, format: NumberFormat): string
  axis(value: number, format: NumberFormat): string
}

/** From here on an axis counts in thousands and millions, or 万 and 億. */
const COMPACT_FROM = 100_000

const FRACTION_DIGITS: Readonly<Record<NumberFormat, number>> = {
  integer: 0,
  decimal1: 1,
  decimal2: 2,
  decimal4: 4,
  decimal6: 6,
  percent1: 1,
  percent2: 2,
  signed4: 4,
  signedPercent2: 2,
  money: 0,
  signedMoney: 0,
  price: 2,
  years1: 1,
}
const SIGNED: readonly NumberFormat[] = ['signed4', 'signedPercent2', 'signedMoney']

/** Texts of numbers in the formats of the workbook; amounts without a currency are plain numbers. */
export function numberTexts(locale: Locale, currency: Currency | null): NumberTexts {
  const formatters = new Map<string, Intl.NumberFormat>()
  const say = (value: number, options: Intl.NumberFormatOptions): string => {
    const key = JSON.stringify(options)
    const formatter = formatters.get(key) ?? new Intl.NumberFormat(locale, options)
    formatters.set(key, formatter)
    // A hyphen is no minus sign, and Intl's yen sign in Japanese is a full-width one.
    return formatter.format(value).replace('-', '−').replace('￥', '¥')
  }
  const styleOf = (format: NumberFormat): Intl.NumberFormatOptions => {
    const signDisplay = SIGNED.includes(format) ? 'exceptZero' : 'negative'
    if (format.startsWith('percent') || format === 'signedPercent2') return { style: 'percent', signDisplay }
    const isMoney = format === 'money' || format === 'signedMoney' || format === 'price'
    return isMoney && currency !== null
      ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol', signDisplay }
      : { signDisplay }
  }
  return {
    cell(value, format) {
      const digits = FRACTION_DIGITS[format]
      return say(value, {
        ...styleOf(format),
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })
    },
    axis(value, format) {
      const compact =
        Math.abs(value) >= COMPACT_FROM ? { notation: 'compact' as const, useGrouping: true } : {}
      return say(value, { ...styleOf(format), ...compact, maximumSignificantDigits: 6 })
    },
  }
}
