import { z } from 'zod'

import { isErrorCode } from '../errors.ts'

/** An AppError as plain data. */
export const errorSchema = z.object({
  code: z.string().refine(isErrorCode),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  stack: z.string().exactOptional(),
})

/** An absolute path on the machine that the engine runs on. */
export const pathSchema = z.string().min(1).max(4096)

/** A project is named by its folder. */
export const projectInput = z.strictObject({ project: pathSchema })
export const runInput = z.strictObject({ project: pathSchema, run: z.string().min(1) })
