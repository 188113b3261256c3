import type { Locale, Message, MessageParams } from '../../shared/messages/index.ts'
import { formatMessage } from '../../shared/messages/index.ts'
import { reportMessages, type ReportMessageKey } from '../../shared/messages/report.ts'

/** The report's words in one language, with numbers formatted for sentences. */
export interface Words {
  (key: ReportMessageKey, params?: MessageParams): string
  readonly locale: Locale
  readonly count: (value: number) => string
  readonly signedPercent: (value: number | null) => string
  readonly percent: (value: number) => string
  /** Several names within the quotation marks of one message. */
  readonly names: (names: readonly string[]) => string
  /** What stands between two sentences. */
  readonly gap: string
  /** A message from elsewhere, or a text that is the same in every language. */
  readonly say: (message: Message | string) => string
}

export function wordsFor(locale: Locale): Words {
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const signed = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  })
  const plain = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  const words = (key: ReportMessageKey, params: MessageParams = {}): string =>
    formatMessage(reportMessages[key], locale, params)
  return Object.assign(words, {
    locale,
    count: (value: number) => integer.format(value),
    signedPercent: (value: number | null) => (value === null ? 'n/a' : signed.format(value)),
    percent: (value: number) => plain.format(value),
    names: (names: readonly string[]) => names.join(locale === 'ja' ? '」「' : '", "'),
    gap: locale === 'ja' ? '' : ' ',
    say: (message: Message | string) => (typeof message === 'string' ? message : message[locale]),
  })
}
