import { AppError } from '../../shared/errors.ts'
import { sha256 } from '../kernel/files.ts'

const CORPUS_SPLITS = ['held-out', 'tuning', 'validation'] as const
/**
 * What a document serves for: `tuning` trains, `validation` stops the training, `held-out` is what results are
 * measured on and nothing else ever sees.
 */
export type CorpusSplit = (typeof CORPUS_SPLITS)[number]

/** The share of the documents that each split gets; the shares add up to 1. */
export type SplitShares = Readonly<Record<CorpusSplit, number>>

/** Everything is measured on, nothing is tuned. */
export const EVALUATE_ONLY: SplitShares = { 'held-out': 1, tuning: 0, validation: 0 }
export const TUNE_AND_EVALUATE: SplitShares = { 'held-out': 0.2, tuning: 0.7, validation: 0.1 }

/**
 * Assigns whole documents to splits at random, by seed. The draw depends on each document's content hash and the
 * seed only, so neither order nor names nor the machine matter. Every split with a share gets at least one.
 *
 * @param hashes content hashes, each once
 * @throws AppError corpus/split-shares, corpus/too-few-documents
 */
export function assignSplits(
  hashes: readonly string[],
  shares: SplitShares,
  seed: number,
): ReadonlyMap<string, CorpusSplit> {
  const values = CORPUS_SPLITS.map((split) => shares[split])
  const total = values.reduce((sum, share) => sum + share, 0)
  if (values.some((share) => !(share >= 0)) || Math.abs(total - 1) > 1e-9) {
    throw new AppError('corpus/split-shares', { shares: values.join(' / ') })
  }
  const wanted = CORPUS_SPLITS.filter((split) => shares[split] > 0)
  if (hashes.length < wanted.length) {
    throw new AppError('corpus/too-few-documents', { documents: hashes.length, needed: wanted.length })
  }
  const drawn = hashes.toSorted(byString).map((hash) => ({ hash, draw: sha256(`${seed}:${hash}`) }))
  drawn.sort((a, b) => byString(a.draw, b.draw))

  const sizes = apportion(
    hashes.length,
    wanted.map((split) => shares[split]),
  )
  const assignment = new Map<string, CorpusSplit>()
  let next = 0
  for (const [index, split] of wanted.entries()) {
    for (let n = 0; n < sizes[index]!; n++) assignment.set(drawn[next++]!.hash, split)
  }
  return assignment
}

/** Whole numbers of at least 1 in proportion to the shares, by largest remainder; ties go to the earlier one. */
function apportion(total: number, shares: readonly number[]): number[] {
  const spare = total - shares.length
  const quotas = shares.map((share) => Math.max(0, share * total - 1))
  const quotaSum = quotas.reduce((sum, quota) => sum + quota, 0)
  const exact = quotas.map((quota) => (quotaSum === 0 ? spare / shares.length : (quota * spare) / quotaSum))
  const sizes = exact.map((value) => 1 + Math.floor(value + 1e-9))
  const order = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value + 1e-9) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  const missing = total - sizes.reduce((sum, size) => sum + size, 0)
  for (const { index } of order.slice(0, missing)) sizes[index]!++
  return sizes
}

function byString(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
