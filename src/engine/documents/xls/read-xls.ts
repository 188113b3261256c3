import { AppError } from '../../../shared/errors.ts'
import { Sheet } from '../cells/sheet.ts'
import { SheetPages } from '../cells/sheet-pages.ts'
import { openCompoundFile } from '../compound/compound-file.ts'
import type { Extracted, ReaderInput } from '../format-reader.ts'
import { TextMeter } from '../open-xml/text-meter.ts'
import { damaged } from '../zip/damaged.ts'
import { addCells } from './sheet-cells.ts'
import { isCalculated } from './calculated.ts'
import { loadSheetJs, readWorkbook, type SheetJs, type Workbook } from './sheetjs.ts'

const TYPE = 'XLS'

/**
 * Reads an Excel 5 to 2003 workbook (BIFF5 and BIFF8, [MS-XLS]): each sheet a page with its name, its cells as they
 * are shown, its comments and the text of its shapes. Hidden sheets, rows and columns are left out. Formulas show
 * the values stored with them.
 *
 * @throws AppError documents/…
 */
export async function readXls(input: ReaderInput): Promise<Extracted> {
  // SheetJS takes the file system inside for sound.
  const { streams } = openCompoundFile(input, TYPE)
  const workbook = openWorkbook(await loadSheetJs(), input)
  const stream = streams.get('Workbook') ?? streams.get('Book')
  const context = {
    isDate1904: workbook.isDate1904,
    isCalculated: stream === undefined || isCalculated(stream),
  }
  const meter = new TextMeter(input)
  const pages = new SheetPages()
  for (const { name, isHidden, worksheet } of workbook.sheets) {
    if (isHidden) {
      pages.skipHidden()
      continue
    }
    const sheet = new Sheet(name, meter)
    addCells(sheet, worksheet, context)
    pages.add(sheet)
  }
  return pages.extracted(workbook.hasMacros)
}

function openWorkbook(sheetJs: SheetJs, input: ReaderInput): Workbook {
  try {
    return readWorkbook(sheetJs, input.bytes)
  } catch (error) {
    // SheetJS throws strings, too.
    const cause = error instanceof Error ? error : new Error(String(error))
    if (/password|encryption/i.test(cause.message)) {
      throw new AppError('documents/encrypted', { name: input.name, type: TYPE }, { cause })
    }
    throw damaged({ input, type: TYPE }, cause.message, cause)
  }
}
