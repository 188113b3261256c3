import type { LengthBucket } from '../../../shared/contract/corpus.ts'
import type { ChartSpec } from '../../components/chart/chart-spec.ts'
import type { Formatter } from '../../format.ts'
import type { Translate } from '../../i18n.ts'

/** How many documents are how long. A bar is named by the first and the last length that it counts. */
export const lengthChart = (
  histogram: readonly LengthBucket[],
  words: { readonly title: string; readonly unit: string },
  t: Translate,
  format: Formatter,
): ChartSpec => ({
  title: words.title,
  kind: 'bar',
  x: { label: words.unit, type: 'category' },
  y: { label: t('corpus.lengths.y'), format: 'integer', from0: true },
  series: [
    {
      name: t('corpus.lengths.series'),
      color: 0,
      provenance: 'measured',
      points: histogram.map(({ from, to, count }) => ({
        x: t('corpus.lengths.bucket', { from: format.integer(from), to: format.integer(to - 1) }),
        y: count,
      })),
    },
  ],
})
