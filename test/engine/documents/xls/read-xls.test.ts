import Encoding from 'encoding-japanese'
import { describe, expect, it } from 'vitest'
import { utils, write } from 'xlsx'

import { readXls } from '../../../../src/engine/documents/xls/read-xls.ts'
import { SALES } from '../xlsx/sales-text.ts'
import { fixture, readerInput } from '../zip/reader-input.ts'
import { compoundFile, record } from './biff-bytes.ts'

const cp932 = (text: string): Uint8Array =>
  Uint8Array.from(Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to: 'SJIS' }))

const BOF = 0x0809
const CODE_PAGE = 0x0042
const BOUND_SHEET = 0x0085
const LABEL = 0x0204
const FORMULA = 0x0006
const COLUMNS = 0x007d
const HIDDEN = 1
const EOF = 0x000a
const FILE_PASS = 0x002f

const label = (row: number, column: number, text: string): Buffer =>
  record(LABEL, row, column, 0, cp932(text).length, cp932(text))

/** The formula `1` with a result ([MS-XLS] §2.4.127): eight bytes, or a number. */
function formula(row: number, column: number, result: readonly number[] | number): Buffer {
  const bytes = Buffer.alloc(8)
  if (typeof result === 'number') bytes.writeDoubleLE(result)
  else bytes.set(result)
  return record(FORMULA, row, column, 0, bytes, 0, 0, 0, 3, Uint8Array.of(0x1e, 1, 0))
}
/** As xlwt writes every formula, and as Excel writes one whose result is the empty text. */
const NO_RESULT = [3, 0, 0, 0, 0, 0, 0xff, 0xff]

/** An Excel 5 workbook of one sheet: BOF, code page 932, the sheet's name and its cells. */
function excel5(sheet: string, ...cells: readonly Buffer[]): Uint8Array {
  const name = cp932(sheet)
  const start = record(BOF, 0x0500, 0x0005, 0, 0)
  const codePage = record(CODE_PAGE, 932)
  const end = record(EOF)
  const boundSheet = (offset: number): Buffer =>
    record(BOUND_SHEET, offset & 0xffff, offset >> 16, 0, Uint8Array.of(name.length), name)
  const offset = start.length + codePage.length + boundSheet(0).length + end.length
  const worksheet = [record(BOF, 0x0500, 0x0010, 0, 0), ...cells, end]
  return compoundFile('Book', Buffer.concat([start, codePage, boundSheet(offset), end, ...worksheet]))
}

describe('readXls', () => {
  it('reads a workbook of LibreOffice whole, as the same one in XLSX', async () => {
    const { text, hasPages, steps, health } = await readXls(readerInput(fixture('xls/sales.xls')))
    expect(text).toBe(SALES)
    expect({ hasPages, steps, health }).toEqual({
      hasPages: true,
      steps: ['hidden-text'],
      health: { macros: false, formulasWithoutResult: 0 },
    })
  })

  it('reads the code page 932 of Excel 5', async () => {
    const bytes = excel5('売上表', label(0, 0, '髙橋商店 ①ﾃｽﾄ'))
    expect((await readXls(readerInput(bytes))).text).toBe('売上表\n髙橋商店 ①ﾃｽﾄ')
  })

  it('reads numbers in the formats of a workbook of SheetJS', async () => {
    const sheet = utils.aoa_to_sheet([[45_809, 0.25, true, 'あ']])
    for (const [address, format] of [
      ['A1', '[$-411]ggge"年"m"月"d"日"'],
      ['B1', '0.0%'],
    ] as const) {
      const cell = sheet[address]
      if (cell !== undefined) cell.z = format
    }
    const workbook = utils.book_new()
    utils.book_append_sheet(workbook, sheet, '表')
    utils.book_append_sheet(workbook, utils.aoa_to_sheet([['見えない']]), '控え')
    workbook.Workbook = { Sheets: [{ name: '表' }, { name: '控え', Hidden: 1 }] }
    const bytes = new Uint8Array(write(workbook, { type: 'buffer', bookType: 'biff8' }) as Buffer)
    const { text, steps } = await readXls(readerInput(bytes))
    expect({ text, steps }).toEqual({
      text: '表\n令和7年6月1日\t25.0%\tTRUE\tあ',
      steps: ['hidden-text'],
    })
  })

  it('counts formulas without a result where none of the workbook has one', async () => {
    const hiddenColumn = record(COLUMNS, 5, 5, 2340, 0, HIDDEN, 0)
    const never = excel5(
      '表',
      hiddenColumn,
      label(0, 0, '単価'),
      formula(0, 1, NO_RESULT),
      formula(1, 0, NO_RESULT),
      formula(1, 5, NO_RESULT),
    )
    const calculated = excel5('表', label(0, 0, '単価'), formula(0, 1, NO_RESULT), formula(1, 0, 1))
    const read = async (bytes: Uint8Array): Promise<unknown> => {
      const { text, health } = await readXls(readerInput(bytes))
      return { text, health }
    }
    expect(await read(never)).toEqual({
      text: '表\n単価',
      health: { macros: false, formulasWithoutResult: 2 },
    })
    expect(await read(calculated)).toEqual({
      text: '表\n単価\n1',
      health: { macros: false, formulasWithoutResult: 0 },
    })
  })

  it('tells a password from damage', async () => {
    const start = record(BOF, 0x0600, 0x0005, 0, 0, 0, 0, 0, 0)
    // RC4 encryption: version 1.1 with salt, verifier and its hash ([MS-XLS] §2.4.117).
    const locked = compoundFile(
      'Workbook',
      Buffer.concat([start, record(FILE_PASS, 1, 1, 1, new Uint8Array(48)), record(EOF)]),
    )
    await expect(readXls(readerInput(locked))).rejects.toMatchObject({
      code: 'documents/encrypted',
      params: { name: 'file', type: 'XLS' },
    })
  })

  it.each([500, 1000, 4000, 6000, 7680])('refuses a workbook cut off after %d bytes', async (length) => {
    const bytes = fixture('xls/sales.xls').subarray(0, length)
    await expect(readXls(readerInput(bytes))).rejects.toMatchObject({
      code: 'documents/damaged',
      params: { name: 'file', type: 'XLS' },
    })
  })

  it('stops at the limit of characters', async () => {
    await expect(readXls(readerInput(fixture('xls/sales.xls'), { characters: 100 }))).rejects.toMatchObject({
      code: 'documents/too-long',
    })
  })
})
