import { CORPUS_SPLITS, type CorpusSplit } from '../../shared/documents.ts'
import { AppError } from '../../shared/errors.ts'
import { sha256 } from '../kernel/files.ts'
import { byCodeUnits } from '../kernel/order.ts'

/** The share of the documents that each split gets; the shares add up to 1. */
export type SplitShares = Readonly<Record<CorpusSplit, number>>

/** Everything is measured on, nothing is tuned. */
export const EVALUATE_ONLY: SplitShares = { 'held-out': 1, tuning: 0, validation: 0 }
export const TUNE_AND_EVALUATE: SplitShares = { 'held-out': 0.2, tuning: 0.7, validation: 0.1 }

/**
 * Assigns whole groups of documents to splits at random, by seed. The draw depends on the documents' content hashes
 * and the seed only, so neither order nor names nor the machine matter. Every split with a share gets at least one
 * group; the shares are met by documents as closely as whole groups allow.
 *
 * @param groups content hashes, each once, of the documents that must stay together
 * @throws AppError corpus/split-shares, corpus/too-few-documents
 */
export function assignSplits(
  groups: readonly (readonly string[])[],
  shares: SplitShares,
  seed: number,
): ReadonlyMap<string, CorpusSplit> {
  const values = CORPUS_SPLITS.map((split) => shares[split])
  const total = values.reduce((sum, share) => sum + share, 0)
  if (values.some((share) => !(share >= 0)) || Math.abs(total - 1) > 1e-9) {
    throw new AppError('corpus/split-shares', { shares: values.join(' / ') })
  }
  const wanted = CORPUS_SPLITS.filter((split) => shares[split] > 0)
  if (groups.length < wanted.length) {
    throw new AppError('corpus/too-few-documents', { documents: groups.length, needed: wanted.length })
  }
  const drawn = groups.map((group) => {
    const hashes = group.toSorted(byCodeUnits)
    return { hashes, draw: sha256(`${seed}:${hashes[0]}`) }
  })
  drawn.sort((a, b) => byCodeUnits(a.draw, b.draw))

  const sizes = apportion(
    groups.reduce((sum, group) => sum + group.length, 0),
    wanted.map((split) => shares[split]),
  )
  const parts = wanted.map((split, index) => ({ split, room: sizes[index]!, empty: true }))
  const assignment = new Map<string, CorpusSplit>()
  for (const [index, { hashes }] of drawn.entries()) {
    const empty = parts.filter((part) => part.empty)
    // The last groups go where there is none yet.
    const open = drawn.length - index <= empty.length ? empty : parts
    const roomiest = open.reduce((most, part) => (part.room > most.room ? part : most))
    const part = open.find(({ room }) => room >= hashes.length) ?? roomiest
    part.room -= hashes.length
    part.empty = false
    for (const hash of hashes) assignment.set(hash, part.split)
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
