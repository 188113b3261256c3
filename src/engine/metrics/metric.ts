import type { DocumentScores } from './scores.ts'

interface MetricBase {
  readonly id: string
  readonly unit: string
  /** Which way is better. */
  readonly direction: 'lower' | 'higher'
}

/**
 * A metric that is a function of sums over tokens. The sums of windows, documents and bootstrap resamples add up, so
 * `aggregate` serves a document, a corpus and a resample alike, weighted by tokens.
 */
export interface SumMetric extends MetricBase {
  readonly kind: 'sums'
  /** The document's sums; the second one is the denominator, 0 when the document has nothing to say. */
  compute(document: DocumentScores): Sums
  /** @returns NaN for an empty denominator */
  aggregate(numerator: number, denominator: number): number
}

/** Numerator and denominator. */
export type Sums = readonly [numerator: number, denominator: number]

/** A metric that needs every token's value, such as a quantile. */
export interface ValueMetric extends MetricBase {
  readonly kind: 'values'
  compute(document: DocumentScores): readonly number[]
  /** @returns NaN without values */
  aggregate(values: readonly number[]): number
}

export type Metric = SumMetric | ValueMetric

/** The metric over a whole corpus; null when there was nothing to measure. */
export function evaluate(metric: Metric, documents: readonly DocumentScores[]): number | null {
  const value =
    metric.kind === 'sums'
      ? metric.aggregate(...addSums(documents.map((document) => metric.compute(document))))
      : metric.aggregate(documents.flatMap((document) => metric.compute(document)))
  return Number.isNaN(value) ? null : value
}

export function addSums(sums: readonly Sums[]): Sums {
  let numerator = 0
  let denominator = 0
  for (const [top, bottom] of sums) {
    numerator += top
    denominator += bottom
  }
  return [numerator, denominator]
}

/** The commonest `aggregate`: a mean weighted by tokens. */
export const ratio = (numerator: number, denominator: number): number => numerator / denominator
