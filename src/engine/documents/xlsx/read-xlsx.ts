import { AppError } from '../../../shared/errors.ts'
import { Sheet } from '../cells/sheet.ts'
import { SheetPages } from '../cells/sheet-pages.ts'
import type { Extracted, ReaderInput } from '../format-reader.ts'
import { hasMacros } from '../open-xml/macros.ts'
import { TextMeter } from '../open-xml/text-meter.ts'
import { mainPart } from '../xml/relationships.ts'
import { ZipArchive } from '../zip/zip-archive.ts'
import { readSheetNotes } from './sheet-notes.ts'
import { readWorkbook } from './workbook.ts'
import { readWorksheet } from './worksheet.ts'

const TYPE = 'XLSX'
/** Sheets of Excel 4 macros. */
const MACRO_SHEETS = /(?:^|\/)macrosheets\/[^/]+$/i

/**
 * Reads an Excel workbook (ISO/IEC 29500, transitional and strict): each sheet a page with its name, its cells as
 * they are shown, its comments and the text of its shapes. Hidden sheets, rows and columns are left out.
 *
 * @throws AppError documents/…
 */
export function readXlsx(input: ReaderInput): Extracted {
  const context = { input, type: TYPE }
  const archive = ZipArchive.open(input, TYPE)
  const part = mainPart(archive, context)
  if (part.endsWith('.bin')) {
    throw new AppError('documents/legacy-format', { name: input.name, type: 'XLSB', wanted: TYPE })
  }
  const workbook = readWorkbook(archive, part, context)
  const meter = new TextMeter(input)
  const pages = new SheetPages()
  for (const { name, isHidden, part: sheetPart } of workbook.sheets) {
    if (isHidden) {
      pages.skipHidden()
      continue
    }
    const sheet = new Sheet(name, meter)
    readWorksheet(archive, sheetPart, workbook, sheet, context)
    for (const note of readSheetNotes(archive, sheetPart, meter, context)) sheet.addNote(note)
    pages.add(sheet)
  }
  const hasMacroSheets = archive.entries.some((entry) => MACRO_SHEETS.test(entry.name))
  return pages.extracted(hasMacros(archive) || hasMacroSheets)
}
