import { quantileOfSorted } from '../kernel/distributions.ts'
import { ratio, type SumMetric, type ValueMetric } from './metric.ts'
import { pairSums } from './pair-sums.ts'

/** Mean KL(baseline ‖ candidate) per token. */
export const klMean: SumMetric = {
  kind: 'sums',
  id: 'klMean',
  unit: 'nats/token',
  direction: 'lower',
  compute: (document) => pairSums(document, ({ kl }, i) => kl[i]!),
  aggregate: ratio,
}

/** 95th percentile over tokens of KL(baseline ‖ candidate): the rare, large disagreements that a mean hides. */
export const klP95: ValueMetric = {
  kind: 'values',
  id: 'klP95',
  unit: 'nats/token',
  direction: 'lower',
  compute: (document) =>
    document.windows.flatMap(({ pair }) => (pair === undefined ? [] : Array.from(pair.kl))),
  aggregate: (values) =>
    values.length === 0 ? Number.NaN : quantileOfSorted(Float64Array.from(values).sort(), 0.95),
}
