import type { ReadStep } from '../../../shared/documents.ts'
import { MAX_COLUMNS } from '../cells/cell-grid.ts'
import { type NumberFormat, numberFormat } from '../cells/number-format.ts'
import { cellText, Sheet, type ShownCell } from '../cells/sheet.ts'
import { SheetPages } from '../cells/sheet-pages.ts'
import type { Extracted, ReaderInput } from '../format-reader.ts'
import { TextMeter } from '../open-xml/text-meter.ts'
import type { XmlAttributes, XmlHandler } from '../xml/parse-xml.ts'
import { whole } from './list-levels.ts'
import type { OdfStyles } from './odf-styles.ts'
import { ParagraphText } from './paragraph-text.ts'
import { SHAPES } from './text-flow.ts'

/** Rows of the longest sheet there is. */
const MAX_ROWS = 1_048_576
/** Name of a table that keeps values of another file. */
const EXTERNAL = "'file:"

const SILENT = new Set([
  'dc:creator',
  'dc:date',
  'meta:creator-initials',
  'meta:date-string',
  'svg:desc',
  'svg:title',
])
const LEFT_OUT: Readonly<Record<string, ReadStep>> = {
  'text:ruby-text': 'ruby-readings',
  'table:tracked-changes': 'deleted-text',
}

/** Attributes that hold the values of cells; those of texts may be missing where there are paragraphs. */
const VALUES = ['office:value', 'office:date-value', 'office:time-value', 'office:boolean-value']

const general = numberFormat('General')
/** The default percentage of LibreOffice. */
const percentage = numberFormat('0.00%')

/**
 * Follows the content of a spreadsheet (ODF 1.3 part 3, chapter 9): cells as the text that they show, annotations and
 * shapes behind the cells of their sheet.
 */
export class SpreadsheetFlow implements XmlHandler {
  readonly #styles: OdfStyles
  /** Count the paragraphs read and what the sheets keep of them: cells may be repeated. */
  readonly #read: TextMeter
  readonly #kept: TextMeter
  readonly #pages = new SheetPages()
  readonly #steps = new Set<ReadStep>()
  #leftOut = 0
  #sheet: Sheet | undefined
  #row = 0
  #column = 0
  #rowAttributes: XmlAttributes = {}
  #cells: ShownCell[] = []
  #cellAttributes: XmlAttributes | undefined
  #lines: string[] = []
  /** Annotations and shapes being read, one within another. */
  readonly #notes: { readonly element: string; readonly lines: string[] }[] = []
  #paragraph: ParagraphText | undefined

  constructor(styles: OdfStyles, input: ReaderInput) {
    this.#styles = styles
    this.#read = new TextMeter(input)
    this.#kept = new TextMeter(input)
  }

