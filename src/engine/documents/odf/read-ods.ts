import type { Extracted, ReaderInput } from '../format-reader.ts'
import { TextMeter } from '../open-xml/text-meter.ts'
import { openPackage } from './package.ts'
import { readContent, readStyles } from './parts.ts'
import { SpreadsheetFlow } from './spreadsheet.ts'

/**
 * Reads an OpenDocument spreadsheet (ODF 1.2 and 1.3): each sheet a page with its name, its cells as they are shown,
 * its annotations and the text of its shapes. Hidden sheets, rows and columns are left out.
 *
 * @throws AppError documents/…
 */
export function readOds(input: ReaderInput): Extracted {
  const { archive, context, hasMacros } = openPackage(input, 'ODS')
  const { styles } = readStyles(archive, context, new TextMeter(input))
  const flow = new SpreadsheetFlow(styles, input)
  readContent(archive, 'office:spreadsheet', styles, flow, context)
  return flow.extracted(hasMacros)
}
