import type { Extracted, FormatReader, ReaderInput } from '../format-reader.ts'
import { decodeDocument } from './decode-document.ts'
import { tableText } from './table-text.ts'

/**
 * Reads a table whose fields are apart by commas, or by the delimiter that its first line uses.
 * @throws AppError documents/malformed, and as decodeDocument
 */
export const readCsv: FormatReader = (input) => readTable(input)

/** Reads a table whose fields are apart by tabs. @throws AppError documents/malformed, and as decodeDocument */
export const readTsv: FormatReader = (input) => readTable(input, '\t')

function readTable(input: ReaderInput, delimiter?: string): Extracted {
  const { text, encoding } = decodeDocument(input)
  return { text: tableText(text, input.name, delimiter), encoding }
}