  extracted(hasMacros: boolean): Extracted {
    const extracted = this.#pages.extracted(hasMacros)
    return { ...extracted, steps: [...this.#steps, ...(extracted.steps ?? [])] }
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.#leftOut > 0 || this.#isLeftOut(name, attributes)) {
      this.#leftOut++
      return
    }
    if (name === 'table:table') this.#openTable(attributes)
    else if (name === 'table:table-column') this.#openColumn(attributes)
    else if (name === 'table:table-row') this.#openRow(attributes)
    else if (name === 'table:table-cell' || name === 'table:covered-table-cell') {
      this.#cellAttributes = attributes
      this.#lines = []
    } else if (name === 'office:annotation' || SHAPES.has(name))
      this.#notes.push({ element: name, lines: [] })
    else if (name === 'text:p' || name === 'text:h') this.#paragraph = new ParagraphText(this.#read)
    else this.#paragraph?.open(name, attributes)
  }

  text(text: string): void {
    if (this.#leftOut === 0) this.#paragraph?.add(text)
  }

  close(name: string): void {
    if (this.#leftOut > 0) this.#leftOut--
    else if (name === 'text:p' || name === 'text:h') this.#closeParagraph()
    else if (this.#notes.at(-1)?.element === name) this.#closeNote()
    else if (name === 'table:table-cell' || name === 'table:covered-table-cell') this.#closeCell(name)
    else if (name === 'table:table-row') this.#closeRow()
    else if (name === 'table:table') this.#closeTable()
  }

  #isLeftOut(name: string, attributes: XmlAttributes): boolean {
    if (SILENT.has(name)) return true
    if (name === 'table:table') {
      if (attributes['table:name']?.startsWith(EXTERNAL) === true) return true
      const isHidden = this.#styles.isHidden('table', attributes['table:style-name'])
      if (isHidden) this.#pages.skipHidden()
      return isHidden
    }
    const step = LEFT_OUT[name]
    if (step !== undefined) this.#steps.add(step)
    return step !== undefined
  }

  #openTable(attributes: XmlAttributes): void {
    this.#sheet = new Sheet(attributes['table:name'] ?? '', this.#kept)
    this.#row = 0
    this.#column = 0
  }

  #closeTable(): void {
    if (this.#sheet !== undefined) this.#pages.add(this.#sheet)
    this.#sheet = undefined
  }

  #openColumn(attributes: XmlAttributes): void {
    const count = repeats(attributes['table:number-columns-repeated'], MAX_COLUMNS - this.#column)
    if (isCollapsed(attributes)) this.#sheet?.hiddenColumns.hide(this.#column, this.#column + count - 1)
    this.#column += count
  }

  #openRow(attributes: XmlAttributes): void {
    this.#rowAttributes = attributes
    this.#cells = []
    this.#column = 0
  }

  #closeRow(): void {
    const count = this.#rowCount()
    if (isCollapsed(this.#rowAttributes)) this.#sheet?.addHiddenRows(this.#row, count, this.#cells)
    else if (this.#cells.length > 0) {
      for (let row = this.#row; row < this.#row + count; row++) this.#sheet?.addRow(row, this.#cells)
    }
    this.#row += count
  }

  #rowCount(): number {
    return repeats(this.#rowAttributes['table:number-rows-repeated'], MAX_ROWS - this.#row)
  }

  /** A covered cell lies under a merged one and shows nothing. */
  #closeCell(name: string): void {
    const attributes = this.#cellAttributes ?? {}
    const count = repeats(attributes['table:number-columns-repeated'], MAX_COLUMNS - this.#column)
    const text = name === 'table:table-cell' ? cellText(this.#shown(attributes)) : ''
    if (text !== '') {
      for (let column = this.#column; column < this.#column + count; column++)
        this.#cells.push({ column, text })
    } else if (name === 'table:table-cell' && this.#lacksResult(attributes)) {
      this.#sheet?.addFormulasWithoutResult(this.#column, count, this.#rowCount())
    }
    this.#column += count
    this.#cellAttributes = undefined
  }

  /** A text that a formula gives may be empty. */
  #lacksResult(attributes: XmlAttributes): boolean {
    if (attributes['table:formula'] === undefined || isCollapsed(this.#rowAttributes)) return false
    const isText = attributes['office:value-type'] === 'string' || this.#lines.length > 0
    return !isText && VALUES.every((value) => attributes[value] === undefined)
  }

  /** Writers may leave the paragraphs out where the value says it all. */
  #shown(attributes: XmlAttributes): string {
    if (this.#lines.length > 0) return this.#lines.join('\n')
    switch (attributes['office:value-type']) {
      case 'string':
        return attributes['office:string-value'] ?? ''
      case 'date':
        return attributes['office:date-value'] ?? ''
      case 'boolean':
        return (attributes['office:boolean-value'] ?? '').toUpperCase()
      case 'float':
      case 'currency':
        return shownNumber(attributes, general)
      case 'percentage':
        return shownNumber(attributes, percentage)
      default:
        return ''
    }
  }

  #closeParagraph(): void {
    const text = this.#paragraph?.text ?? ''
    const note = this.#notes.at(-1)
    if (note !== undefined) note.lines.push(text)
    else if (this.#cellAttributes !== undefined) this.#lines.push(text)
    this.#paragraph = undefined
  }

  #closeNote(): void {
    const note = this.#notes.pop()
    this.#sheet?.addNote(note?.lines.join('\n') ?? '')
  }
}

function shownNumber({ 'office:value': value }: XmlAttributes, format: NumberFormat): string {
  return value === undefined ? '' : format.number(Number(value))
}

function isCollapsed(attributes: XmlAttributes): boolean {
  return ['collapse', 'filter'].includes(attributes['table:visibility'] ?? '')
}

/** How often a cell or row is repeated, as far as the sheet reaches. */
function repeats(value: string | undefined, room: number): number {
  return Math.min(Math.max(1, whole(value, 1)), Math.max(1, room))
}
