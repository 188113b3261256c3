import { CORPUS_SPLITS, type CorpusSplit } from '../../shared/documents.ts'
import { AppError } from '../../shared/errors.ts'
import { sha256 } from '../kernel/files.ts'
import { byCodeUnits } from '../kernel/order.ts'

/** The share of the documents that each split gets; the shares add up to 1. */
export type SplitShares = Readonly<Record<CorpusSplit, number>>

/** Everything is measured on, nothing is tuned. */
export const EVALUATE_ONLY: SplitShares = { 'held-out': 1, tuning: 0, validation: 0 }
export const TUNE_AND_EVALUATE: SplitShares = { 'held-out': 0.2, tuning: 0.7, validation: 0.1 }

/** Draws of which the one is taken that comes nearest to the shares, the first as a rule. */
const DRAWS = 16

/** Texts that stay together. */
interface Group {
  readonly hashes: readonly string[]
  /** Hash by which it is drawn. */
  readonly draw: string
}

/** A split as it fills. */
interface Part {
  readonly split: CorpusSplit
  /** Documents that it should have. */
  readonly wanted: number
  /** By size, none of them empty; groups of one size serve alike. */
  readonly groups: Map<number, Group[]>
  /** Groups that it has. */
  count: number
  /** Documents that it has. */
  size: number
}

/**
 * Assigns whole groups of documents to splits at random, by seed. The draw depends on the documents' content hashes
 * and the seed only, so neither order nor names nor the machine matter. Every split with a share gets at least one
 * group; the shares are met by documents so closely that neither moving a group nor exchanging two would bring the
 * splits nearer to them. So a group that is larger than a split's share is in another one that has more room.
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
  const sizes = apportion(
    groups.reduce((sum, group) => sum + group.length, 0),
    wanted.map((split) => shares[split]),
  )
  const own = groups.map((group) => group.toSorted(byCodeUnits))
  let [best, least] = [[] as Part[], Infinity]
  for (let attempt = 0; attempt < DRAWS && least > 0; attempt++) {
    const parts = wanted.map((split, index) => ({
      split,
      wanted: sizes[index]!,
      groups: new Map<number, Group[]>(),
      count: 0,
      size: 0,
    }))
    fill(parts, drawnOf(own, attempt === 0 ? `${seed}` : `${seed}/${attempt}`))
    balance(parts)
    const missed = parts.reduce((sum, part) => sum + roomOf(part) ** 2, 0)
    if (missed < least) [best, least] = [parts, missed]
  }
  return new Map(
    best.flatMap(({ split, groups: own }) =>
      [...own.values()].flat().flatMap(({ hashes }) => hashes.map((hash) => [hash, split] as const)),
    ),
  )
}

/** In the order in which a seed draws them. */
function drawnOf(groups: readonly (readonly string[])[], seed: string): Group[] {
  return groups
    .map((hashes) => ({ hashes, draw: sha256(`${seed}:${hashes[0]}`) }))
    .sort((a, b) => byCodeUnits(a.draw, b.draw))
}

/** Documents that a part lacks; negative where it has too many. */
const roomOf = ({ wanted, size }: Part): number => wanted - size

/** Each group to the first part with room for it. */
function fill(parts: readonly Part[], drawn: readonly Group[]): void {
  for (const [index, group] of drawn.entries()) {
    const empty = parts.filter(({ count }) => count === 0)
    // The last groups go where there is none yet.
    const open = drawn.length - index <= empty.length ? empty : parts
    const roomiest = open.reduce((most, part) => (roomOf(part) > roomOf(most) ? part : most))
    put(group, open.find((part) => roomOf(part) >= group.hashes.length) ?? roomiest)
  }
}

function put(group: Group, part: Part): void {
  const size = group.hashes.length
  const alike = part.groups.get(size)
  if (alike === undefined) part.groups.set(size, [group])
  else alike.push(group)
  part.count++
  part.size += size
}

/** Takes out the group of a size that came last. */
function take(size: number, part: Part): Group {
  const alike = part.groups.get(size)!
  const group = alike.pop()!
  if (alike.length === 0) part.groups.delete(size)
  part.count--
  part.size -= size
  return group
}

/** The size of a group that one part gives to another, and of the one it gets for it, 0 for none. */
interface Exchange {
  readonly from: Part
  readonly to: Part
  readonly given: number
  readonly returned: number
}

/**
 * Moves and exchanges groups for as long as that makes the sum of the squares smaller by which the parts miss their
 * sizes, what helps most first. It ends, because the sum is a whole number.
 */
function balance(parts: readonly Part[]): void {
  for (let best = bestExchange(parts); best !== null; best = bestExchange(parts)) {
    const { from, to, given, returned } = best
    const group = take(given, from)
    if (returned > 0) put(take(returned, to), from)
    put(group, to)
  }
}

/** The one that helps most, or null. Of those that help alike the one of the smallest groups. */
function bestExchange(parts: readonly Part[]): Exchange | null {
  const sizes = new Map(parts.map((part) => [part, [...part.groups.keys()].sort((a, b) => a - b)]))
  let [best, most]: [Exchange | null, number] = [null, 0]
  for (const from of parts) {
    for (const to of parts) {
      const slope = roomOf(to) - roomOf(from)
      if (slope <= 1) continue
      const returnable = [...(from.count > 1 ? [0] : []), ...sizes.get(to)!]
      for (const given of sizes.get(from)!) {
        for (const returned of returnable) {
          const moved = given - returned
          // Half of that by which the squares become less.
          const gain = moved * (slope - moved)
          if (gain > most) [best, most] = [{ from, to, given, returned }, gain]
        }
      }
    }
  }
  return best
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
