import { extname } from 'node:path'

import { z } from 'zod'

import { isErrorCode } from '../../shared/errors.ts'
import { documentSchema, type ReadLimits } from './document.ts'

/** What was asked of a file; another answer for another question. */
export interface ReadingOptions {
  /** The extension of its name, which tells kinds of text apart. */
  readonly extension: string
  readonly ocr: boolean
  readonly limits: ReadLimits
}

/** The question that reading a file answers. @param name the file's */
export function readingOptions(name: string, ocr: boolean, limits: ReadLimits): ReadingOptions {
  const { fileBytes, characters, unpackedBytes, entries, elementDepth, nesting } = limits
  return {
    extension: extname(name).toLowerCase(),
    ocr,
    limits: { fileBytes, characters, unpackedBytes, entries, elementDepth, nesting },
  }
}

const skippedSchema = z.object({
  /** Path inside the file; empty for the file itself. */
  inside: z.string(),
  code: z.string().refine(isErrorCode),
  /** Without `name`, which depends on where the file lies. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export const readingSchema = z.object({
  documents: z.array(
    documentSchema.omit({ name: true, file: true, pages: true }).extend({
      inside: z.string(),
      /** Where each page (slide, sheet) begins in the normalised text; empty for a format without pages. */
      pageStarts: z.array(z.int().nonnegative()),
    }),
  ),
  skipped: z.array(skippedSchema),
})
/** What reading one file gave, wherever it lies and whatever it is called. */
export type Reading = Readonly<z.infer<typeof readingSchema>>
export type ReadDocument = Reading['documents'][number]
export type SkippedPart = Reading['skipped'][number]
