import type { Figure } from '../../shared/results.ts'
import { figureCell, intervalCells, provenanceCell, unitLabel } from './figures.ts'
import {
  at,
  between,
  type Block,
  type Cell,
  type ChartSeries,
  empty,
  number,
  type NumberFormat,
  type TableColumn,
  text,
} from './sheet-model.ts'
import type { Words } from './words.ts'

/** One figure of one arm, as a row. */
export interface FigureRow {
  readonly arm: string
  readonly label: string
  /** The context length or position that it holds for, where there is one. */
  readonly at: number | null
  readonly figure: Figure
  readonly format: NumberFormat
  /** By which charts refer to the row. */
  readonly id?: string
  /** A remark at the end. */
  readonly remark?: Cell
}

/**
 * Figures as a table: arm, metric, place, value with interval, unit, samples, origin.
 *
 * @param headers of the places, where the rows have any, and of the remarks
 */
export function figureTable(
  rows: readonly FigureRow[],
  words: Words,
  { place, remark }: { readonly place?: string; readonly remark?: string } = {},
): Block {
  const columns: TableColumn[] = [
    { header: words('arm'), align: 'left' },
    { header: words('metric'), align: 'left' },
    ...(place === undefined ? [] : [{ header: place, align: 'right' } as const]),
    { header: words('value'), align: 'right' },
    { header: words('interval.low'), align: 'right' },
    { header: words('interval.high'), align: 'right' },
    { header: words('unit'), align: 'left' },
    { header: words('samples'), align: 'right' },
    { header: words('provenance'), align: 'left' },
    ...(remark === undefined ? [] : [{ header: remark, align: 'left' } as const]),
  ]
  return { kind: 'table', columns, rows: rows.map((row) => figureCells(row, place !== undefined, words)) }
}

function figureCells(
  { arm, label, at: place, figure, format, id, remark }: FigureRow,
  hasPlace: boolean,
  words: Words,
): Cell[] {
  const identified = (cell: Cell, part: string): Cell =>
    id === undefined ? cell : { ...cell, id: `${id}.${part}` }
  return [
    identified(text(arm), 'arm'),
    text(label),
    ...(hasPlace ? [identified(place === null ? empty : number(place, 'integer'), 'at')] : []),
    identified(figureCell(figure, format), 'value'),
    ...intervalCells(figure.ci95, format),
    text(unitLabel(figure.unit)),
    figure.n === undefined ? empty : number(figure.n, 'integer'),
    provenanceCell(figure, words),
    ...(remark === undefined ? [] : [remark]),
  ]
}

/**
 * Rows of one arm that stand below each other as a series of a chart, up to the first figure that is missing; none
 * where nothing is left.
 *
 * @param color the arm's place
 */
export function figureSeries(rows: readonly FigureRow[], color: number): ChartSeries[] {
  const gap = rows.findIndex(({ figure }) => figure.value === null)
  const drawn = gap === -1 ? rows : rows.slice(0, gap)
  const [first, last] = [drawn.at(0), drawn.at(-1)]
  if (first?.id === undefined || last?.id === undefined) return []
  return [
    {
      name: first.arm,
      color,
      x: drawn.map(({ at: place }) => place ?? 0),
      y: drawn.map(({ figure }) => figure.value),
      isMeasured: drawn.every(({ figure }) => figure.provenance === 'measured'),
      reference: {
        name: at(`${first.id}.arm`),
        x: between(`${first.id}.at`, `${last.id}.at`),
        y: between(`${first.id}.value`, `${last.id}.value`),
      },
    },
  ]
}
