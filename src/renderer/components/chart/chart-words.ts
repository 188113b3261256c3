import type { Formatter } from '../../format.ts'
import type { Translate } from '../../i18n.ts'
import type { ChartSpec } from './chart-spec.ts'
import type { ChartWords } from './chart-option.ts'

/** @param format with the chart's currency */
export function chartWords({ y: { format: of } }: ChartSpec, format: Formatter, t: Translate): ChartWords {
  return {
    value: (y) => (of === undefined ? format.significant(y) : format.figure(y, of)),
    tick(y) {
      if (of === 'money' || of === 'signedMoney') return format.shortMoney(y)
      // Decimals that only say how exact a value is are noise at a tick.
      const isPlain = of === undefined || /^(integer|decimal|signed\d)/.test(of)
      return isPlain ? format.significant(y) : format.figure(y, of)
    },
    place: (x) =>
      typeof x !== 'number' ? x : Number.isInteger(x) ? format.integer(x) : format.significant(x),
    provenance: ({ provenance }) => t(`provenance.${provenance}`),
    interval: (low, high) => t('figure.interval', { low, high }),
    unavailable: t('common.unavailable'),
  }
}
