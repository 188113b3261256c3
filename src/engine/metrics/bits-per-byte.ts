import { ratio, type SumMetric } from './metric.ts'
import { documentNll } from './nll.ts'

/** Σnll / ln 2 / UTF-8 bytes: the one likelihood that compares models with different tokenizers (method §5). */
export const bitsPerByte: SumMetric = {
  kind: 'sums',
  id: 'bitsPerByte',
  unit: 'bits/byte',
  direction: 'lower',
  compute(document) {
    const [sum, tokens] = documentNll(document)
    return tokens === 0 ? [0, 0] : [sum / Math.LN2, document.bytes]
  },
  aggregate: ratio,
}
