/** Numbers, sizes and times as a reader of one language expects them. */
import type { Locale } from '../shared/messages/define.ts'
import type { NumberFormat } from '../shared/report-model.ts'

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
  /** Of seconds, in at most two units: 1 時間 5 分 */
  duration(seconds: number): string
  /** Of an ISO time, in the machine's time zone. */
  dateTime(iso: string): string
  /** The time of day with seconds. */
  time(iso: string): string
  figure(value: number, format: FigureFormat): string
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

const DURATION_UNITS = {
  ja: { day: ' 日', hour: ' 時間', minute: ' 分', second: ' 秒' },
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s' },
} as const

/** Hyphens are not minus signs, and a rounded zero has none. */
const withMinus = (text: string): string => text.replace(/^-/, '−')

export function createFormatter(locale: Locale): Formatter {
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
    duration,
    dateTime: (iso) => dateTimeFormat.format(new Date(iso)),
    time: (iso) => timeFormat.format(new Date(iso)),
    figure: (value, format) => byFormat[format](value),
  }
}
