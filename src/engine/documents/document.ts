import { z } from 'zod'

const TEXT_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'windows-1252',
] as const
const textEncodingSchema = z.enum(TEXT_ENCODINGS)
export type TextEncoding = z.infer<typeof textEncodingSchema>

const DOCUMENT_FORMATS = ['text', 'markdown', 'csv', 'tsv', 'html'] as const
const documentFormatSchema = z.enum(DOCUMENT_FORMATS)
export type DocumentFormat = z.infer<typeof documentFormatSchema>

export const documentSchema = z.object({
  /** Path inside the document folder with `/`, in Unicode NFC unless two files would then share it. */
  name: z.string(),
  /** SHA-256 of the file. */
  sha256: z.string(),
  /** Size of the file. */
  bytes: z.int().nonnegative(),
  encoding: textEncodingSchema,
  format: documentFormatSchema,
  /** UTF-16 code units of `text`. */
  characters: z.int().positive(),
  /** U+FFFD in `text`: bytes that could not be decoded, here or by whoever wrote the file. */
  brokenCharacters: z.int().nonnegative(),
  /** The readable text: as in the file for text and Markdown, without markup for HTML, fields by tab for CSV. */
  text: z.string(),
})
/** One file of the document folder, read. */
export type Document = Readonly<z.infer<typeof documentSchema>>

/** What the documents may cost. A file that costs more on its own is skipped with the reason. */
export interface DocumentLimits {
  readonly fileBytes: number
  readonly characters: number
  /** Of all documents together, which are held in memory. */
  readonly totalCharacters: number
  readonly milliseconds: number
  /** V8 heap of the process that reads the file. Its buffers are bounded by `fileBytes`. */
  readonly heapMebibytes: number
}

export const DEFAULT_LIMITS: DocumentLimits = {
  fileBytes: 64 * 2 ** 20,
  characters: 10_000_000,
  totalCharacters: 200_000_000,
  milliseconds: 60_000,
  heapMebibytes: 1024,
}
