/** What a chart shows, told without a word about how it is drawn. */
import type { Tone } from '../../../shared/report-model.ts'
import type { Provenance } from '../../../shared/results.ts'
import type { Currency } from '../../../shared/roi/assumptions.ts'
import type { FigureFormat } from '../../format.ts'

export interface ChartPoint {
  /** A number on `log` and `value` axes, a name on `category` axes. */
  readonly x: number | string
  /** Null where there is no value: a gap, never 0. */
  readonly y: number | null
  /** Ends of the 95 % interval, where there is one. */
  readonly low?: number
  readonly high?: number
}

/**
 * An arm's position, the baseline being 0, which decides colour and symbol; or what the series says. `none` takes its
 * place without ink, and is neither named nor told: the base of a waterfall.
 */
export type SeriesColor = number | Tone | 'none'

export interface ChartSeries {
  readonly name: string
  readonly color: SeriesColor
  readonly provenance: Provenance
  readonly points: readonly ChartPoint[]
}

export interface ChartSpec {
  readonly title: string
  /** `stacked`: bars on top of each other. `tornado`: bars to both sides of 0, the names of `x` downwards. */
  readonly kind: 'line' | 'bar' | 'stacked' | 'tornado'
  readonly x: {
    readonly label: string
    readonly type: 'category' | 'log' | 'value'
    readonly unit?: string
    /** In which order names stand; as they come in the series unless told otherwise. */
    readonly names?: readonly string[]
    /** Of a `log` axis; 2 unless told otherwise. */
    readonly base?: number
  }
  readonly y: {
    readonly label: string
    readonly unit?: string
    /** How values are written; four significant digits unless told otherwise. */
    readonly format?: FigureFormat
    /** Of amounts of money. */
    readonly currency?: Currency
    /** The axis begins at 0. */
    readonly from0?: boolean
    /** By powers of 10; what is not above 0 is a gap. */
    readonly isLogarithmic?: boolean
  }
  readonly series: readonly ChartSeries[]
}

/** A label with its unit. */
export const withUnit = ({ label, unit }: { readonly label: string; readonly unit?: string }): string =>
  unit === undefined ? label : `${label} (${unit})`

/** The same values as a table: a row for each x, a column for each series. */
export interface ChartTable {
  readonly xs: readonly (number | string)[]
  readonly columns: readonly {
    readonly series: ChartSeries
    readonly hasInterval: boolean
    /** In the order of `xs`. */
    readonly points: readonly (ChartPoint | null)[]
  }[]
}

/** The series that are seen. */
export const toldSeries = ({ series }: ChartSpec): readonly ChartSeries[] =>
  series.filter(({ color }) => color !== 'none')

/** A bar of a waterfall has one part: where a series has none, nothing is missing. */
export const gapOf = ({ kind }: ChartSpec, unavailable: string): string =>
  kind === 'stacked' ? '' : unavailable

export function chartTable(spec: ChartSpec): ChartTable {
  const series = toldSeries(spec)
  const xs = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))]
  const { names } = spec.x
  if (names !== undefined) xs.sort((a, b) => names.indexOf(String(a)) - names.indexOf(String(b)))
  else if (spec.x.type !== 'category') xs.sort((a, b) => Number(a) - Number(b))
  return {
    xs,
    columns: series.map((each) => ({
      series: each,
      hasInterval: each.points.some(({ low, high }) => low !== undefined || high !== undefined),
      points: xs.map((x) => each.points.find((point) => point.x === x) ?? null),
    })),
  }
}

/** One cell cannot break out of its row or column. */
const cell = (value: string | number): string => String(value).replaceAll(/[\t\r\n]+/g, ' ')

/**
 * The values for a spreadsheet: raw numbers, tab-separated, one heading row. Missing values are "n/a".
 * @param words headings of the interval's ends
 */
export function chartTsv(spec: ChartSpec, words: { readonly low: string; readonly high: string }): string {
  const { xs, columns } = chartTable(spec)
  const heading = [
    withUnit(spec.x),
    ...columns.flatMap(({ series, hasInterval }) => [
      withUnit({ ...spec.y, label: `${series.name} ${spec.y.label}` }),
      ...(hasInterval ? [`${series.name} ${words.low}`, `${series.name} ${words.high}`] : []),
    ]),
  ]
  const rows = xs.map((x, row) => [
    x,
    ...columns.flatMap(({ points, hasInterval }) => {
      const point = points[row] ?? null
      const ends = hasInterval ? [point?.low ?? 'n/a', point?.high ?? 'n/a'] : []
      return [point === null ? gapOf(spec, 'n/a') : (point.y ?? 'n/a'), ...ends]
    }),
  ])
  return [heading, ...rows].map((row) => row.map(cell).join('\t')).join('\n')
}
