import { z } from 'zod'

import {
  DOCUMENT_FORMATS,
  documentHealthSchema,
  LANGUAGES,
  NORMALIZATION_STEPS,
  READ_STEPS,
  TEXT_ENCODINGS,
} from '../../shared/documents.ts'

const count = z.int().nonnegative()

export const documentSchema = z.object({
  /**
   * Path inside the document folder with `/`, in Unicode NFC unless two files would then share it. What lies in an
   * archive or is attached to a mail is named below it: `mails/order.eml/drawing.pdf`.
   */
  name: z.string(),
  /** The file of the folder that it came from; `name` itself unless it came out of an archive or a mail. */
  file: z.string(),
  /** SHA-256 of the file, or of the bytes inside the archive or mail. */
  sha256: z.string(),
  /** Size of what `sha256` is of. */
  bytes: count,
  format: z.enum(DOCUMENT_FORMATS),
  /** Of text formats and mails; null where the format settles it. */
  encoding: z.enum(TEXT_ENCODINGS).nullable(),
  /** UTF-16 code units of the normalised text. */
  characters: count,
  /** UTF-8 bytes of the normalised text. */
  textBytes: count,
  /** SHA-256 of the normalised text in UTF-8. */
  textSha256: z.string(),
  language: z.enum(LANGUAGES),
  /** What reading and normalisation changed, in the order applied. */
  steps: z.array(z.enum([...READ_STEPS, ...NORMALIZATION_STEPS])),
  /** Pages, slides or sheets; null for a format without. */
  pages: count.nullable(),
  health: documentHealthSchema,
})
/** One document of a folder, read and described. Its text lies in the text store, with whatever grows with it. */
export type Document = Readonly<z.infer<typeof documentSchema>>

/** What the documents may cost. A file that costs more on its own is skipped with the reason. */
export interface DocumentLimits extends ReadLimits {
  /** Of one file, or of each thing that lies in it, and of each page recognised. */
  readonly milliseconds: number
  /** Of one file with all that lies in it. */
  readonly totalMilliseconds: number
  /** V8 heap of the process that reads the file. */
  readonly heapMebibytes: number
  /** Resident memory of that process, buffers included. */
  readonly memoryMebibytes: number
}

/** The limits that the readers themselves keep. */
export interface ReadLimits {
  readonly fileBytes: number
  /** Of one document. */
  readonly characters: number
  /** All that is inflated out of one file, archives within archives included. */
  readonly unpackedBytes: number
  /** Entries of one archive, attachments of one mail. */
  readonly entries: number
  /** Elements within elements. */
  readonly elementDepth: number
  /** Archives and mails within archives and mails. */
  readonly nesting: number
}

export const DEFAULT_LIMITS: DocumentLimits = {
  fileBytes: 256 * 2 ** 20,
  characters: 10_000_000,
  unpackedBytes: 512 * 2 ** 20,
  entries: 20_000,
  elementDepth: 500,
  nesting: 4,
  milliseconds: 120_000,
  // Some hundred scanned pages may take an hour.
  totalMilliseconds: 7_200_000,
  heapMebibytes: 1024,
  memoryMebibytes: 1536,
}
