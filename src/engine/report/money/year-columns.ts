import { MAX_YEARS } from '../../../shared/roi/assumptions.ts'
import {
  at,
  type Block,
  type Cell,
  type Formula,
  formula,
  type NumberFormat,
  quoted,
  type TableColumn,
  text,
} from '../sheet-model.ts'
import { type Live, liveCell } from './live.ts'
import type { MoneyReport } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'

/** From the decision on; columns beyond the horizon, which the reader may move, stay empty. */
export const YEARS: readonly number[] = Array.from({ length: MAX_YEARS + 1 }, (_, year) => year)

const isCounted = ({ inputs }: MoneyReport, year: number): boolean =>
  year <= inputs.assumptions.values.horizon.value

const orEmpty = (year: number, shown: Formula): Formula => formula`IF(${year}>${at('a.horizon')},"",${shown})`

/** The column of a year, whose header is empty beyond the horizon. */
export const yearColumn = (report: MoneyReport, year: number, header: string): TableColumn => ({
  header: isCounted(report, year) ? header : '',
  align: 'right',
  formula: orEmpty(year, [quoted(header)]),
})

/** A figure of a year: empty beyond the horizon, in words where there is none. */
export function yearCell(
  report: MoneyReport,
  year: number,
  figure: Live,
  { format, unknown, bold = false }: { format: NumberFormat; unknown: string; bold?: boolean },
): Cell {
  const shown = formula`IFERROR(${figure.formula},${quoted(unknown)})`
  return liveCell(
    {
      formula: orEmpty(year, shown),
      value: isCounted(report, year) ? (figure.value ?? unknown) : '',
    },
    format,
    { bold },
  )
}

/** What is told year by year. */
export interface YearRow {
  readonly label: string
  readonly format: NumberFormat
  /** Null where a year has none. */
  readonly of: (year: number) => Live | null
  /** Null where the years do not add up to anything. */
  readonly total: Live | null
  readonly provenance: string
  readonly isBold?: true
}

/** Rows of figures, a column for every year. @param first header of the column that names the rows */
export function yearTable(
  report: MoneyReport,
  first: TableColumn,
  rows: readonly YearRow[],
  words: MoneyWords,
): Block {
  const unknown = words('notAvailable')
  return {
    kind: 'table',
    columns: [
      first,
      { header: words('provenance'), align: 'left' },
      { header: words('total'), align: 'right' },
      ...YEARS.map((year) => yearColumn(report, year, words('year.column', { year }))),
    ],
    rows: rows.map(({ label, format, of, total, provenance, isBold = false }) => [
      text(label, { bold: isBold }),
      text(provenance, { tone: 'muted' }),
      total === null ? { kind: 'empty' } : totalCell(total, format, unknown),
      ...YEARS.map((year): Cell => {
        const figure = of(year)
        return figure === null
          ? { kind: 'empty' }
          : yearCell(report, year, figure, { format, unknown, bold: isBold })
      }),
    ]),
  }
}

const totalCell = ({ formula: sum, value }: Live, format: NumberFormat, unknown: string): Cell =>
  liveCell({ formula: formula`IFERROR(${sum},${quoted(unknown)})`, value: value ?? unknown }, format, {
    bold: true,
  })
