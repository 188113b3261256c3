import type { Results } from '../../shared/results.ts'
import type { FinishedUnit } from '../runs/index.ts'
import { unitsOf } from './facts.ts'

/**
 * Baseline against itself: windows scored a second time must give the same log-probabilities, bit for bit. A window
 * whose extent differs, or a value that is not a number, counts as the largest difference there is.
 */
export function selfCheck(samples: readonly FinishedUnit[]): Results['selfCheck'] {
  const key = ({ arm, document, window }: { arm: string; document: string; window: number }): string =>
    JSON.stringify([arm, document, window])
  const first = new Map(unitsOf(samples, 'quality').map(({ unit, samples: scores }) => [key(unit), scores]))
  let windows = 0
  let maxAbsoluteDifference = 0
  for (const { unit, samples: again } of unitsOf(samples, 'self-check')) {
    const before = first.get(key(unit))
    if (before === undefined) continue
    windows++
    maxAbsoluteDifference = Math.max(
      maxAbsoluteDifference,
      largestDifference(before.logProbs, again.logProbs),
    )
  }
  return { windows, maxAbsoluteDifference, passed: windows > 0 && maxAbsoluteDifference === 0 }
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.MAX_VALUE
  let largest = 0
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!)
    largest = Math.max(largest, Number.isNaN(difference) ? Number.MAX_VALUE : difference)
  }
  return Math.min(largest, Number.MAX_VALUE)
}
