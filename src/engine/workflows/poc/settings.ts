import { z } from 'zod'

import { corpusSettingsSchema, DEFAULT_CORPUS_SETTINGS } from '../../../shared/documents.ts'
import { LOCALES } from '../../../shared/messages/index.ts'
import { providerSchema, quantizationSchema } from '../../../shared/settings.ts'

/** What a proof of concept is asked to do; stored with the run, so that resuming needs no options. */
export const pocSettingsSchema = z.strictObject({
  /** Absolute paths. */
  documents: z.string(),
  baseline: z.string(),
  candidates: z.array(z.string()).min(1),
  out: z.string(),
  /** Context lengths at which speed and memory are measured, ascending, in tokens. */
  contexts: z.array(z.int().positive()).min(1),
  provider: providerSchema,
  quantization: quantizationSchema,
  /** Non-inferiority margin: largest relative increase of nll that still counts as kept. */
  marginNll: z.number().positive().lt(1),
  seed: z.int().nonnegative(),
  locale: z.enum(LOCALES),
  threads: z.int().positive(),
  corpus: corpusSettingsSchema.default(DEFAULT_CORPUS_SETTINGS),
})
export type PocSettings = z.infer<typeof pocSettingsSchema>

/** Longest window in which quality is scored, in tokens; shorter where a model has fewer positions. */
export const LONGEST_QUALITY_WINDOW = 2048
/** New tokens of one timed generation; prompt and new tokens together fill the context length. */
export const MEASURED_TOKENS = 32
/** Timed repetitions for each arm and context length; at least 5 (method §7). */
export const SPEED_REPETITIONS = 7
/** Windows scored a second time, baseline against itself. */
export const SELF_CHECK_WINDOWS = 4
