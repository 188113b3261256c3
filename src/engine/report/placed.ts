import type { Cell, Chart, SheetModel, Tone, ToneRule } from './sheet-model.ts'
import type { Look } from './styles.ts'

/** Height of a row that nothing makes higher, in points. */
export const ROW_HEIGHT = 18

export interface PlacedCell {
  /** The first is 1. */
  readonly column: number
  /** Columns that it runs over. */
  readonly span: number
  readonly content: Cell
  readonly look: Look
  readonly align: 'left' | 'right' | 'center'
  readonly tone: Tone | null
}

export interface PlacedRow {
  readonly height: number
  readonly cells: readonly PlacedCell[]
}

export interface PlacedChart {
  readonly chart: Chart
  /** Number of its first row; the first of a sheet is 1. */
  readonly row: number
  /** Shares of the sheet's width. */
  readonly left: number
  readonly right: number
}

export interface PlacedTable {
  readonly header: number
  readonly last: number
}

/** Rows, from the first column on, whose cells are coloured by what they show. */
export interface RuledRows {
  readonly first: number
  readonly last: number
  readonly columns: number
  readonly rules: readonly ToneRule[]
}

/** Rows that belong on one printed page. */
export interface KeptRows {
  readonly first: number
  readonly last: number
  /** A table, which is torn rather than leaving much of a page empty. */
  readonly isTable: boolean
}

/** A sheet with everything in its row and column. */
export interface PlacedSheet {
  readonly name: string
  readonly model: SheetModel
  readonly rows: readonly PlacedRow[]
  readonly charts: readonly PlacedChart[]
  readonly tables: readonly PlacedTable[]
  readonly ruled: readonly RuledRows[]
  readonly kept: readonly KeptRows[]
}
