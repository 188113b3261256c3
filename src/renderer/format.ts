/** Numbers, sizes and times as a reader of one language expects them. */
import type { Locale } from '../shared/messages/define.ts'
import type { NumberFormat } from '../shared/report-model.ts'
import type { Currency } from '../shared/roi/assumptions.ts'

/** How one figure is written. The report's number formats, and those with a unit of their own. */
export type FigureFormat = NumberFormat | 'bytes' | 'milliseconds' | 'tokensPerSecond'

export interface Formatter {
  readonly locale: Locale
  /** 12,345 */
  integer(value: number): string
  /** Fixed decimals, 2 unless told otherwise. */
  decimal(value: number, digits?: number): string
  /** Four significant digits, unless told otherwise. */
  significant(value: number, digits?: number): string
  /** With its sign, + or −. */
  signed(value: number, digits?: number): string
  /** Of a ratio: 0.057 → 5.7 % */
  percent(ratio: number, digits?: number): string
  /** Of a ratio, with its sign. */
  signedPercent(ratio: number, digits?: number): string
  /** Binary units: 1.5 GiB */
  bytes(value: number): string
  /** Three significant digits, in µs, ms or s. */
  milliseconds(value: number): string
  tokensPerSecond(value: number): string
  /** An amount in the formatter's currency, in whole units; a bare number where it has none. */
  money(value: number): string
  /** The same with its sign. */
  signedMoney(value: number): string
  /** The same in thousands, millions or 万, for the ticks of an axis. */
  shortMoney(value: number): string
  /** A price in the formatter's currency, with as many decimals as it needs, at most two. */
  price(value: number): string
  years(value: number): string
  /** Of seconds, in at most two units: 1 時間 5 分 */
  duration(seconds: number): string
  /** Of an ISO time, in the machine's time zone. */
  dateTime(iso: string): string
  /** Of a day: 2026-04-01 */
  date(iso: string): string
  /** The time of day with seconds. */
  time(iso: string): string
  figure(value: number, format: FigureFormat): string
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

const DURATION_UNITS = {
  ja: { day: ' 日', hour: ' 時間', minute: ' 分', second: ' 秒' },
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s' },
} as const

const YEARS = { ja: '年', en: 'yr' } as const

/** Hyphens are not minus signs, and a rounded zero has none. */
const withMinus = (text: string): string => text.replace(/^-/, '−')

/** @param currency of the amounts of money; null where there are none */
export function createFormatter(locale: Locale, currency: Currency | null = null): Formatter {
  const fixed = (value: number, digits: number, signDisplay: 'negative' | 'exceptZero'): string =>
    withMinus(
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        signDisplay,
      }).format(value),
    )
  const significant = (value: number, digits = 4): string =>
    withMinus(new Intl.NumberFormat(locale, { maximumSignificantDigits: digits }).format(value))
  const dateTimeFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  // A day is the same day in every time zone.
  const dateFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const timeFormat = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' })

  const decimal = (value: number, digits = 2): string => fixed(value, digits, 'negative')
  const signed = (value: number, digits = 2): string => fixed(value, digits, 'exceptZero')
  const percent = (ratio: number, digits = 1): string => `${decimal(ratio * 100, digits)} %`
  const signedPercent = (ratio: number, digits = 1): string => `${signed(ratio * 100, digits)} %`
  const integer = (value: number): string => decimal(value, 0)

  function bytes(value: number): string {
    const exponent = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value)) / 10)
    const power = Math.min(Math.max(exponent, 0), BYTE_UNITS.length - 1)
    const scaled = value / 2 ** (10 * power)
    return `${power === 0 ? integer(scaled) : decimal(scaled, Math.abs(scaled) < 100 ? 1 : 0)} ${BYTE_UNITS[power]}`
  }

  function milliseconds(value: number): string {
    const size = Math.abs(value)
    if (size >= 10_000) return `${significant(value / 1000, 3)} s`
    if (size > 0 && size < 0.1) return `${significant(value * 1000, 3)} µs`
    return `${significant(value, 3)} ms`
  }

  function duration(seconds: number): string {
    const units = DURATION_UNITS[locale]
    const total = Math.max(0, Math.round(seconds))
    const parts = [
      [Math.floor(total / 86_400), units.day],
      [Math.floor(total / 3600) % 24, units.hour],
      [Math.floor(total / 60) % 60, units.minute],
      [total % 60, units.second],
    ] as const
    const first = parts.findIndex(([count]) => count > 0)
    if (first === -1) return `0${units.second}`
    return parts
      .slice(first, first + 2)
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count}${unit}`)
      .join(' ')
  }

  const tokensPerSecond = (value: number): string =>
    `${value < 100 ? decimal(value, 1) : integer(value)} tok/s`

  /** Yen are read with 円 behind the number in Japanese; everything else as the language has it. */
  const amount = (value: number, options: Intl.NumberFormatOptions): string => {
    const isPlain = currency === null || (locale === 'ja' && currency === 'JPY')
    const written = new Intl.NumberFormat(locale, {
      ...options,
      ...(isPlain ? {} : { style: 'currency', currency }),
    }).format(value)
    return withMinus(isPlain && currency !== null ? `${written} 円` : written)
  }
  const money = (value: number): string =>
    amount(value, { maximumFractionDigits: 0, signDisplay: 'negative' })
  const signedMoney = (value: number): string =>
    amount(value, { maximumFractionDigits: 0, signDisplay: 'exceptZero' })
  const shortMoney = (value: number): string =>
    amount(value, { notation: 'compact', maximumSignificantDigits: 3, signDisplay: 'negative' })
  const price = (value: number): string =>
    amount(value, { minimumFractionDigits: currency === 'USD' ? 2 : 0, maximumFractionDigits: 2 })
  const years = (value: number): string => `${decimal(value, 1)} ${YEARS[locale]}`

  const byFormat: Readonly<Record<FigureFormat, (value: number) => string>> = {
    integer,
    decimal1: (value) => decimal(value, 1),
    decimal2: (value) => decimal(value, 2),
    decimal4: (value) => decimal(value, 4),
    decimal6: (value) => decimal(value, 6),
    percent1: (value) => percent(value, 1),
    percent2: (value) => percent(value, 2),
    signed4: (value) => signed(value, 4),
    signedPercent2: (value) => signedPercent(value, 2),
    money,
    signedMoney,
    price,
    years1: years,
    bytes,
    milliseconds,
    tokensPerSecond,
  }

  return {
    locale,
    integer,
    decimal,
    significant,
    signed,
    percent,
    signedPercent,
    bytes,
    milliseconds,
    tokensPerSecond,
    money,
    signedMoney,
    shortMoney,
    price,
    years,
    duration,
    dateTime: (iso) => dateTimeFormat.format(new Date(iso)),
    date: (iso) => dateFormat.format(new Date(iso)),
    time: (iso) => timeFormat.format(new Date(iso)),
    figure: (value, format) => byFormat[format](value),
  }
}
