import { z } from 'zod'

import { errorSchema, pathSchema } from './common.ts'
import { nothing, procedure } from './procedure.ts'

const engineStateSchema = z.object({
  /** `restarting`: it has ended unexpectedly and comes back; `failed`: it ended too often in a row. */
  state: z.enum(['starting', 'ready', 'restarting', 'failed']),
  pid: z.int().positive().nullable(),
  /** How many times it has been started. */
  starts: z.int().nonnegative(),
  /** Why it ended the last time; null if it never did. */
  reason: errorSchema.nullable(),
})
export type EngineState = z.infer<typeof engineStateSchema>

const networkStateSchema = z.object({
  /** Attempts to reach another machine, all of them refused; 0 is what is expected. */
  refused: z.int().nonnegative(),
  /** The latest of them: host and port, or origin; no paths. */
  latest: z.array(z.object({ at: z.iso.datetime(), target: z.string(), by: z.enum(['window', 'engine']) })),
})
export type NetworkState = z.infer<typeof networkStateSchema>

/** What the door answers itself: the Electron main process, or `soroban serve`. */
export const shellProcedures = {
  'shell.describe': procedure({
    input: nothing,
    output: z.object({
      door: z.enum(['desktop', 'browser']),
      version: z.string(),
      platform: z.string(),
      systemLocale: z.string(),
    }),
  }),
  /** A native dialog; null when closed without a choice. Only on the desktop: shell/no-dialogs elsewhere. */
  'shell.chooseFolder': procedure({
    input: z.strictObject({ title: z.string(), folder: pathSchema.nullable() }),
    output: z.object({ path: pathSchema.nullable() }),
  }),
  'shell.chooseSavePath': procedure({
    input: z.strictObject({
      title: z.string(),
      name: z.string(),
      extension: z.enum(['xlsx', 'html', 'json', 'csv']),
    }),
    output: z.object({ path: pathSchema.nullable() }),
  }),
  /** Shows a file that Soroban wrote in the system's file manager. Only on the desktop. */
  'shell.reveal': procedure({ input: z.strictObject({ path: pathSchema }), output: nothing }),
  /** The current state at once, then each change. */
  'shell.watchEngine': procedure({ input: nothing, output: nothing, event: engineStateSchema }),
  'shell.watchNetwork': procedure({ input: nothing, output: nothing, event: networkStateSchema }),
} as const
