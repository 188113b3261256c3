import { quantileOfSorted, studentTQuantile } from '../kernel/distributions.ts'

/** A coefficient of variation above this marks a measurement as unstable (method §7). */
const UNSTABLE_CV = 0.2

/** Repeated measurements of one quantity, in the quantity's own unit. */
export interface Summary {
  readonly n: number
  readonly mean: number
  readonly median: number
  /** Sample standard deviation (n − 1); null for fewer than two values. */
  readonly sd: number | null
  /** Student-t 95 % interval of the mean; null for fewer than two values. */
  readonly ci95: readonly [number, number] | null
  /** sd / mean; null for fewer than two values. */
  readonly cv: number | null
  readonly unstable: boolean
}

/** Summarises repetitions. @returns null when there are none */
export function summarize(values: readonly number[]): Summary | null {
  const n = values.length
  if (n === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const median = quantileOfSorted(Float64Array.from(values).sort(), 0.5)
  if (n === 1) return { n, mean, median, sd: null, ci95: null, cv: null, unstable: false }
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1))
  const half = (studentTQuantile(0.975, n - 1) * sd) / Math.sqrt(n)
  const cv = sd / mean
  return { n, mean, median, sd, ci95: [mean - half, mean + half], cv, unstable: cv > UNSTABLE_CV }
}

/** A quantile of measurements in any order. @returns null when there are none */
export function quantile(values: ArrayLike<number>, p: number): number | null {
  return values.length === 0 ? null : quantileOfSorted(Float64Array.from(values).sort(), p)
}

/** Candidate against baseline, repetition by repetition, so that what disturbs both at one time cancels. */
export interface PairedSummary {
  /** candidate − baseline */
  readonly difference: Summary
  /** candidate / baseline, pair by pair */
  readonly ratio: Summary
  /**
   * Mean of the candidate over mean of the baseline: unlike the mean of the ratios it always points the same way as the
   * difference. The interval is Student-t on the residuals y − r·x (ratio estimator, Cochran, Sampling Techniques, §6.4).
   */
  readonly ratioOfMeans: {
    readonly n: number
    readonly value: number
    readonly ci95: readonly [number, number] | null
  }
}

/**
 * Compares repetitions pair by pair; those that only one arm has are left out.
 *
 * @param baseline and candidate: value by repetition number
 * @returns null without a common repetition
 */
export function summarizePairs(
  baseline: ReadonlyMap<number, number>,
  candidate: ReadonlyMap<number, number>,
): PairedSummary | null {
  const pairs: (readonly [number, number])[] = []
  for (const [repetition, reference] of baseline) {
    const value = candidate.get(repetition)
    if (value !== undefined) pairs.push([reference, value])
  }
  const difference = summarize(pairs.map(([reference, value]) => value - reference))
  const ratio = summarize(pairs.map(([reference, value]) => value / reference))
  if (difference === null || ratio === null) return null
  return { difference, ratio, ratioOfMeans: ratioOfMeans(pairs) }
}

/** @param pairs baseline and candidate, at least one */
function ratioOfMeans(pairs: readonly (readonly [number, number])[]): PairedSummary['ratioOfMeans'] {
  const n = pairs.length
  const references = pairs.reduce((sum, [reference]) => sum + reference, 0)
  const value = pairs.reduce((sum, [, candidate]) => sum + candidate, 0) / references
  const residuals = summarize(pairs.map(([reference, candidate]) => candidate - value * reference))
  if (residuals === null || residuals.sd === null) return { n, value, ci95: null }
  const half = (studentTQuantile(0.975, n - 1) * residuals.sd * Math.sqrt(n)) / references
  return { n, value, ci95: [value - half, value + half] }
}
