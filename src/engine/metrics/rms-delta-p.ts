import type { SumMetric } from './metric.ts'
import { pairSums } from './pair-sums.ts'

/** Root mean square over tokens of p_candidate(true token) − p_baseline(true token). */
export const rmsDeltaP: SumMetric = {
  kind: 'sums',
  id: 'rmsDeltaP',
  unit: '1',
  direction: 'lower',
  compute: (document) => pairSums(document, ({ pBase, pCand }, i) => (pCand[i]! - pBase[i]!) ** 2),
  aggregate: (numerator, denominator) => Math.sqrt(numerator / denominator),
}
