import type { TextMeter } from '../open-xml/text-meter.ts'
import { CoveredCells, HiddenColumns, type MergedRange } from './cell-grid.ts'

/** Empty cells before a filled one that are kept as empty fields; a longer run is one gap. */
const MAX_EMPTY_FIELDS = 8

/** A cell that shows something; columns count from 0. */
export interface ShownCell {
  readonly column: number
  readonly text: string
}

interface SheetRow {
  readonly row: number
  readonly cells: readonly ShownCell[]
  /** Hidden rows that it stands for; 0 if it is shown. */
  readonly hidden: number
}

/**
 * One sheet, laid out when it is complete: its name, then each row as a line, its cells apart by tabs at their
 * columns, then the notes. Up to eight empty cells before a filled one are kept as empty fields, more are a single
 * tab; empty cells behind the last one and empty rows before the first are dropped; a run of empty rows is one blank
 * line, whatever its length. Hidden rows and columns do not count, nor do the cells under a merged one.
 */
export class Sheet {
  readonly hiddenColumns = new HiddenColumns()
  #formulasWithoutResult = 0
  readonly #name: string
  readonly #meter: TextMeter
  readonly #rows: SheetRow[] = []
  readonly #merged: MergedRange[] = []
  readonly #notes: string[] = []

  constructor(name: string, meter: TextMeter) {
    this.#name = cellText(name)
    this.#meter = meter
    meter.take(this.#name.length + 1)
  }

  /**
   * @param row index from 0
   * @throws AppError documents/too-long
   */
  addRow(row: number, cells: readonly ShownCell[]): void {
    const filled = this.#filled(cells)
    if (filled.length > 0) this.#rows.push({ row, cells: filled, hidden: 0 })
  }

  /**
   * @param cells of all the rows together
   * @throws AppError documents/too-long
   */
  addHiddenRows(row: number, count: number, cells: readonly ShownCell[]): void {
    this.#rows.push({ row, cells: this.#filled(cells), hidden: count })
  }

  /** Counts formulas of shown rows that no value is stored for; those in columns hidden by now do not count. */
  addFormulasWithoutResult(column: number, columns = 1, rows = 1): void {
    this.#formulasWithoutResult += rows * this.hiddenColumns.countShown(column, columns)
  }

  /** What lies beyond the widest sheet does not count. */
  addMerged(range: MergedRange): void {
    if (range.top < range.bottom || range.left < range.right) this.#merged.push(range)
  }

  /** Lines that follow the cells: comments, text boxes. @throws AppError documents/too-long */
  addNote(note: string): void {
    const lines = noteLines(note)
    for (const line of lines) this.#meter.take(line.length + 1)
    this.#notes.push(...lines)
  }

  /** The text of the sheet, and whether it shows nothing but its name. */
  finish(): {
    readonly text: string
    readonly isEmpty: boolean
    readonly leftOutHidden: boolean
    readonly formulasWithoutResult: number
  } {
    const { shown, leftOutHidden } = this.#shownRows()
    const lines = [this.#name]
    let next = shown[0]?.row ?? 0
    for (const { row, cells, skipped } of shown) {
      if (row - skipped > next) lines.push('')
      lines.push(this.#fields(cells))
      next = row + 1
    }
    const isEmpty = shown.length === 0 && this.#notes.length === 0
    const text = [...lines, ...this.#notes].join('\n')
    return { text, isEmpty, leftOutHidden, formulasWithoutResult: this.#formulasWithoutResult }
  }

  #filled(cells: readonly ShownCell[]): readonly ShownCell[] {
    const filled = cells.filter(({ text }) => text !== '')
    // Characters of cells that are left out in the end count, too: they are kept until the sheet is complete.
    for (const { text } of filled) this.#meter.take(text.length + 1)
    return filled
  }

  /** `skipped` counts the hidden rows since the last one shown. */
  #shownRows(): { shown: (SheetRow & { readonly skipped: number })[]; leftOutHidden: boolean } {
    const covered = new CoveredCells(this.#merged)
    const shown: (SheetRow & { skipped: number })[] = []
    let skipped = 0
    let leftOutHidden = false
    for (const row of this.#rows.toSorted((one, other) => one.row - other.row)) {
      const uncovered = row.cells.filter(({ column }) => !covered.has(row.row, column))
      const cells = row.hidden > 0 ? [] : uncovered.filter(({ column }) => !this.hiddenColumns.has(column))
      if (cells.length < uncovered.length) leftOutHidden = true
      skipped += row.hidden
      if (cells.length === 0) continue
      shown.push({ ...row, cells, skipped })
      skipped = 0
    }
    return { shown, leftOutHidden }
  }

  #fields(cells: readonly ShownCell[]): string {
    let line = ''
    let next = 0
    for (const { column, text } of cells.toSorted((one, other) => one.column - other.column)) {
      const visible = column - this.hiddenColumns.countBefore(column)
      const empty = visible - next
      if (next > 0) line += '\t'
      if (empty <= MAX_EMPTY_FIELDS) line += '\t'.repeat(Math.max(0, empty))
      else if (next === 0) line += '\t'
      line += text
      next = visible + 1
    }
    return line
  }
}

const LINE_BREAKS = /[\n\v\f\r\u0085\u2028\u2029]/

/** The text of a cell as one field: line breaks and tabs as spaces. */
export function cellText(text: string): string {
  return noteLines(text).join(' ')
}

/** The lines of a comment or a text box, without blank ones. */
function noteLines(text: string): string[] {
  if (!LINE_BREAKS.test(text) && !text.includes('\t')) return text.trim() === '' ? [] : [text.trim()]
  return text
    .split(LINE_BREAKS)
    .map((line) => line.replaceAll('\t', ' ').trim())
    .filter((line) => line !== '')
}
