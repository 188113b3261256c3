import { addSums, ratio, type SumMetric } from './metric.ts'
import { nllSums } from './nll.ts'
import type { DocumentScores } from './scores.ts'

/** The nll of the tokens at document positions [from, to). */
export interface PositionMetric extends SumMetric {
  readonly from: number
  readonly to: number
}

/**
 * Buckets [1, 2), [2, 4), [4, 8) … of log2(position) up to the last scored position of the corpus. Position 0 has no
 * context and is never scored.
 */
export function nllByPosition(documents: readonly DocumentScores[]): readonly PositionMetric[] {
  let end = 0
  for (const { windows } of documents) {
    for (const { firstPosition, logProbs } of windows) end = Math.max(end, firstPosition + logProbs.length)
  }
  const buckets: PositionMetric[] = []
  for (let from = 1, to = 2; from < end; from = to, to *= 2) buckets.push(nllAtPositions(from, to))
  return buckets
}

/** The nll of tokens at positions [from, to) of their document. */
export function nllAtPositions(from: number, to: number): PositionMetric {
  return {
    kind: 'sums',
    id: `nll[${from},${to})`,
    unit: 'nats/token',
    direction: 'lower',
    from,
    to,
    compute: (document) =>
      addSums(
        document.windows.map((window) => {
          const first = Math.max(0, from - window.firstPosition)
          return nllSums(
            window,
            first,
            Math.max(first, Math.min(window.logProbs.length, to - window.firstPosition)),
          )
        }),
      ),
    aggregate: ratio,
  }
}
