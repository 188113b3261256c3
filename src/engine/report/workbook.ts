import ExcelJS from 'exceljs'
import { unzipSync } from 'fflate'

import { absolute, Addresses, columnLetters, sheetReference } from './addresses.ts'
import { stylesIn, styleRow, writeRows } from './bulk-rows.ts'
import { cellStyle, cellValue, inputCheck } from './cells.ts'
import { chartXml } from './charts.ts'
import { addCharts, type Drawn } from './drawings.ts'
import { layOut } from './layout.ts'
import { mendPackage, packDeterministically } from './package.ts'
import { type PlacedCell, type PlacedSheet, ROW_HEIGHT } from './placed.ts'
import { A4, MARGINS, pageBreaks } from './printing.ts'
import { headerText, quoted, safeText } from './safe-text.ts'
import { cornerAt } from './sheet-measures.ts'
import type { ReportModel } from './sheet-model.ts'
import { ACCENT, conditionalStyle, Styles } from './styles.ts'

const INPUT_TAB = 'FFC9A227'
const WORKINGS_TAB = 'FF8A94A3'
/** Rows from which on a table runs over more than one printed page. */
const LONG_TABLE = 24
/** Share of the width that charts leave free to their right. */
const GUTTER = 0.006

/** Writes the report as an .xlsx file's bytes; the same model gives the same bytes. */
export async function writeWorkbook(model: ReportModel): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  const created = new Date(model.createdAt)
  workbook.creator = 'Soroban'
  workbook.lastModifiedBy = 'Soroban'
  workbook.created = created
  workbook.modified = created
  workbook.title = safeText(model.title)
  workbook.subject = safeText(model.subject)
  workbook.calcProperties.fullCalcOnLoad = true
  const sheets = layOut(model)
  const addresses = new Addresses(sheets)
  const writer = { workbook, report: model, addresses, styles: new Styles(model.currency) }
  for (const sheet of sheets) writeSheet(writer, sheet)
  // Packed once more below: compressing here would be for nothing.
  const buffer = await workbook.xlsx.writeBuffer({ zip: { compression: 'STORE' } })
  const parts = unzipSync(new Uint8Array(buffer))
  mendPackage(parts)
  for (const [index, sheet] of sheets.entries())
    if (isBulk(sheet)) writeRows(parts, `xl/worksheets/sheet${index + 1}.xml`, sheet, writer)
  addCharts(
    parts,
    sheets.map((sheet) => drawnOn(sheet, writer)),
  )
  return packDeterministically(parts, created)
}

interface Writer {
  readonly workbook: ExcelJS.Workbook
  readonly report: ReportModel
  readonly addresses: Addresses
  readonly styles: Styles
}

function drawnOn({ charts, model }: PlacedSheet, { addresses, report }: Writer): Drawn[] {
  return charts.map(({ chart, row, left, right }) => ({
    xml: chartXml(chart, addresses, report.currency),
    alt: chart.alt,
    from: { ...cornerAt(model.widths, left), row: row - 1 },
    to: { ...cornerAt(model.widths, right - GUTTER), row: row - 1 + chart.height },
  }))
}

function writeSheet(writer: Writer, placed: PlacedSheet): void {
  const { name, model, rows } = placed
  const isWorkings = model.isWorkings === true
  const sheet = writer.workbook.addWorksheet(name, {
    properties: { defaultRowHeight: ROW_HEIGHT, tabColor: { argb: tabColor(placed) } },
    views: [{ showGridLines: false }],
    pageSetup: {
      paperSize: A4,
      orientation: isWorkings ? 'portrait' : 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: model.onePage ? 1 : 0,
      horizontalCentered: !isWorkings,
      margins: MARGINS,
    },
    headerFooter: {
      oddHeader: `&L&9${headerText(writer.report.title)}&R&9${headerText(name)}`,
      oddFooter: `&C&9${writer.report.footer}`,
    },
  })
  sheet.columns = model.widths.map((width) => ({ width }))
  if (isBulk(placed)) reserveRows(writer, sheet, placed)
  else
    for (const [index, { height, cells }] of rows.entries()) {
      const row = sheet.getRow(index + 1)
      row.height = height
      for (const cell of cells) writeCell(writer, sheet, index + 1, cell)
    }
  writeInputs(sheet, placed)
  writeRules(sheet, placed)
  const breaks = isWorkings || model.onePage ? [] : pageBreaks(placed)
  for (const row of breaks) sheet.getRow(row).addPageBreak()
  writeHeaders(sheet, placed, breaks)
  const lastColumn = columnLetters(Math.max(1, model.printedColumns ?? model.widths.length))
  sheet.pageSetup.printArea = `A$1:${lastColumn}$${Math.max(1, rows.length)}`
}

