import type { ArmResult, ComparisonResult, Figure, Results } from '../../../shared/results.ts'

type SpeedResult = ArmResult['speed'][number]

/** @throws RangeError when the results hold no baseline, which no finished run does */
export function baselineOf(results: Results): ArmResult {
  const baseline = results.arms.find(({ role }) => role === 'baseline')
  if (baseline === undefined) throw new RangeError('results without a baseline arm')
  return baseline
}

export const candidatesOf = (results: Results): readonly ArmResult[] =>
  results.arms.filter(({ role }) => role === 'candidate')

/** The comparison that carries a candidate's verdict: nll, or bits per byte where the tokenizers differ. */
export const decidingComparison = (results: Results, candidate: string): ComparisonResult | undefined =>
  results.comparisons.find((entry) => entry.candidate === candidate && entry.verdict !== null)

export const comparisonOf = (
  results: Results,
  candidate: string,
  metric: string,
): ComparisonResult | undefined =>
  results.comparisons.find((entry) => entry.candidate === candidate && entry.metric === metric)

/** The longest context length that the run measured. */
export const longestContext = (results: Results): number => Math.max(...results.run.contexts)

export const speedAt = (arm: ArmResult, context: number): SpeedResult | undefined =>
  arm.speed.find((entry) => entry.context === context)

/** KV cache at a context length: as measured, else as predicted from the model's shape. */
export function kvBytesAt(arm: ArmResult, context: number): Figure | null {
  const entry = arm.memory.kvBytes.find((candidate) => candidate.context === context)
  if (entry === undefined) return null
  return entry.measured.value === null ? entry.predicted : entry.measured
}

/** Context lengths at which an arm's timing did not settle, ascending. */
export const unstableContexts = (arm: ArmResult): readonly number[] =>
  arm.speed.filter(({ unstable }) => unstable).map(({ context }) => context)

/** Context lengths at which the candidate's TPOT is slower beyond the interval of chance, ascending. */
export const slowerContexts = (results: Results, candidate: string): readonly number[] =>
  results.run.contexts.filter((context) => {
    const ci95 = comparisonOf(results, candidate, `tpotMs@${context}`)?.ci95
    return ci95 !== undefined && ci95 !== null && ci95[0] > 0
  })

/** Mean nll of one document under an arm, nats per token; null where nothing was scored. */
export function documentNll(document: Results['documents'][number], arm: string): number | null {
  const score = document.scores[arm]
  return score === undefined || score.tokens === 0 ? null : score.nllSum / score.tokens
}
