/** What the engine's process and its supervisor say to each other, besides calls and their answers. */
import { z } from 'zod'

import { errorSchema } from './contract/common.ts'
import { serverMessageSchema } from './wire.ts'

/** How often the engine's process tells that it is alive, and what it had to refuse. */
export const HEARTBEAT_MS = 1000

/** From the engine's process. Beside these it sends the server messages of `wire.ts`. */
const hostNoticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), pid: z.int().positive() }),
  z.object({ kind: z.literal('heartbeat') }),
  /** It could not start, or has met an error that it cannot go on after; it ends. */
  z.object({ kind: z.literal('failed'), error: errorSchema }),
  /** A connection to another machine was asked for inside the engine and refused. */
  z.object({ kind: z.literal('outbound-refused'), target: z.string() }),
])
export const hostMessageSchema = z.union([serverMessageSchema, hostNoticeSchema])
export type HostMessage = z.infer<typeof hostMessageSchema>

/**
 * To the engine's process, beside the client messages of `wire.ts`: cancel what runs, save, and exit. Whoever does not
 * within the supervisor's patience is killed.
 */
export const hostOrderSchema = z.strictObject({ kind: z.literal('close') })
export type HostOrder = z.infer<typeof hostOrderSchema>

/**
 * Where only the parent can start processes (Electron's utility processes), the engine asks it to: from the engine.
 */
export const childRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('child-start'),
    /** Chosen by the engine, never used twice. */
    child: z.int().nonnegative(),
    /** Absolute path of the program's entry module. */
    program: z.string(),
    args: z.array(z.string()),
    execArgv: z.array(z.string()),
    env: z.record(z.string(), z.string()),
  }),
  z.object({ kind: z.literal('child-send'), child: z.int().nonnegative(), message: z.unknown() }),
  z.object({ kind: z.literal('child-kill'), child: z.int().nonnegative() }),
])
export type ChildRequest = z.infer<typeof childRequestSchema>

/** … and to the engine. */
export const childNoticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('child-message'), child: z.int().nonnegative(), message: z.unknown() }),
  z.object({
    kind: z.literal('child-exit'),
    child: z.int().nonnegative(),
    code: z.int().nullable(),
    signal: z.string().nullable(),
    stderr: z.string(),
  }),
])
export type ChildNotice = z.infer<typeof childNoticeSchema>
