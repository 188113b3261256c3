import { type NumberFormat, numberFormat } from '../cells/number-format.ts'
import { cellText, type Sheet, type ShownCell } from '../cells/sheet.ts'
import type { Worksheet, XlsCell } from './sheetjs.ts'

/** What Excel shows for the errors of a cell ([MS-XLS] §2.5.10 BErr). */
const ERRORS: Readonly<Record<number, string>> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
  0x2b: '#GETTING_DATA',
}

/** Type of the shape that shows a comment ([MS-XLS] §2.5.143). */
const NOTE_SHAPE = 0x19

/** What the cells of a workbook have in common. */
interface CellContext {
  readonly isDate1904: boolean
  /** Whether formulas have results: else the empty text stands for one that is missing. */
  readonly isCalculated: boolean
}

/** Fills `sheet` with the cells, comments and shapes of a worksheet. */
export function addCells(sheet: Sheet, worksheet: Worksheet, context: CellContext): void {
  for (const [column, properties] of (worksheet['!cols'] ?? []).entries()) {
    if (properties?.hidden === true) sheet.hiddenColumns.hide(column, column)
  }
  for (const { s: from, e: to } of worksheet['!merges'] ?? []) {
    sheet.addMerged({ top: from.r, left: from.c, bottom: to.r, right: to.c })
  }
  const formats = new FormatCache(context.isDate1904)
  const rows: readonly (readonly (XlsCell | undefined)[] | undefined)[] = worksheet['!data'] ?? []
  const comments: string[] = []
  for (const [row, line] of rows.entries()) {
    const cells: ShownCell[] = []
    const isHidden = worksheet['!rows']?.[row]?.hidden === true
    for (const [column, cell] of (line ?? []).entries()) {
      if (cell === undefined) continue
      cells.push({ column, text: shownCell(cell, formats) })
      const lacksResult = !context.isCalculated && cell.t === 's' && cell.v === ''
      if (lacksResult && !isHidden) sheet.addFormulasWithoutResult(column)
      for (const { t } of cell.c ?? []) comments.push(beforeNul(t))
    }
    if (isHidden) sheet.addHiddenRows(row, 1, cells)
    else sheet.addRow(row, cells)
  }
  for (const comment of comments) sheet.addNote(comment)
  for (const shape of worksheet['!objects'] ?? []) {
    if (shape?.cmo?.[1] !== NOTE_SHAPE) sheet.addNote(beforeNul(shape?.TxO?.t ?? ''))
  }
}

/** SheetJS takes the formatting behind a text of one-byte characters for more of it. */
function beforeNul(text: string): string {
  return text.split('\0', 1)[0] ?? ''
}

function shownCell({ t: type, v: value, z: pattern }: XlsCell, formats: FormatCache): string {
  if (value === undefined) return ''
  switch (type) {
    case 'n':
      return typeof value === 'number' ? formats.of(pattern).number(value) : ''
    case 'b':
      return value === true ? 'TRUE' : 'FALSE'
    case 'e':
      return ERRORS[Number(value)] ?? ''
    case 's':
      return cellText(formats.of(pattern).text(cellText(String(value))))
    default:
      return ''
  }
}

class FormatCache {
  readonly #isDate1904: boolean
  readonly #formats = new Map<string, NumberFormat>()

  constructor(isDate1904: boolean) {
    this.#isDate1904 = isDate1904
  }

  of(pattern: number | string | undefined): NumberFormat {
    const key = String(pattern ?? '')
    const format = this.#formats.get(key) ?? numberFormat(key, this.#isDate1904)
    this.#formats.set(key, format)
    return format
  }
}
