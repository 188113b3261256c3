/** What a chart shows, told without a word about how it is drawn. */
import type { Provenance } from '../../../shared/results.ts'
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

export interface ChartSeries {
  readonly name: string
  /** Position of the arm, the baseline being 0; decides colour and symbol. */
  readonly arm: number
  readonly provenance: Provenance
  readonly points: readonly ChartPoint[]
}

export interface ChartSpec {
  readonly title: string
  readonly kind: 'line' | 'bar'
  readonly x: {
    readonly label: string
    readonly type: 'category' | 'log' | 'value'
    readonly unit?: string
  }
  readonly y: {
    readonly label: string
    readonly unit?: string
    /** How values are written; four significant digits unless told otherwise. */
    readonly format?: FigureFormat
    /** The axis begins at 0. */
    readonly from0?: boolean
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

export function chartTable(spec: ChartSpec): ChartTable {
  const xs = [...new Set(spec.series.flatMap(({ points }) => points.map(({ x }) => x)))]
  if (spec.x.type !== 'category') xs.sort((a, b) => Number(a) - Number(b))
  return {
    xs,
    columns: spec.series.map((series) => ({
      series,
      hasInterval: series.points.some(({ low, high }) => low !== undefined || high !== undefined),
      points: xs.map((x) => series.points.find((point) => point.x === x) ?? null),
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
      const point = points[row]
      const ends = hasInterval ? [point?.low ?? 'n/a', point?.high ?? 'n/a'] : []
      return [point?.y ?? 'n/a', ...ends]
    }),
  ])
  return [heading, ...rows].map((row) => row.map(cell).join('\t')).join('\n')
}
