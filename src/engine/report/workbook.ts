import ExcelJS from 'exceljs'

import { packDeterministically } from './package.ts'
import { safeText } from './safe-text.ts'
import type { Block, Cell, NumberFormat, ReportModel, SheetModel, TableColumn, Tone } from './sheet-model.ts'

const FONT = 'Yu Gothic'
const INK = 'FF1F2933'
const ACCENT = 'FF14506E'
const HEADER_FILL = 'FFE3EDF3'
const RULE = 'FFB8C4CC'
const RULED: Partial<ExcelJS.Borders> = { bottom: { style: 'thin', color: { argb: RULE } } }

const TONES: Record<Tone, { readonly ink: string; readonly fill: string }> = {
  good: { ink: 'FF0B5D2A', fill: 'FFDDF2E3' },
  bad: { ink: 'FF8C1414', fill: 'FFFBE0DE' },
  caution: { ink: 'FF704B00', fill: 'FFFDF0CF' },
  muted: { ink: 'FF5A6872', fill: 'FFF4F6F8' },
}

const NUMBER_FORMATS: Record<NumberFormat, string> = {
  integer: '#,##0',
  decimal1: '#,##0.0',
  decimal2: '#,##0.00',
  decimal4: '0.0000',
  decimal6: '0.000000',
  percent1: '0.0%',
  percent2: '0.00%',
  signed4: '+0.0000;-0.0000;0.0000',
  signedPercent2: '+0.00%;-0.00%;0.00%',
}

/** Writes the report as an .xlsx file's bytes; the same model gives the same bytes. */
export async function writeWorkbook(model: ReportModel): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  const created = new Date(model.createdAt)
  workbook.creator = 'Soroban'
  workbook.lastModifiedBy = 'Soroban'
  workbook.created = created
  workbook.modified = created
  workbook.title = model.title
  workbook.subject = model.subject
  for (const sheet of model.sheets) writeSheet(workbook, sheet, model)
  const buffer = await workbook.xlsx.writeBuffer()
  return packDeterministically(new Uint8Array(buffer), created)
}

function writeSheet(workbook: ExcelJS.Workbook, model: SheetModel, report: ReportModel): void {
  const sheet = workbook.addWorksheet(model.name, {
    properties: { defaultRowHeight: 18, tabColor: { argb: ACCENT } },
    views: [{ showGridLines: false }],
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: model.onePage ? 1 : 0,
      horizontalCentered: true,
      margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: {
      oddHeader: `&L&9${headerText(report.title)}&R&9${headerText(model.name)}`,
      oddFooter: `&C&9${report.footer}`,
    },
  })
  sheet.columns = model.widths.map((width) => ({ width }))
  const width = model.widths.reduce((sum, column) => sum + column, 0)
  for (const block of model.blocks) writeBlock(sheet, block, model.widths, width)
  sheet.pageSetup.printArea = `A1:${sheet.getColumn(model.widths.length).letter}${Math.max(1, sheet.rowCount)}`
  repeatHeader(sheet, model)
}

/** A sheet that is one long table repeats its header row on every printed page and keeps it in view. */
function repeatHeader(sheet: ExcelJS.Worksheet, model: SheetModel): void {
  const tables = model.blocks.filter((block) => block.kind === 'table')
  const first = model.blocks.findIndex((block) => block.kind === 'table')
  if (tables.length !== 1 || first !== 1) return
  const header = 2
  sheet.pageSetup.printTitlesRow = `${header}:${header}`
  sheet.views = [{ state: 'frozen', xSplit: 0, ySplit: header, showGridLines: false }]
}

const headerText = (value: string): string => safeText(value).replaceAll('&', '&&')

function writeBlock(sheet: ExcelJS.Worksheet, block: Block, widths: readonly number[], width: number): void {
  switch (block.kind) {
    case 'title':
      spanned(sheet, block.text, widths.length, { size: 18, bold: true, color: { argb: ACCENT } }, 32)
      return
    case 'heading':
      sheet.addRow([]).height = 8
      spanned(sheet, block.text, widths.length, { size: 12, bold: true, color: { argb: ACCENT } }, 22)
      return
    case 'paragraph': {
      const color = { argb: block.tone === undefined ? INK : TONES[block.tone].ink }
      spanned(sheet, block.text, widths.length, { size: 10, color }, lineHeight(block.text, width, 15))
      return
    }
    case 'verdict': {
      const { ink, fill } = TONES[block.tone]
      const background: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: fill } }
      spanned(
        sheet,
        block.label,
        widths.length,
        { size: 16, bold: true, color: { argb: ink } },
        30,
        background,
      )
      if (block.text !== '') {
        const height = lineHeight(block.text, width, 17)
        spanned(sheet, block.text, widths.length, { size: 11, color: { argb: INK } }, height, background)
      }
      return
    }
    case 'facts':
      for (const fact of block.rows) writeFact(sheet, fact, widths, width)
      return
    case 'table':
      writeTable(sheet, block.columns, block.rows, widths)
  }
}

