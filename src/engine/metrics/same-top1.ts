import { ratio, type SumMetric } from './metric.ts'
import { pairSums } from './pair-sums.ts'

/** Share of tokens at which both arms hold the same token most probable. */
export const sameTop1: SumMetric = {
  kind: 'sums',
  id: 'sameTop1',
  unit: '1',
  direction: 'higher',
  compute: (document) => pairSums(document, (pair, i) => pair.sameTop1[i]!),
  aggregate: ratio,
}
