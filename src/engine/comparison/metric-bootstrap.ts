import type { Figure } from '../../shared/results.ts'
import type { DocumentScores, SumMetric } from '../metrics/index.ts'
import {
  type BootstrapEstimate,
  type BootstrapOptions,
  DocumentBootstrap,
  type Statistic,
} from './bootstrap.ts'
import { figure } from './figures.ts'
import { MIN_DOCUMENTS } from './verdict.ts'

/** A metric over the documents of one arm. */
export interface Series {
  readonly metric: SumMetric
  readonly documents: readonly DocumentScores[]
}

/** A value, with its distribution when there are documents enough for one. */
export interface MetricEstimate {
  readonly value: number
  readonly bootstrap: BootstrapEstimate | null
}

/**
 * Sums of several series over the documents that all of them have something to say about, resampled together. All
 * series list the same documents in the same order; the first one's denominators are the sizes of the documents.
 */
export class MetricBootstrap {
  /** Documents that count. */
  readonly documents: number
  readonly #series: readonly Series[]
  readonly #totals: Float64Array
  readonly #bootstrap: DocumentBootstrap | null

  constructor(series: readonly Series[], options: BootstrapOptions) {
    const sums = series.map(({ metric, documents }) => documents.map((document) => metric.compute(document)))
    const kept = [...(sums[0]?.keys() ?? [])].filter((d) => sums.every((column) => column[d]![1] > 0))
    const columns = sums.flatMap((column) => [
      Float64Array.from(kept, (d) => column[d]![0]),
      Float64Array.from(kept, (d) => column[d]![1]),
    ])
    this.documents = kept.length
    this.#series = series
    this.#totals = Float64Array.from(columns, (column) => column.reduce((sum, value) => sum + value, 0))
    this.#bootstrap =
      kept.length < MIN_DOCUMENTS
        ? null
        : new DocumentBootstrap(columns, { ...options, weights: columns[1]! })
  }

  /** The metric of one series; NaN without documents. */
  value(series: number): MetricEstimate {
    return this.#estimate(this.#statistic(series))
  }

  /** Metric of one series minus that of another. */
  difference(candidate: number, baseline: number): MetricEstimate {
    const [of, from] = [this.#statistic(candidate), this.#statistic(baseline)]
    return this.#estimate((totals) => of(totals) - from(totals))
  }

  /** Metric of one series over that of another, minus 1. */
  relative(candidate: number, baseline: number): MetricEstimate {
    const [of, to] = [this.#statistic(candidate), this.#statistic(baseline)]
    return this.#estimate((totals) => (of(totals) - to(totals)) / to(totals))
  }

  /** An estimate as a measured figure with its interval; n counts documents. */
  figure({ value, bootstrap }: MetricEstimate, unit: string): Figure {
    return figure(value, unit, { ci95: bootstrap?.interval() ?? null, n: this.documents })
  }

  #statistic(series: number): Statistic {
    const { metric } = this.#series[series]!
    return (totals) => metric.aggregate(totals[2 * series]!, totals[2 * series + 1]!)
  }

  #estimate(statistic: Statistic): MetricEstimate {
    return { value: statistic(this.#totals), bootstrap: this.#bootstrap?.estimate(statistic) ?? null }
  }
}
