import { z } from 'zod'

import {
  DOCUMENT_FORMATS,
  documentHealthSchema,
  LANGUAGES,
  NORMALIZATION_STEPS,
  READ_STEPS,
  SENSITIVE_KINDS,
  TEXT_ENCODINGS,
} from '../documents.ts'
import { progressSchema } from '../job.ts'
import { errorSchema, pathSchema, projectInput } from './common.ts'
import { nothing, procedure } from './procedure.ts'

const nameSchema = z.string().min(1)
const documentInput = z.strictObject({ project: pathSchema, name: nameSchema })

const documentEntrySchema = z.object({
  /** Path inside the document folder, with `/`; what lies in an archive or mail is named below it. */
  name: nameSchema,
  /** The file of the folder that holds it; `name` itself unless it came out of an archive or mail. */
  file: nameSchema,
  /**
   * `ready` counts in the evaluation; `damaged` too, though characters were unreadable; `excluded` (by the user),
   * `duplicate` and `near-duplicate` are left out; `skipped` could not be read; `forgotten` was deleted from the
   * project while its original stays, and is not read.
   */
  state: z.enum(['ready', 'damaged', 'excluded', 'duplicate', 'near-duplicate', 'skipped', 'forgotten']),
  format: z.enum(DOCUMENT_FORMATS).nullable(),
  encoding: z.enum(TEXT_ENCODINGS).nullable(),
  bytes: z.int().nonnegative().nullable(),
  /** Of the normalised text, UTF-16 code units. */
  characters: z.int().nonnegative().nullable(),
  /** Pages, slides or sheets; null for formats without. */
  pages: z.int().nonnegative().nullable(),
  language: z.enum(LANGUAGES).nullable(),
  /** The document whose text this one repeats. */
  duplicateOf: z.string().nullable(),
  /** The document that it all but repeats, and the estimated similarity of the two texts, 0 to 1. */
  nearDuplicate: z.object({ of: z.string(), similarity: z.number().min(0).max(1) }).nullable(),
  /** Null where it could not be read. */
  health: documentHealthSchema.nullable(),
  /** What reading and normalisation changed. */
  steps: z.array(z.enum([...READ_STEPS, ...NORMALIZATION_STEPS])),
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
  /** Over their texts, whatever their names and order; null when none counts. */
  sha256: z.string().nullable(),
})
export type DocumentsOverview = z.infer<typeof documentsOverviewSchema>

const documentTextSchema = z.object({
  name: nameSchema,
  /** As it will be scored. */
  text: z.string(),
  /** Where each page begins in `text`; empty for a format without pages. */
  pageStarts: z.array(z.int().nonnegative()),
  /** Passages to be warned of: [from, to) in `text`, in order; the first thousand. */
  sensitive: z.array(
    z.object({ kind: z.enum(SENSITIVE_KINDS), from: z.int().nonnegative(), to: z.int().positive() }),
  ),
})
export type DocumentText = z.infer<typeof documentTextSchema>

/** Longest piece of one upload message, in characters of base64 (768 KiB of file). */
export const UPLOAD_PIECE_CHARACTERS = 1_048_576
/** Bytes of one piece of an original. */
export const ORIGINAL_PIECE_BYTES = 786_432

const deletionSchema = z.object({
  /** Files that are deleted: those of the project's own document folder. */
  files: z.array(pathSchema),
  /** Originals elsewhere, which stay; the project leaves them out from now on. */
  originalsKept: z.array(pathSchema),
  /** Documents that lie in the same files and go with them. */
  alongside: z.array(nameSchema),
  /** Runs that measured one of the documents; deleted with their samples and reports. */
  runs: z.array(z.string()),
})
export type Deletion = z.infer<typeof deletionSchema>

export const documentsProcedures = {
  'documents.inspect': procedure({
    input: projectInput,
    output: documentsOverviewSchema,
    event: progressSchema,
  }),
  'documents.text': procedure({ input: documentInput, output: documentTextSchema }),
  /** A piece of the original of a PDF or a picture, to be shown beside its text. */
  'documents.original': procedure({
    input: documentInput.extend({ offset: z.int().nonnegative() }),
    output: z.object({
      type: z.enum(['application/pdf', 'image/png', 'image/jpeg', 'image/gif', 'image/bmp', 'image/webp']),
      bytes: z.int().nonnegative(),
      base64: z.base64(),
    }),
  }),
  /** Leaves documents out of the evaluation, or takes them in again. */
  'documents.exclude': procedure({
    input: z.strictObject({ project: pathSchema, names: z.array(nameSchema).min(1), excluded: z.boolean() }),
    output: nothing,
  }),
  /** What deleting documents would take away. */
  'documents.deletion': procedure({
    input: z.strictObject({ project: pathSchema, names: z.array(nameSchema).min(1) }),
    output: deletionSchema,
  }),
  /** Deletes documents with their texts, cached copies, samples and runs. */
  'documents.delete': procedure({
    input: z.strictObject({ project: pathSchema, names: z.array(nameSchema).min(1) }),
    output: deletionSchema,
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
