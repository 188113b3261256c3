/** Workbooks by other writers than LibreOffice. */
import ExcelJS from 'exceljs'
import * as SheetJS from 'xlsx'

import { MAX_CER, type Fixture } from './fixture.ts'

const INSPECTION = [
  ['ロット', '検査日', '測定項目', '規格値', '実測値', '合否', '不良率'],
  ['20B-250512', '2025/05/12', 'スプール外径', '12.000', '11.991', '合格', '0.0%'],
  ['20B-250512', '2025/05/12', 'ボディ穴径', '12.000', '12.003', '合格', '0.4%'],
  ['20B-250519', '2025/05/19', 'キャップ溝深さ', '1.400', '1.453', '不合格', '12.5%'],
  ['20B-250526', '2025/05/26', '取付面平面度', '0.010', '0.006', '合格', '0.0%'],
] as const

/** By exceljs: rich text, a hyperlink, an error, hidden rows, validation. */
export async function inspectionByExceljs(): Promise<Fixture> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('検査成績')
  sheet.addRow([...INSPECTION[0]])
  for (const [lot, date, item, nominal, measured, verdict, rate] of INSPECTION.slice(1)) {
    const row = sheet.addRow([
      lot,
      new Date(`${date.replaceAll('/', '-')}T00:00:00Z`),
      item,
      Number(nominal),
      Number(measured),
      verdict,
      Number(rate.replace('%', '')) / 100,
    ])
    row.getCell(2).numFmt = 'yyyy/mm/dd'
    row.getCell(4).numFmt = '0.000'
    row.getCell(5).numFmt = '0.000'
    row.getCell(7).numFmt = '0.0%'
  }
  const hidden = sheet.addRow(['20B-250602', '', '未測定'])
  hidden.hidden = true
  sheet.addRow([
    {
      richText: [
        { text: '備考：' },
        { text: '溝深さの外れ', font: { bold: true } },
        { text: 'は、工具の摩耗による。' },
      ],
    },
  ])
  sheet.addRow([{ text: '手順書 QP-08 を見る', hyperlink: 'https://example.com/qp-08' }])
  sheet.addRow([{ formula: 'AVERAGE(E2:E2)', result: 11.991 }])
  sheet.getCell('F2').dataValidation = { type: 'list', allowBlank: true, formulae: ['"合格,不合格"'] }
  sheet.getCell('E4').note = '測り直しても同じ値'
  return {
    file: 'inspection-exceljs.xlsx',
    format: 'xlsx',
    language: 'ja',
    features: ['rich text', 'hyperlink', 'comment', 'hidden row', 'number formats', 'validation'],
    madeBy: 'exceljs 4.4',
    maxCer: MAX_CER.usual,
    text:
      [
        '検査成績',
        ...INSPECTION.map((row) => row.join('\t')),
        '備考：溝深さの外れは、工具の摩耗による。',
      ].join('\n') + '\n手順書 QP-08 を見る\n11.991\n測り直しても同じ値\n',
    bytes: new Uint8Array(await workbook.xlsx.writeBuffer()),
  }
}

/** By SheetJS, which writes inline differently from Excel and LibreOffice: XLSX, and BIFF8 for XLS. */
export function budgetsBySheetJs(): Fixture[] {
  const rows = [
    ['Cost centre', 'Budget', 'Actual', 'Difference', 'Remark'],
    ['Assembly', '1,250,000', '1,198,400', '-51,600', 'Overtime lower than planned'],
    ['Machining line 3', '890,000', '934,250', '44,250', 'Two spindles replaced in May'],
    ['Quality assurance', '410,500', '402,130', '-8,370', ''],
    ['Rayong plant', '675,300', '701,900', '26,600', 'Air freight in November'],
  ] as const
  const number = (text: string): SheetJS.CellObject => ({
    t: 'n',
    v: Number(text.replaceAll(',', '')),
    z: '#,##0',
  })
  const cells = rows.map((row, at) =>
    at === 0 ? [...row] : [row[0], ...row.slice(1, 4).map(number), row[4]],
  )
  const workbook = SheetJS.utils.book_new()
  SheetJS.utils.book_append_sheet(workbook, SheetJS.utils.aoa_to_sheet(cells), 'Budget 2025')
  const ja = INSPECTION.map((row) => [...row])
  SheetJS.utils.book_append_sheet(workbook, SheetJS.utils.aoa_to_sheet(ja), '検査')
  const text =
    [
      'Budget 2025',
      ...rows.map((row) => row.join('\t').trimEnd()),
      '\f検査',
      ...INSPECTION.map((row) => row.join('\t')),
    ].join('\n') + '\n'
  return (['xlsx', 'xls'] as const).map((format) => ({
    file: `budget-sheetjs.${format}`,
    format,
    language: 'en',
    features: ['number formats', 'two sheets', 'English and Japanese'],
    madeBy: 'SheetJS 0.20.3',
    maxCer: MAX_CER.usual,
    text,
    bytes: new Uint8Array(
      SheetJS.write(workbook, {
        type: 'array',
        bookType: format === 'xls' ? 'biff8' : 'xlsx',
        compression: true,
      }),
    ),
  }))
}
