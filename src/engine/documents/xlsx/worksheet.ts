import { cellAddress } from '../cells/cell-address.ts'
import { MAX_COLUMNS } from '../cells/cell-grid.ts'
import { DAYS_TO_1904, type NumberFormat } from '../cells/number-format.ts'
import { cellText, type Sheet, type ShownCell } from '../cells/sheet.ts'
import { parseXml, type XmlAttributes, type XmlHandler } from '../xml/parse-xml.ts'
import { damaged, type PartContext } from '../zip/damaged.ts'
import type { ZipArchive } from '../zip/zip-archive.ts'
import { RichText, unescaped } from './rich-text.ts'
import { isTrue, type Workbook } from './workbook.ts'

/** Longest text that Excel keeps in a cell; a format is not applied to more. */
const MAX_CELL_CHARACTERS = 32_767
const MILLISECONDS_PER_DAY = 86_400_000
const SERIAL_ZERO = Date.UTC(1899, 11, 30)

/** Reads the cells of a worksheet part into `sheet` (ECMA-376 §18.3.1). Formulas show the values stored with them. */
export function readWorksheet(
  archive: ZipArchive,
  part: string,
  workbook: Workbook,
  sheet: Sheet,
  context: PartContext,
): void {
  const reader = new WorksheetReader(workbook, sheet, () => damaged(context, `${part}: shared string`))
  parseXml(archive, part, reader, context)
}

class WorksheetReader implements XmlHandler {
  readonly #workbook: Workbook
  readonly #sheet: Sheet
  readonly #missingText: () => Error
  readonly #rich = new RichText()
  #row = -1
  #isHiddenRow = false
  #cells: ShownCell[] = []
  #column = -1
  #type = ''
  #format: NumberFormat
  #value: string | undefined
  #isValue = false
  #isFormula = false
  #isInline = false

  constructor(workbook: Workbook, sheet: Sheet, missingText: () => Error) {
    this.#workbook = workbook
    this.#sheet = sheet
    this.#missingText = missingText
    this.#format = workbook.general
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.#isInline) this.#rich.handler.open(name, attributes)
    else if (name === 'x:c') this.#openCell(attributes)
    else if (name === 'x:v') this.#isValue = true
    else if (name === 'x:f') this.#isFormula = true
    else if (name === 'x:is') this.#isInline = true
    else if (name === 'x:row') this.#openRow(attributes)
    else if (name === 'x:col' && isTrue(attributes['hidden'])) this.#hideColumns(attributes)
    else if (name === 'x:mergeCell') this.#merge(attributes['ref'] ?? '')
  }

  text(text: string): void {
    if (this.#isValue) this.#value = (this.#value ?? '') + text
    else if (this.#isInline) this.#rich.handler.text(text)
  }

  close(name: string): void {
    if (name === 'x:v') this.#isValue = false
    else if (name === 'x:is') this.#isInline = false
    else if (name === 'x:c') this.#closeCell()
    else if (name === 'x:row') this.#closeRow()
    else if (this.#isInline) this.#rich.handler.close(name)
  }

  #openRow(attributes: XmlAttributes): void {
    const row = Number(attributes['r']) - 1
    this.#row = Number.isInteger(row) && row >= 0 ? row : this.#row + 1
    this.#isHiddenRow = isTrue(attributes['hidden'])
    this.#cells = []
    this.#column = -1
  }

  #closeRow(): void {
    if (this.#isHiddenRow) this.#sheet.addHiddenRows(this.#row, 1, this.#cells)
    else this.#sheet.addRow(this.#row, this.#cells)
  }

  #openCell(attributes: XmlAttributes): void {
    this.#column = cellAddress(attributes['r'] ?? '')?.column ?? this.#column + 1
    this.#type = attributes['t'] ?? 'n'
    this.#format = this.#workbook.formats[Number(attributes['s'] ?? 0)] ?? this.#workbook.general
    this.#value = undefined
    this.#isFormula = false
  }

  #closeCell(): void {
    const inline = this.#rich.take()
    const text = this.#type === 'inlineStr' ? this.#shownText(cellText(inline)) : this.#shownValue()
    if (text !== '' && this.#column < MAX_COLUMNS) this.#cells.push({ column: this.#column, text })
    else if (this.#lacksResult()) this.#sheet.addFormulasWithoutResult(this.#column)
  }

  /** A text that a formula gives may be empty. */
  #lacksResult(): boolean {
    return this.#isFormula && !this.#isHiddenRow && this.#type !== 'str' && (this.#value ?? '') === ''
  }

  #shownValue(): string {
    const value = this.#value
    if (value === undefined || value === '') return ''
    switch (this.#type) {
      case 's': {
        const text = this.#workbook.sharedTexts[Number(value)]
        if (text === undefined) throw this.#missingText()
        return this.#shownText(text)
      }
      case 'str':
        return this.#shownText(cellText(unescaped(value)))
      case 'b':
        return isTrue(value) ? 'TRUE' : 'FALSE'
      case 'e':
        return value
      case 'd':
        return this.#shownNumber(this.#serial(value), value)
      default:
        return this.#shownNumber(Number(value), value)
    }
  }

  /** The serial number of an ISO 8601 date. */
  #serial(date: string): number {
    const days = (Date.parse(`${date.replace(/Z$/, '')}Z`) - SERIAL_ZERO) / MILLISECONDS_PER_DAY
    return this.#workbook.isDate1904 ? days - DAYS_TO_1904 : days
  }

  #shownText(text: string): string {
    return text.length > MAX_CELL_CHARACTERS ? text : cellText(this.#format.text(text))
  }

  #shownNumber(number: number, value: string): string {
    return Number.isFinite(number) ? this.#format.number(number) : cellText(value)
  }

  #hideColumns(attributes: XmlAttributes): void {
    const first = Number(attributes['min'])
    const last = Number(attributes['max'])
    if (first >= 1 && last >= first) this.#sheet.hiddenColumns.hide(first - 1, last - 1)
  }

  #merge(reference: string): void {
    const [from = '', to = ''] = reference.split(':', 2)
    const first = cellAddress(from)
    const last = cellAddress(to)
    if (first === undefined || last === undefined) return
    this.#sheet.addMerged({ top: first.row, left: first.column, bottom: last.row, right: last.column })
  }
}
