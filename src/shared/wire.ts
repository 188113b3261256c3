/** How calls of the contract travel: the same messages over WebSocket, Electron's IPC and the engine's channel. */
import { z } from 'zod'

import { errorSchema } from './contract/common.ts'

export const clientMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('call'),
    /** Chosen by the caller, never used twice on one connection. */
    id: z.int().nonnegative(),
    procedure: z.string(),
    input: z.unknown(),
  }),
  z.strictObject({ kind: z.literal('cancel'), id: z.int().nonnegative() }),
])
export type ClientMessage = z.infer<typeof clientMessageSchema>

const resultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorSchema }),
])

export const serverMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), id: z.int().nonnegative(), event: z.unknown() }),
  z.object({ kind: z.literal('result'), id: z.int().nonnegative(), result: resultSchema }),
])
export type ServerMessage = z.infer<typeof serverMessageSchema>
