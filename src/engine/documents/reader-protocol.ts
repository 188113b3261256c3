import { z } from 'zod'

import { isErrorCode } from '../../shared/errors.ts'
import { documentSchema } from './document.ts'

/** What the reading child is asked. */
export const readRequestSchema = z.object({
  path: z.string(),
  name: z.string(),
  limits: z.object({ fileBytes: z.int(), characters: z.int() }),
})
export type ReadRequest = z.infer<typeof readRequestSchema>

/** What it answers: the document, or why there is none. */
export const readReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: documentSchema }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      code: z.string().refine(isErrorCode),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      stack: z.string().optional(),
    }),
  }),
])
export type ReadReply = z.infer<typeof readReplySchema>
