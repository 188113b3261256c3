/** Workbooks as flat OpenDocument spreadsheets. */
import { displayWidth } from './display-width.ts'
import { escapeXml, FONT_FACES, flatOdf } from './xml.ts'

/** A cell: what it holds and how it is shown. The text shown is the maker's to know: nothing here computes it. */
export type Cell =
  | string
  | null
  | {
      readonly value: number | string | boolean
      /** As a person sees it. */
      readonly shown: string
      readonly format: NumberFormat
      readonly formula?: string
      readonly comment?: string
      /** Columns and rows that the cell covers; those below it are null. */
      readonly span?: readonly [columns: number, rows: number]
    }

export type NumberFormat = keyof typeof NUMBER_FORMATS

export interface Sheet {
  readonly name: string
  readonly rows: readonly (readonly Cell[])[]
  readonly hidden?: boolean
  /** Rows of the head, shown in bold on a tint. */
  readonly headRows?: number
}

/** What a person sees: the name of a sheet, then its rows; comments after the sheet. */
export function readableSheets(sheets: readonly Sheet[]): string {
  return sheets
    .filter((sheet) => sheet.hidden !== true)
    .map(({ name, rows }) => {
      const comments: string[] = []
      const lines = rows.map((cells) =>
        cells
          .map((cell) => {
            if (cell === null || typeof cell === 'string') return cell ?? ''
            if (cell.comment !== undefined) comments.push(cell.comment)
            return cell.shown
          })
          .join('\t')
          .trimEnd(),
      )
      return [name, ...lines, ...comments].join('\n')
    })
    .join('\n\f')
    .concat('\n')
}

export function flatSheets(sheets: readonly Sheet[]): string {
  const widths = sheets.map(columnWidths)
  const columnStyles = widths.flatMap((columns, sheet) =>
    columns.map(
      (width, column) =>
        `<style:style style:name="c${sheet}.${column}" style:family="table-column">` +
        `<style:table-column-properties style:column-width="${(width * 0.19 + 0.5).toFixed(2)}cm"/></style:style>`,
    ),
  )
  return flatOdf('spreadsheet', [
    FONT_FACES,
    `<office:styles>${DEFAULT_CELL}</office:styles>`,
    `<office:automatic-styles>${columnStyles.join('')}${cellStyles()}${SHEET_STYLES}${PAGE}</office:automatic-styles>`,
    '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="Page"/></office:master-styles>',
    `<office:body><office:spreadsheet>${sheets.map((sheet, at) => sheetXml(sheet, at, widths[at] ?? [])).join('')}</office:spreadsheet></office:body>`,
  ])
}

function columnWidths({ rows }: Sheet): number[] {
  const columns = Math.max(...rows.map((cells) => cells.length))
  return Array.from({ length: columns }, (_, column) => {
    const widths = rows.map((cells) => {
      const cell = cells[column] ?? null
      if (cell === null) return 0
      if (typeof cell === 'string') return displayWidth(cell)
      return cell.span ? 0 : displayWidth(cell.shown)
    })
    return Math.min(Math.max(...widths, 4), 46)
  })
}

function sheetXml(
  { name, rows, hidden, headRows = 0 }: Sheet,
  at: number,
  widths: readonly number[],
): string {
  const columns = widths
    .map((_, column) => `<table:table-column table:style-name="c${at}.${column}"/>`)
    .join('')
  const covered = new Set<string>()
  const body = rows.map((cells, row) => {
    const written = cells.map((cell, column) => cellXml(cell, [column, row], row < headRows, covered))
    return `<table:table-row>${written.join('')}</table:table-row>`
  })
  return (
    `<table:table table:name="${escapeXml(name)}" table:style-name="${hidden ? 'Hidden' : 'Shown'}">` +
    `${columns}${body.join('')}</table:table>`
  )
}

function cellXml(cell: Cell, at: readonly [number, number], isHead: boolean, covered: Set<string>): string {
  const [column, row] = at
  if (covered.has(`${column}:${row}`)) return '<table:covered-table-cell/>'
  if (cell === null) return '<table:table-cell table:style-name="text"/>'
  const style = isHead ? 'head' : typeof cell === 'string' ? 'text' : cell.format
  if (typeof cell === 'string')
    return `<table:table-cell table:style-name="${style}" office:value-type="string">${lines(cell)}</table:table-cell>`
  const [columns, rowCount] = cell.span ?? [1, 1]
  for (let y = 0; y < rowCount; y++) {
    for (let x = 0; x < columns; x++) if (x + y > 0) covered.add(`${column + x}:${row + y}`)
  }
  const span = cell.span
    ? ` table:number-columns-spanned="${columns}" table:number-rows-spanned="${rowCount}"`
    : ''
  const formula = cell.formula === undefined ? '' : ` table:formula="of:${escapeXml(cell.formula)}"`
  const note =
    cell.comment === undefined
      ? ''
      : `<office:annotation><text:p>${escapeXml(cell.comment)}</text:p></office:annotation>`
  return (
    `<table:table-cell table:style-name="${style}"${formula}${span}${valueAttributes(cell)}>` +
    `${note}${lines(cell.shown)}</table:table-cell>`
  )
}