function spanned(
  sheet: ExcelJS.Worksheet,
  value: string,
  columns: number,
  font: Partial<ExcelJS.Font>,
  height: number,
  fill?: ExcelJS.Fill,
): void {
  const row = sheet.addRow([safeText(value)])
  row.height = height
  sheet.mergeCells(row.number, 1, row.number, columns)
  const cell = row.getCell(1)
  cell.font = { name: FONT, ...font }
  cell.alignment = { wrapText: true, vertical: 'middle' }
  if (fill !== undefined) cell.fill = fill
}

function writeFact(
  sheet: ExcelJS.Worksheet,
  [label, value]: readonly [string, string],
  widths: readonly number[],
  width: number,
): void {
  const labelWidth = widths[0] ?? 20
  const row = sheet.addRow([safeText(label), safeText(value)])
  row.height = Math.max(18, lineHeight(label, labelWidth, 15), lineHeight(value, width - labelWidth, 15))
  if (widths.length > 2) sheet.mergeCells(row.number, 2, row.number, widths.length)
  row.getCell(1).font = { name: FONT, size: 10, color: { argb: TONES.muted.ink } }
  row.getCell(2).font = { name: FONT, size: 10, color: { argb: INK } }
  for (const cell of [row.getCell(1), row.getCell(2)]) {
    cell.alignment = { vertical: 'middle', wrapText: true }
    cell.numFmt = '@'
  }
  for (let column = 1; column <= widths.length; column++) row.getCell(column).border = RULED
}

function writeTable(
  sheet: ExcelJS.Worksheet,
  columns: readonly TableColumn[],
  rows: readonly (readonly Cell[])[],
  widths: readonly number[],
): void {
  const header = sheet.addRow(columns.map(({ header: name }) => safeText(name)))
  header.height = Math.max(
    ...columns.map(({ header: name }, index) => lineHeight(name, widths[index] ?? 12, 16)),
    20,
  )
  columns.forEach(({ align }, index) => {
    const cell = header.getCell(index + 1)
    cell.font = { name: FONT, size: 10, bold: true, color: { argb: INK } }
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: HEADER_FILL } }
    cell.alignment = { ...alignmentOf(align), wrapText: true }
    cell.border = RULED
  })
  for (const cells of rows) {
    const row = sheet.addRow([])
    row.height = Math.max(
      18,
      ...cells.map((cell, index) =>
        cell.kind === 'text' ? lineHeight(cell.text, widths[index] ?? 12, 15) : 0,
      ),
    )
    cells.forEach((cell, index) => {
      writeCell(row.getCell(index + 1), cell, columns[index]?.align ?? 'left')
      row.getCell(index + 1).border = RULED
    })
  }
}

/** An indent keeps text apart from a number that ends the column before. */
const alignmentOf = (align: 'left' | 'right'): Partial<ExcelJS.Alignment> => ({
  horizontal: align,
  vertical: 'middle',
  ...(align === 'left' ? { indent: 1 } : {}),
})

function writeCell(target: ExcelJS.Cell, cell: Cell, align: 'left' | 'right'): void {
  const tone = cell.kind === 'text' || cell.kind === 'number' ? cell.tone : 'muted'
  const bold = cell.kind === 'text' && cell.bold === true
  target.font = { name: FONT, size: 10, bold, color: { argb: tone === undefined ? INK : TONES[tone].ink } }
  target.alignment = { ...alignmentOf(align), wrapText: cell.kind === 'text' }
  switch (cell.kind) {
    case 'text':
      target.value = safeText(cell.text)
      target.numFmt = '@'
      return
    case 'number':
      target.value = cell.value
      target.numFmt = NUMBER_FORMATS[cell.format]
      return
    case 'missing':
      target.value = 'n/a'
      return
    case 'empty':
      target.value = null
  }
}

/** Row height in points for text wrapped at a width in half-width characters; CJK counts double. */
function lineHeight(value: string, width: number, line: number): number {
  let columns = 0
  for (const character of value)
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
        character,
      )
        ? 2
        : 1
  return Math.max(1, Math.ceil((columns * 1.02) / Math.max(1, width))) * line + 3
}
