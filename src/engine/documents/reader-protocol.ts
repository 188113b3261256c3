import { z } from 'zod'

import { isErrorCode } from '../../shared/errors.ts'
import { readingSchema } from './reading.ts'

const limit = z.int().positive()

/** What the reading child is asked. */
export const readRequestSchema = z.object({
  path: z.string(),
  name: z.string(),
  ocr: z.boolean(),
  limits: z.object({
    fileBytes: limit,
    characters: limit,
    unpackedBytes: limit,
    entries: limit,
    elementDepth: limit,
    nesting: limit,
  }),
  /** Folder of the text store. */
  store: z.string(),
})
export type ReadRequest = z.infer<typeof readRequestSchema>

/** What it says: that it gets on, and in the end what it read, or why there is nothing. */
export const readReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('advanced') }),
  z.object({
    kind: z.literal('read'),
    reading: readingSchema.extend({ sha256: z.string() }),
    /** Resident memory of the child, bytes. */
    residentBytes: z.number(),
  }),
  z.object({
    kind: z.literal('failed'),
    error: z.object({
      code: z.string().refine(isErrorCode),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      stack: z.string().optional(),
    }),
  }),
])
export type ReadReply = z.infer<typeof readReplySchema>
