export interface HistogramBucket {
  /** Lengths in [from, to). */
  readonly from: number
  readonly to: number
  readonly count: number
}

/**
 * Counts lengths in buckets that double: [0, 1), [1, 2), [2, 4), … from the shortest to the longest that occurs,
 * empty ones in between included.
 */
export function lengthHistogram(lengths: readonly number[]): HistogramBucket[] {
  const buckets = lengths.map((length) => (length < 1 ? 0 : Math.floor(Math.log2(length)) + 1))
  const first = buckets.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const last = buckets.reduce((a, b) => Math.max(a, b), -1)
  const histogram: HistogramBucket[] = []
  for (let bucket = first; bucket <= last; bucket++) {
    histogram.push({
      from: bucket === 0 ? 0 : 2 ** (bucket - 1),
      to: 2 ** bucket,
      count: buckets.filter((other) => other === bucket).length,
    })
  }
  return histogram
}
