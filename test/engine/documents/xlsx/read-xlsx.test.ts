import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'

import { readXlsx } from '../../../../src/engine/documents/xlsx/read-xlsx.ts'
import { fixture, readerInput, refusal } from '../zip/reader-input.ts'
import { zipBytes } from '../zip/zip-bytes.ts'
import { SALES } from './sales-text.ts'
import { type SheetParts, STRICT, workbookBytes } from './workbook-parts.ts'

const textOf = (
  sheets: readonly SheetParts[],
  more: Parameters<typeof workbookBytes>[1] = {},
): string | null => readXlsx(readerInput(workbookBytes(sheets, more))).text

const row = (number: number, cells: string, attributes = ''): string =>
  `<row r="${number}" ${attributes}>${cells}</row>`
const sheetData = (rows: string): string => `<sheetData>${rows}</sheetData>`
const cell = (reference: string, text: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`

describe('readXlsx', () => {
  it('reads a workbook of LibreOffice whole, without what it hides', () => {
    const { text, hasPages, steps, health } = readXlsx(readerInput(fixture('xlsx/sales.xlsx')))
    expect(text).toBe(SALES)
    expect({ hasPages, steps, health }).toEqual({
      hasPages: true,
      steps: ['hidden-text'],
      health: { macros: false, formulasWithoutResult: 0 },
    })
  })

  it('reads a workbook of exceljs: formulas, rich text, dates, comments and merged cells', async () => {
    const workbook = new ExcelJS.Workbook()
    const sheet = workbook.addWorksheet('明細')
    sheet.getCell('A1').value = { richText: [{ text: '第一' }, { text: '四半期', font: { bold: true } }] }
    sheet.mergeCells('A1:C1')
    sheet.getCell('A2').value = new Date(Date.UTC(2025, 5, 1))
    sheet.getCell('A2').numFmt = '[$-411]ggge"年"m"月"d"日"'
    sheet.getCell('B2').value = { formula: 'SUM(1,2)', result: 3 }
    sheet.getCell('C2').value = { error: '#N/A' }
    sheet.getCell('D2').value = true
    sheet.getCell('B2').note = '式です'
    workbook.addWorksheet('控え', { state: 'veryHidden' }).getCell('A1').value = '見えない'
    const bytes = new Uint8Array(await workbook.xlsx.writeBuffer())
    const { text, steps } = readXlsx(readerInput(bytes))
    expect(text).toBe('明細\n第一四半期\n令和7年6月1日\t3\t#N/A\tTRUE\n式です')
    expect(steps).toEqual(['hidden-text'])
  })

  it('counts the formulas that no result is stored for, but not empty texts and what is hidden', () => {
    const xml =
      '<cols><col min="9" max="9" hidden="1"/></cols>' +
      sheetData(
        // As openpyxl writes formulas, and as Excel writes results: a number, an empty text.
        row(1, `${cell('A1', '単価')}<c r="B1"><f>1+1</f><v></v></c><c r="C1"><f>1+2</f><v/></c>`) +
          row(
            2,
            '<c r="A2"><f>1+3</f><v>4</v></c><c r="B2" t="str"><f>""</f><v></v></c><c r="C2"><f>1</f></c>',
          ) +
          row(3, '<c r="A3" s="0"/><c r="I3"><f>1+4</f></c>') +
          row(4, '<c r="A4"><f>1+5</f></c>', 'hidden="1"'),
      )
    const { text, health } = readXlsx(readerInput(workbookBytes([{ name: 'S', xml }])))
    expect({ text, health }).toEqual({
      text: 'S\n単価\n4',
      health: { macros: false, formulasWithoutResult: 3 },
    })
  })

  it('takes shared texts without furigana and with their escapes', () => {
    const sharedStrings =
      '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>' +
      '<si><r><t xml:space="preserve">赤 </t></r><r><t>青</t></r></si><si><t>a_x000D_\nb_x005F_x0041_</t></si>'
    const xml = sheetData(
      row(1, '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c t="s"><v>2</v></c>'),
    )
    expect(textOf([{ name: 'S', xml }], { sharedStrings })).toBe('S\n東京\t赤 青\ta b_x0041_')
  })

  it('keeps rows and columns apart within bounds', () => {
    const xml = sheetData(
      row(3, cell('B3', 'b') + cell('F3', 'f') + cell('O3', 'o') + cell('Y3', 'y') + cell('XFD3', 'end')) +
        row(4, cell('A4', 'next')) +
        row(1_048_576, cell('K1048576', 'last')),
    )
    expect(textOf([{ name: 'S', xml }])).toBe('S\n\tb\t\t\t\tf\t\t\t\t\t\t\t\t\to\ty\tend\nnext\n\n\tlast')
  })

  it('leaves hidden rows and columns and cells under merged ones out', () => {
    const xml =
      '<cols><col min="2" max="3" hidden="1"/></cols>' +
      sheetData(
        row(1, cell('A1', 'a') + cell('B1', 'hidden') + cell('D1', 'd')) +
          row(2, cell('A2', 'hidden'), 'hidden="1"') +
          row(3, cell('A3', 'merged') + cell('D3', 'covered')) +
          row(4, cell('A4', 'covered') + cell('E4', 'e')),
      ) +
      '<mergeCells><mergeCell ref="A3:D4"/><mergeCell ref="E4:XFD1048576"/></mergeCells>'
    const { text, steps } = readXlsx(readerInput(workbookBytes([{ name: 'S', xml }])))
    expect(text).toBe('S\na\td\nmerged\n\t\te')
    expect(steps).toEqual(['hidden-text'])
  })

  it('reads dates from 1904 and ISO dates, and builtin formats by their id', () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="58"/><xf numFmtId="10"/></cellXfs>'
    const xml = sheetData(
      row(
        1,
        '<c r="A1" s="1"><v>44347</v></c><c r="B1" s="2"><v>44347</v></c><c r="C1" s="3"><v>0.125</v></c>' +
          '<c r="D1" s="1" t="d"><v>2025-06-01T00:00:00Z</v></c><c r="E1" t="str"><f>A1</f><v>text</v></c>',
      ),
    )
    const properties = '<workbookPr date1904="1"/>'
    expect(textOf([{ name: 'S', xml }], { styles, properties })).toBe(
      'S\n2025/6/1\t令和7年6月1日\t12.50%\t2025/6/1\ttext',
    )
  })

  it('puts comments, threads and the text of shapes behind the cells', () => {
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    const comments = `<comments xmlns="${main}"><authors><author>山田</author><author>tc={1}</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>山田:
</t></r><r><t>後の注</t></r></text></comment><comment ref="A1" authorId="0"><text><t>先の注</t></text></comment><comment ref="C1" authorId="1"><text><t>[Threaded comment]</t></text></comment></commentList></comments>`
    const threads =
      '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="C1" id="{1}"><text>質問です</text></threadedComment><threadedComment ref="C1" id="{2}" parentId="{1}"><text>回答です</text></threadedComment></ThreadedComments>'
    const shape = (at: number, hidden: string, text: string): string =>
      `<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>${at}</xdr:row></xdr:from><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="t" hidden="${hidden}"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>${text}</a:t></a:r><a:r><a:t>続き</a:t></a:r></a:p><a:p><a:r><a:t>二行目</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>`
    const drawing = `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">${shape(9, '0', '下の図')}${shape(2, '0', '上の図')}${shape(5, '1', '隠した図')}</xdr:wsDr>`
    const related = [
      ['comments', 'xl/comments1.xml', comments],
      [
        'http://schemas.microsoft.com/office/2017/10/relationships/threadedComment',
        'xl/threads1.xml',
        threads,
      ],
      ['drawing', 'xl/drawings/drawing1.xml', drawing],
    ] as const
    expect(textOf([{ name: 'S', xml: sheetData(row(1, cell('A1', 'a'))), related }])).toBe(
      'S\na\n先の注\n質問です\n回答です\n山田:\n後の注\n上の図続き\n二行目\n下の図続き\n二行目',
    )
  })

  it('reads strict workbooks', () => {
    expect(textOf([{ name: 'S', xml: sheetData(row(1, cell('A1', 'x'))) }], { uris: STRICT })).toBe('S\nx')
  })

  it('is not slowed by what spans whole sheets', () => {
    const empty = Array.from({ length: 50_000 }, (_, index) => row(index + 1, '')).join('')
    const xml =
      sheetData(empty + row(1_048_576, cell('A1048576', 'x'))) +
      '<mergeCells><mergeCell ref="A1:XFD1048575"/></mergeCells>' +
      '<dataValidations><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a,b"</formula1></dataValidation></dataValidations>'
    expect(textOf([{ name: 'S', xml }])).toBe('S\nx')
  })

  it('has no text where all sheets are empty, and tells macros', () => {
    const parts = [{ name: 'xl/vbaProject.bin', content: 'x' }]
    const bytes = workbookBytes([{ name: 'Sheet1', xml: '<sheetData/>' }], { parts })
    expect(readXlsx(readerInput(bytes))).toEqual({
      text: '',
      hasPages: true,
      steps: [],
      health: { macros: true, formulasWithoutResult: 0 },
    })
  })

  it.each([
    [
      'a binary workbook',
      zipBytes([
        {
          name: '_rels/.rels',
          content:
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        },
        { name: 'xl/workbook.bin', content: 'x' },
      ]),
      { code: 'documents/legacy-format', params: { name: 'file', type: 'XLSB', wanted: 'XLSX' } },
    ],
    [
      'a shared text that is missing',
      workbookBytes([{ name: 'S', xml: sheetData(row(1, '<c r="A1" t="s"><v>7</v></c>')) }]),
      {
        code: 'documents/damaged',
        params: { name: 'file', type: 'XLSX', part: 'xl/worksheets/sheet1.xml: shared string' },
      },
    ],
    [
      'a truncated workbook',
      fixture('xlsx/sales.xlsx').subarray(0, 5000),
      {
        code: 'documents/damaged',
        params: { name: 'file', type: 'XLSX', part: 'end of central directory' },
      },
    ],
  ])('refuses %s', (_, bytes, expected) => {
    expect(refusal(() => readXlsx(readerInput(bytes)))).toEqual(expected)
  })

  it('stops at the limit of characters, also where one text is shown again and again', () => {
    const sharedStrings = `<si><t>${'あ'.repeat(1000)}</t></si>`
    const many = Array.from({ length: 100 }, (_, index) => row(index + 1, '<c t="s"><v>0</v></c>')).join('')
    const bytes = workbookBytes([{ name: 'S', xml: sheetData(many) }], { sharedStrings })
    expect(refusal(() => readXlsx(readerInput(bytes, { characters: 5000 })))).toEqual({
      code: 'documents/too-long',
      params: { name: 'file', characters: 5007, limit: 5000 },
    })
  })
})
