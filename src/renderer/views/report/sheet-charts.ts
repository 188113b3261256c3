import type { Block, Chart } from '../../../shared/report-model.ts'
import type { Currency } from '../../../shared/roi/assumptions.ts'
import type { ChartPoint, ChartSpec } from '../../components/chart/chart-spec.ts'

const KINDS = { scatter: 'line', column: 'bar', stacked: 'stacked', tornado: 'tornado' } as const

const isPowerOf2 = (x: number | string): boolean => Number.isInteger(Math.log2(Number(x)))

/** Context lengths are powers of 2, and are read at such. */
const baseOf = ({ series }: Chart): number => (series.every(({ x }) => x.every(isPowerOf2)) ? 2 : 10)

/** A chart of the workbook as the window draws it. */
export function sheetChart(chart: Chart, currency: Currency | null): ChartSpec {
  const kind = KINDS[chart.chart]
  return {
    title: chart.title,
    kind,
    x: {
      label: chart.x.title,
      type: kind !== 'line' ? 'category' : chart.x.isLogarithmic === true ? 'log' : 'value',
      ...(chart.x.isLogarithmic === true ? { base: baseOf(chart) } : {}),
      ...(kind === 'stacked' ? { names: [...new Set(chart.series.flatMap(({ x }) => x.map(String)))] } : {}),
    },
    y: {
      label: chart.y.title,
      format: chart.y.format,
      ...(chart.y.isLogarithmic === true ? { isLogarithmic: true } : { from0: chart.y.isFitted !== true }),
      ...(currency === null ? {} : { currency }),
    },
    series: chart.series.map(({ name, color, x, y, isMeasured }) => {
      const points = x.map((at, index): ChartPoint => ({ x: at, y: y[index] ?? null }))
      return {
        name,
        color,
        provenance: isMeasured ? 'measured' : 'estimated',
        // Years beyond the horizon fall onto its end; a stacked bar has only the parts that it has.
        points: points.filter(
          (point, index) =>
            (kind !== 'stacked' || point.y !== null) &&
            points.findIndex((each) => each.x === point.x) === index,
        ),
      }
    }),
  }
}

/** Blocks as they stand below each other; charts that fit beside each other share a row. */
export type SheetRow = { readonly kind: 'charts'; readonly charts: readonly Chart[] } | Exclude<Block, Chart>

export function sheetRows(blocks: readonly Block[]): readonly SheetRow[] {
  const rows: SheetRow[] = []
  for (const block of blocks) {
    if (block.kind !== 'chart') {
      rows.push(block)
      continue
    }
    const above = rows.at(-1)
    const beside = above?.kind === 'charts' ? above.charts : []
    const width = beside.reduce((sum, chart) => sum + chart.width, block.width)
    if (beside.length > 0 && width <= 1)
      rows[rows.length - 1] = { kind: 'charts', charts: [...beside, block] }
    else rows.push({ kind: 'charts', charts: [block] })
  }
  return rows
}
