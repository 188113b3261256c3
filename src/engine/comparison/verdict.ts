import type { Verdict } from '../../shared/results.ts'
import type { BootstrapEstimate, Interval } from './bootstrap.ts'

/** Fewer documents than this give no interval and no verdict (method §6). */
export const MIN_DOCUMENTS = 5

export type DecidedVerdict = Exclude<Verdict, 'insufficient-data'>

/**
 * Non-inferiority of a quantity where lower is better: `kept` when the whole interval lies at or below the margin,
 * `worse` when all of it lies above, else `undecided`.
 */
export function verdictOf([low, high]: Interval, margin: number): DecidedVerdict {
  if (high <= margin) return 'kept'
  return low > margin ? 'worse' : 'undecided'
}

/**
 * Verdicts on several candidates against one margin with a family-wise error rate of `alpha`, by Holm's step-down
 * procedure (S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6, 1979). The
 * candidates are taken in the order of their p-values against the margin; the i-th of K (from 0) is judged by its
 * interval of level 1 − alpha/(K − i), and from the first undecided one on all are undecided. One candidate alone is
 * judged by its plain interval.
 *
 * @param relatives relative difference of each candidate from the baseline
 */
export function holmVerdicts(
  relatives: readonly BootstrapEstimate[],
  margin: number,
  alpha = 0.05,
): readonly DecidedVerdict[] {
  const verdicts = relatives.map((): DecidedVerdict => 'undecided')
  const ordered = relatives
    .map((estimate, index) => ({ estimate, index, p: estimate.pValue(margin) }))
    .sort((a, b) => a.p - b.p || a.index - b.index)
  for (const [step, { estimate, index }] of ordered.entries()) {
    const verdict = verdictOf(estimate.interval(1 - alpha / (relatives.length - step)), margin)
    if (verdict === 'undecided') break
    verdicts[index] = verdict
  }
  return verdicts
}