/** The workings are most of a workbook's cells; nothing in them is an input or has a name. */
const isBulk = ({ model }: PlacedSheet): boolean => model.isWorkings === true

/** What `writeRows` needs of the library: the merges, and every style once. */
function reserveRows({ styles }: Writer, sheet: ExcelJS.Worksheet, placed: PlacedSheet): void {
  for (const [index, style] of stylesIn(placed, styles).entries())
    sheet.getCell(styleRow(placed), index + 1).style = style
  for (const [index, { cells }] of placed.rows.entries())
    for (const { column, span } of cells)
      if (span > 1) sheet.mergeCells(index + 1, column, index + 1, column + span - 1)
}

function tabColor({ model, rows }: PlacedSheet): string {
  if (model.isWorkings === true) return WORKINGS_TAB
  return rows.some(({ cells }) => cells.some(({ content }) => content.kind === 'input')) ? INPUT_TAB : ACCENT
}

function writeCell(writer: Writer, sheet: ExcelJS.Worksheet, row: number, placed: PlacedCell): void {
  const { column, span, content } = placed
  const cell = sheet.getCell(row, column)
  cell.value = cellValue(placed, writer.addresses, sheet.name)
  cell.style = cellStyle(placed, writer.styles)
  if (span > 1) sheet.mergeCells(row, column, row, column + span - 1)
  if (content.name === undefined) return
  writer.workbook.definedNames.add(`${sheetReference(sheet.name)}${absolute({ column, row })}`, content.name)
}

/** What may be entered. Choices stand in hidden columns apart from what is printed, in the row of their input. */
function writeInputs(sheet: ExcelJS.Worksheet, placed: PlacedSheet): void {
  for (const [index, { cells }] of placed.rows.entries()) {
    const row = index + 1
    let free = placed.model.widths.length + 2
    for (const { column, content } of cells) {
      if (content.kind !== 'input') continue
      const choices = content.allowed.kind === 'choice' ? content.allowed.among : []
      const first = free
      for (const choice of choices) {
        sheet.getCell(row, free).value = safeText(choice)
        sheet.getCell(row, free).numFmt = '@'
        sheet.getColumn(free).hidden = true
        free++
      }
      const check = inputCheck(content, { column, row }, { first, last: free - 1 })
      if (check === null) continue
      sheet.getCell(row, column).dataValidation = {
        type: check.type,
        formulae: [check.formula],
        allowBlank: false,
        showErrorMessage: true,
        errorStyle: 'stop',
        error: check.refusal,
      }
    }
  }
}

/** Colours that follow what cells show. */
function writeRules(sheet: ExcelJS.Worksheet, { ruled }: PlacedSheet): void {
  let priority = 0
  for (const { first, last, columns, rules } of ruled) {
    if (rules.length === 0) continue
    sheet.addConditionalFormatting({
      ref: `A${first}:${columnLetters(columns)}${last}`,
      rules: rules.map(({ text, tone }) => ({
        type: 'cellIs',
        operator: 'equal',
        priority: ++priority,
        formulae: [quoted(text)],
        style: conditionalStyle(tone),
      })),
    })
  }
}

/**
 * A sheet has one row that further printed pages repeat: the header of a long table with which it begins, else of a torn
 * one with which it ends. A sheet that is a single long table keeps its header in view.
 */
function writeHeaders(sheet: ExcelJS.Worksheet, placed: PlacedSheet, breaks: readonly number[]): void {
  const { tables, model, rows } = placed
  const [table] = tables
  if (table === undefined) return
  const isWorkings = model.isWorkings === true
  const isLong = table.last - table.header >= LONG_TABLE
  const end = tables.at(-1)
  const isTornEnd = end?.last === rows.length && breaks.some((row) => row > end.header && row < end.last)
  const repeated = isLong || isWorkings ? table : isTornEnd ? end : null
  if (repeated !== null) sheet.pageSetup.printTitlesRow = `${repeated.header}:${repeated.header}`
  if (isWorkings) sheet.pageSetup.printTitlesColumn = 'A:A'
  if (tables.length > 1 || !isLong) return
  sheet.views = [{ state: 'frozen', xSplit: isWorkings ? 1 : 0, ySplit: table.header, showGridLines: false }]
}
