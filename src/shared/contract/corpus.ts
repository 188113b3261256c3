import { z } from 'zod'

import { CORPUS_SPLITS, LANGUAGES, NORMALIZATION_STEPS, READ_STEPS } from '../documents.ts'
import { progressSchema } from '../job.ts'
import { errorSchema, projectInput } from './common.ts'
import { procedure } from './procedure.ts'

const count = z.int().nonnegative()

const bucketSchema = z.object({
  /** Lengths in [from, to). */
  from: count,
  to: count,
  count,
})
export type LengthBucket = z.infer<typeof bucketSchema>

/** The length that so large a share of the documents does not exceed. */
const coverageSchema = z.object({ share: z.number().gt(0).max(1), length: count })
export type Coverage = z.infer<typeof coverageSchema>

const lengthsSchema = z.object({
  total: count,
  histogram: z.array(bucketSchema),
  /** For 50, 90 and 99 %. */
  coverage: z.array(coverageSchema),
})
export type Lengths = z.infer<typeof lengthsSchema>

const corpusOverviewSchema = z.object({
  /** SHA-256 over the texts: the same for the same texts, whatever their names, order or machine. */
  sha256: z.string(),
  documents: count,
  seed: count,
  /** Documents of the folder that do not count, by reason. */
  leftOut: z.object({
    excluded: count,
    duplicate: count,
    nearDuplicate: count,
    skipped: count,
    forgotten: count,
  }),
  languages: z.record(z.enum(LANGUAGES), count),
  /** Documents that each step changed, in the order applied. */
  steps: z.array(z.object({ step: z.enum([...READ_STEPS, ...NORMALIZATION_STEPS]), documents: count })),
  characters: lengthsSchema,
  /** By tokenizer, each once, with the names of the models that use it; or why a model has none. */
  tokens: z.array(
    z.object({
      models: z.array(z.string()).min(1),
      counted: z.discriminatedUnion('ok', [
        z.object({ ok: z.literal(true), lengths: lengthsSchema }),
        z.object({ ok: z.literal(false), problem: errorSchema }),
      ]),
    }),
  ),
  splits: z.array(
    z.object({
      split: z.enum(CORPUS_SPLITS),
      documents: count,
      characters: count,
      names: z.array(z.string()),
    }),
  ),
  /** Groups of documents that share passages and therefore stay in one split; only groups of two and more. */
  clusters: z.array(z.array(z.string()).min(2)),
})
export type CorpusOverview = z.infer<typeof corpusOverviewSchema>

export const corpusProcedures = {
  /** The corpus that a run of the project would use. */
  'corpus.describe': procedure({
    input: projectInput,
    output: corpusOverviewSchema,
    event: progressSchema,
  }),
} as const
