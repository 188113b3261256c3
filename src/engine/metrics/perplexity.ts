import type { SumMetric } from './metric.ts'
import { documentNll } from './nll.ts'

/** exp(nll); comparable only between models that share a tokenizer. */
export const perplexity: SumMetric = {
  kind: 'sums',
  id: 'perplexity',
  unit: '1',
  direction: 'lower',
  compute: documentNll,
  aggregate: (numerator, denominator) => Math.exp(numerator / denominator),
}