function lines(text: string): string {
  return text
    .split('\n')
    .map((line) => `<text:p>${escapeXml(line)}</text:p>`)
    .join('')
}

function valueAttributes({ value, format }: Exclude<Cell, string | null>): string {
  if (typeof value === 'string' && DATE_FORMATS.has(format))
    return ` office:value-type="date" office:date-value="${value}"`
  if (typeof value === 'string') return ' office:value-type="string"'
  if (typeof value === 'boolean') return ` office:value-type="boolean" office:boolean-value="${value}"`
  return ` office:value-type="${format.startsWith('percent') ? 'percentage' : 'float'}" office:value="${value}"`
}

const YEN = '<number:text>¥</number:text>'
const GROUPED =
  '<number:number number:decimal-places="0" number:min-decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'
const decimals = (places: number): string =>
  `<number:number number:decimal-places="${places}" number:min-decimal-places="${places}" number:min-integer-digits="1"/>`
const PADDED = 'number:style="long"'

const NUMBER_FORMATS = {
  general: '',
  text: '',
  yen: `<number:number-style style:name="n-yen">${YEN}${GROUPED}</number:number-style>`,
  grouped: `<number:number-style style:name="n-grouped">${GROUPED}</number:number-style>`,
  one: `<number:number-style style:name="n-one">${decimals(1)}</number:number-style>`,
  two: `<number:number-style style:name="n-two">${decimals(2)}</number:number-style>`,
  three: `<number:number-style style:name="n-three">${decimals(3)}</number:number-style>`,
  four: `<number:number-style style:name="n-four">${decimals(4)}</number:number-style>`,
  percent1: `<number:percentage-style style:name="n-percent1">${decimals(1)}<number:text>%</number:text></number:percentage-style>`,
  dollars:
    '<number:number-style style:name="n-dollars"><number:text>$</number:text><number:number number:decimal-places="2" ' +
    'number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:number-style>',
  dateIso:
    `<number:date-style style:name="n-dateIso"><number:year ${PADDED}/><number:text>-</number:text><number:month ${PADDED}/>` +
    `<number:text>-</number:text><number:day ${PADDED}/></number:date-style>`,
  era:
    '<number:date-style style:name="n-era" number:language="ja" number:country="JP" number:automatic-order="false">' +
    `<number:era ${PADDED} number:calendar="gengou"/><number:year number:calendar="gengou"/><number:text>年</number:text>` +
    '<number:month number:calendar="gengou"/><number:text>月</number:text><number:day number:calendar="gengou"/><number:text>日</number:text></number:date-style>',
} as const

const DATE_FORMATS: ReadonlySet<NumberFormat> = new Set(['dateIso', 'era'])

const BORDER = 'fo:border="0.5pt solid #9aa6b5" fo:padding="0.06cm"'
const DEFAULT_CELL =
  '<style:default-style style:family="table-cell"><style:text-properties style:font-name="Noto Sans CJK JP" ' +
  'style:font-name-asian="Noto Sans CJK JP" fo:font-size="10pt" style:font-size-asian="10pt" fo:language="en" ' +
  'fo:country="US" style:language-asian="ja" style:country-asian="JP"/></style:default-style>' +
  '<style:style style:name="Default" style:family="table-cell"/>'
const SHEET_STYLES = ['Shown', 'Hidden']
  .map(
    (name) =>
      `<style:style style:name="${name}" style:family="table" style:master-page-name="Default">` +
      `<style:table-properties table:display="${name === 'Shown'}"/></style:style>`,
  )
  .join('')
const PAGE =
  '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" ' +
  'style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1" style:scale-to-Y="0"/>' +
  '<style:header-style/><style:footer-style/></style:page-layout>'

function cellStyles(): string {
  const style = (name: string, number: string, look: string, text = ''): string =>
    `<style:style style:name="${name}" style:family="table-cell" style:parent-style-name="Default"${number}>` +
    `<style:table-cell-properties ${BORDER} fo:wrap-option="wrap" style:vertical-align="middle" ${look}/>` +
    `<style:text-properties ${text}/></style:style>`
  return Object.entries(NUMBER_FORMATS)
    .map(
      ([name, format]) => format + style(name, format === '' ? '' : ` style:data-style-name="n-${name}"`, ''),
    )
    .concat(
      style(
        'head',
        '',
        'fo:background-color="#e6ebf2"',
        'fo:font-weight="bold" style:font-weight-asian="bold"',
      ),
    )
    .join('')
}
