import { addSums, ratio, type SumMetric, type Sums } from './metric.ts'
import type { DocumentScores, WindowScores } from './scores.ts'

/** Σ −log p in float64 over the window's tokens [from, to), and their number. */
export function nllSums(window: WindowScores, from = 0, to = window.logProbs.length): Sums {
  let sum = 0
  for (let i = from; i < to; i++) sum -= window.logProbs[i]!
  return [sum, Math.max(0, to - from)]
}

/** Σ −log p in nats and number of tokens over a document. */
export const documentNll = (document: DocumentScores): Sums =>
  addSums(document.windows.map((window) => nllSums(window)))

/** Mean negative log-likelihood per token, weighted by tokens over documents (method §5). */
export const nll: SumMetric = {
  kind: 'sums',
  id: 'nll',
  unit: 'nats/token',
  direction: 'lower',
  compute: documentNll,
  aggregate: ratio,
}
