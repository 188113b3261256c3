import type { Sums } from './metric.ts'
import type { DocumentScores, PairScores } from './scores.ts'

/** Sums a per-token quantity over the windows that were compared with the baseline, and counts their tokens. */
export function pairSums(
  document: DocumentScores,
  quantity: (pair: PairScores, index: number) => number,
): Sums {
  let sum = 0
  let tokens = 0
  for (const { pair, logProbs } of document.windows) {
    if (pair === undefined) continue
    for (let i = 0; i < logProbs.length; i++) sum += quantity(pair, i)
    tokens += logProbs.length
  }
  return [sum, tokens]
}
