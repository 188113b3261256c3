import { z } from 'zod'

import { progressSchema } from '../job.ts'
import { errorSchema, pathSchema, projectInput } from './common.ts'
import { procedure } from './procedure.ts'

const documentEntrySchema = z.object({
  /** Path inside the document folder, with `/`. */
  name: z.string(),
  /**
   * `ready` counts in the evaluation; `damaged` too, though characters were unreadable; `duplicate` and `blank` are
   * left out; `skipped` could not be read.
   */
  state: z.enum(['ready', 'damaged', 'duplicate', 'blank', 'skipped']),
  format: z.string().nullable(),
  encoding: z.string().nullable(),
  bytes: z.int().nonnegative().nullable(),
  /** Of the normalised text, UTF-16 code units. */
  characters: z.int().nonnegative().nullable(),
  language: z.string().nullable(),
  brokenCharacters: z.int().nonnegative(),
  /** The document whose text this one repeats. */
  duplicateOf: z.string().nullable(),
  /** Why it was skipped. */
  problem: errorSchema.nullable(),
})
export type DocumentEntry = z.infer<typeof documentEntrySchema>

const documentsOverviewSchema = z.object({
  folder: pathSchema,
  /** Sorted by name. */
  documents: z.array(documentEntrySchema),
  /** Of the documents that count in the evaluation. */
  characters: z.int().nonnegative(),
})
export type DocumentsOverview = z.infer<typeof documentsOverviewSchema>

/** Longest piece of one upload message, in characters of base64 (768 KiB of file). */
export const UPLOAD_PIECE_CHARACTERS = 1_048_576

export const documentsProcedures = {
  'documents.inspect': procedure({
    input: projectInput,
    output: documentsOverviewSchema,
    event: progressSchema,
  }),
  /** The text as it will be scored. */
  'documents.text': procedure({
    input: z.strictObject({ project: pathSchema, name: z.string().min(1) }),
    output: z.object({ name: z.string(), text: z.string() }),
  }),
  /**
   * Takes a file in pieces, in order, into the project's own document folder, which becomes the project's document
   * folder. The file appears whole or not at all; one of the same name is replaced.
   */
  'documents.upload': procedure({
    input: z.strictObject({
      project: pathSchema,
      /** Relative path with `/`, as the browser tells it. */
      name: z.string().min(1).max(1000),
      /** Byte position of this piece. */
      offset: z.int().nonnegative(),
      base64: z.base64().max(UPLOAD_PIECE_CHARACTERS),
      isLast: z.boolean(),
    }),
    output: z.object({ received: z.int().nonnegative() }),
  }),
} as const
