import type { Block, Chart } from './sheet-model.ts'
import type { Words } from './words.ts'

/** The chart, or in words why there is none: without a single value it would be an empty frame. */
export const orReason = (chart: Chart, words: Words): Block =>
  chart.series.some(({ y }) => y.some((value) => value !== null))
    ? chart
    : { kind: 'paragraph', text: words('chart.nothing', { title: chart.title }), tone: 'caution' }
