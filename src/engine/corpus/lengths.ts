import type { Coverage, LengthBucket } from '../../shared/contract/corpus.ts'

/**
 * Counts lengths in buckets that double: [0, 1), [1, 2), [2, 4), … from the shortest to the longest that occurs,
 * empty ones in between included.
 */
export function lengthHistogram(lengths: readonly number[]): LengthBucket[] {
  const counts: number[] = []
  for (const length of lengths) {
    const bucket = length < 1 ? 0 : Math.floor(Math.log2(length)) + 1
    counts[bucket] = (counts[bucket] ?? 0) + 1
  }
  const first = counts.findIndex((count) => count !== undefined)
  return Array.from(counts, (count, bucket) => ({
    from: bucket === 0 ? 0 : 2 ** (bucket - 1),
    to: 2 ** bucket,
    count: count ?? 0,
  })).slice(Math.max(0, first))
}

/**
 * For each share the length that so large a part of the documents does not exceed: the ⌈share · n⌉-th shortest
 * (nearest rank), so always the length of a document. Empty for no documents.
 *
 * @param shares above 0, up to 1
 */
export function coverage(lengths: readonly number[], shares: readonly number[]): Coverage[] {
  if (lengths.length === 0) return []
  const sorted = lengths.toSorted((a, b) => a - b)
  // 0.07 · 100 is a little more than 7 in floating point.
  return shares.map((share) => ({ share, length: sorted[Math.ceil(share * sorted.length - 1e-9) - 1]! }))
}
