import { formatMessage, type Locale, type MessageParams } from '../../../shared/messages/index.ts'
import { assumptionMessages } from '../../../shared/messages/report-assumptions.ts'
import { reportRoiMessages } from '../../../shared/messages/report-roi.ts'
import { roiRowMessages } from '../../../shared/messages/report-roi-rows.ts'
import type { AssumptionUnit, Currency } from '../../../shared/roi/assumptions.ts'
import type { Unit } from '../../roi/index.ts'

const messages = { ...reportRoiMessages, ...assumptionMessages, ...roiRowMessages }
export type MoneyMessageKey = keyof typeof messages

/** The words of the sheets about money in one language and currency. */
export interface MoneyWords {
  (key: MoneyMessageKey, params?: MessageParams): string
  readonly unit: (unit: AssumptionUnit | Unit) => string
  /** A whole number with groups of digits, as TEXT(…,"#,##0") writes it. */
  readonly count: (value: number) => string
}

export function moneyWordsFor(locale: Locale, currency: Currency): MoneyWords {
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const say = (key: MoneyMessageKey, params: MessageParams = {}): string =>
    formatMessage(messages[key], locale, params)
  const amount = say(`currency.${currency}`)
  const unit = (of: AssumptionUnit | Unit): string => {
    switch (of) {
      case 'currency':
        return amount
      case 'currency/kWh':
        return say('perUnit', { amount, unit: 'kWh' })
      case 'currency/hour':
        return say('perUnit', { amount, unit: say('unit.hour') })
      case 'currency/1000 requests':
        return say('perUnit', { amount, unit: say('unit.thousandRequests') })
      default:
        return say(`unit.${of}`)
    }
  }
  return Object.assign(say, { unit, count: (value: number) => integer.format(value) })
}
