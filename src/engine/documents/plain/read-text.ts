import type { FormatReader } from '../format-reader.ts'
import { decodeDocument } from './decode-document.ts'

/** Reads plain text and Markdown as they stand. @throws AppError as decodeDocument */
export const readText: FormatReader = (input) => decodeDocument(input)
