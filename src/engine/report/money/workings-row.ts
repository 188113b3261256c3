import { type Block, type Cell, empty, type TableColumn, text } from '../sheet-model.ts'
import type { MoneyWords } from './money-words.ts'

/** A row of the workings: what it is, its unit and provenance in the columns that all tables there share, then values. */
export const workingsRow = (
  label: Cell,
  year: Cell,
  unit: string,
  cells: readonly Cell[],
  words: MoneyWords,
): readonly Cell[] => [
  label,
  year,
  text(unit),
  text(words('provenance.estimated'), { tone: 'muted' }),
  ...cells,
]

/** A table of the workings whose first row names its series, for charts to refer to. */
export function workingsTable(
  names: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  words: MoneyWords,
): Block {
  return {
    kind: 'table',
    columns: workingsColumns(
      names.map(() => ''),
      words,
    ),
    rows: [[empty, empty, empty, empty, ...names], ...rows],
  }
}

export const workingsColumns = (headers: readonly string[], words: MoneyWords): readonly TableColumn[] => [
  { header: words('item'), align: 'left' },
  { header: words('year'), align: 'right' },
  { header: words('unit'), align: 'left' },
  { header: words('provenance'), align: 'left' },
  ...headers.map((header): TableColumn => ({ header, align: 'right' })),
]
