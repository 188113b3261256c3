import { z } from 'zod'

/** What long work is doing; the kinds are the stages of the workflow. */
const PROGRESS_KINDS = [
  'documents',
  'tokenize',
  'load-model',
  'compile',
  'score',
  'measure',
  'generate',
  'calibrate',
  'convert',
  'train',
  'evaluate',
  'report',
] as const

const PROGRESS_UNITS = [
  'documents',
  'windows',
  'repetitions',
  'steps',
  'tokens',
  'bytes',
  'layers',
  'parts',
] as const

/**
 * One progress event. `fraction` is 0–1 and never falls within one kind and label; `etaSeconds` is null while
 * there is nothing to base it on.
 */
export const progressSchema = z
  .object({
    kind: z.enum(PROGRESS_KINDS),
    /** What is worked on: an arm, a file, a method. Already in the user's words (a name, not a sentence). */
    label: z.string().exactOptional(),
    fraction: z.number().min(0).max(1),
    done: z.number().nonnegative(),
    total: z.number().nonnegative(),
    unit: z.enum(PROGRESS_UNITS),
    etaSeconds: z.number().nonnegative().nullable(),
    /** Figures of the moment, such as the training loss. */
    figures: z.record(z.string(), z.number()).readonly().exactOptional(),
  })
  .readonly()
export type Progress = z.infer<typeof progressSchema>
export type ProgressKind = Progress['kind']
