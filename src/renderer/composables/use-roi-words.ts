import { computed, type ComputedRef } from 'vue'

import { formatMessage, type MessageParams } from '../../shared/messages/define.ts'
import { assumptionMessages } from '../../shared/messages/report-assumptions.ts'
import { reportRoiMessages } from '../../shared/messages/report-roi.ts'
import type { AssumptionUnit, Currency } from '../../shared/roi/assumptions.ts'
import { useI18n } from '../i18n.ts'

const messages = { ...assumptionMessages, ...reportRoiMessages }
type RoiMessageKey = keyof typeof messages

/** The workbook's words for money and what it rests on, so that the page says of it what the report says. */
export interface RoiWords {
  say(key: RoiMessageKey, params?: MessageParams): string
  unit(unit: AssumptionUnit, currency: Currency): string
}

export function useRoiWords(): ComputedRef<RoiWords> {
  const { locale } = useI18n()
  return computed(() => {
    const say: RoiWords['say'] = (key, params) => formatMessage(messages[key], locale.value, params)
    const unit: RoiWords['unit'] = (of, currency) => {
      const amount = say(`currency.${currency}`)
      if (of === 'currency') return amount
      if (of === 'currency/kWh') return say('perUnit', { amount, unit: 'kWh' })
      if (of === 'currency/hour') return say('perUnit', { amount, unit: say('unit.hour') })
      return say(`unit.${of}`)
    }
    return { say, unit }
  })
}
