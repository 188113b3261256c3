import { z } from 'zod'

import { providerSchema, quantizationSchema } from '../settings.ts'
import { errorSchema, pathSchema } from './common.ts'
import { procedure } from './procedure.ts'

const timingSchema = z.object({
  /** From handing over the token ids to the first new token. */
  ttftMs: z.number().nonnegative(),
  /** Mean time between new tokens; null where fewer than two were made. */
  tpotMs: z.number().nonnegative().nullable(),
  /** Tokens handed to the model. */
  promptTokens: z.int().nonnegative(),
  /** Tokens cut from the front of the prompt, because the model has not enough positions. */
  droppedTokens: z.int().nonnegative(),
  newTokens: z.int().nonnegative(),
})
export type GenerationTiming = z.infer<typeof timingSchema>

const armAnswerSchema = z.object({
  /** Position in the call's `models`. */
  arm: z.int().nonnegative(),
  text: z.string(),
  timing: timingSchema.nullable(),
  stopped: z.enum(['eos', 'length', 'cancelled', 'failed']),
  error: errorSchema.nullable(),
})
export type ArmAnswer = z.infer<typeof armAnswerSchema>

const generationEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('state'),
    arm: z.int().nonnegative(),
    state: z.enum(['waiting', 'loading', 'prefill', 'decoding', 'ended']),
  }),
  z.object({ kind: z.literal('text'), arm: z.int().nonnegative(), text: z.string() }),
  /** Once with the first token, then as tokens come, at most ten times a second. */
  z.object({ kind: z.literal('timing'), arm: z.int().nonnegative(), timing: timingSchema }),
])
export type GenerationEvent = z.infer<typeof generationEventSchema>

export const generationProcedures = {
  /**
   * Greedy continuations of one prompt by several models, side by side. Models stay loaded for the next prompt. One arm
   * that fails does not stop the other. Cancelling ends all arms; the call then answers with what they have. Refused
   * while a job runs, whose measurements it would disturb; a job that starts ends it.
   */
  'generation.run': procedure({
    input: z.strictObject({
      /** Model folders, the baseline first. */
      models: z.array(pathSchema).min(1).max(4),
      prompt: z.string().min(1).max(2_000_000),
      maxTokens: z.int().positive().max(4096),
      /** `in-turn` gives each arm the whole machine, so that its times are its own; `together` streams all at once. */
      order: z.enum(['in-turn', 'together']),
      provider: providerSchema,
      quantization: quantizationSchema,
      threads: z.int().positive().nullable(),
    }),
    output: z.object({ answers: z.array(armAnswerSchema) }),
    event: generationEventSchema,
  }),
} as const
