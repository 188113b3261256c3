import { z } from 'zod'

import { providerSchema, quantizationSchema } from './settings.ts'

/** How a figure came about; the four never mix. `unavailable` carries no value and is shown as "n/a". */
const PROVENANCES = ['measured', 'estimated', 'assumed', 'extrapolated', 'unavailable'] as const
const provenanceSchema = z.enum(PROVENANCES)
export type Provenance = z.infer<typeof provenanceSchema>

const interval = z.tuple([z.number(), z.number()])

/** One number with its unit, origin and, where there is one, its 95 % interval and sample count. */
const figureSchema = z.object({
  value: z.number().nullable(),
  ci95: interval.optional(),
  n: z.int().nonnegative().optional(),
  unit: z.string(),
  provenance: provenanceSchema,
})
export type Figure = z.infer<typeof figureSchema>

export const VERDICTS = ['kept', 'worse', 'undecided', 'insufficient-data'] as const
const verdictSchema = z.enum(VERDICTS)
export type Verdict = z.infer<typeof verdictSchema>

const positionBucketSchema = z.object({
  /** Token positions [from, to) inside the document. */
  from: z.int().nonnegative(),
  to: z.int().positive(),
  nll: figureSchema,
})

const agreementSchema = z.object({
  klMean: figureSchema,
  klP95: figureSchema,
  sameTop1: figureSchema,
  /** Root mean square difference of the probability given to the true token. */
  rmsDeltaP: figureSchema,
})

const armSchema = z.object({
  id: z.string(),
  role: z.enum(['baseline', 'candidate']),
  model: z.object({
    name: z.string(),
    /** SHA-256 over the folder's model files. */
    sha256: z.string(),
    parameters: z.int().positive(),
    layers: z.int().positive(),
    hiddenSize: z.int().positive(),
    queryHeads: z.int().positive(),
    kvHeads: z.int().positive(),
    headDim: z.int().positive(),
    kvBytesPerToken: z.int().positive(),
  }),
  quality: z.object({
    nll: figureSchema,
    bitsPerByte: figureSchema,
    perplexity: figureSchema,
    nllByPosition: z.array(positionBucketSchema),
    /** Against the baseline; only for candidates that share its tokenizer. */
    agreement: agreementSchema.optional(),
  }),
  speed: z.array(
    z.object({
      context: z.int().positive(),
      ttftMs: figureSchema,
      tpotMs: figureSchema,
      tpotP50Ms: figureSchema,
      tpotP95Ms: figureSchema,
      prefillTokensPerSecond: figureSchema,
      decodeTokensPerSecond: figureSchema,
      /** Coefficient of variation of TPOT above 20 %, or warm-up that did not settle. */
      unstable: z.boolean(),
    }),
  ),
  memory: z.object({
    weightsBytes: figureSchema,
    peakRssBytes: figureSchema,
    kvBytes: z.array(
      z.object({ context: z.int().positive(), predicted: figureSchema, measured: figureSchema }),
    ),
  }),
})
export type ArmResult = z.infer<typeof armSchema>

const comparisonSchema = z.object({
  candidate: z.string(),
  metric: z.string(),
  /** candidate − baseline, in the metric's unit. */
  difference: figureSchema,
  ci95: interval.nullable(),
  /** difference / baseline. */
  relative: figureSchema,
  /** Largest relative difference still called "kept"; null where no verdict is given. */
  margin: z.number().nullable(),
  verdict: verdictSchema.nullable(),
})
export type ComparisonResult = z.infer<typeof comparisonSchema>

const warningSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The same in the run's language. */
  message: z.string(),
})

const documentResultSchema = z.object({
  /** Path inside the document folder; no text. */
  name: z.string(),
  sha256: z.string(),
  bytes: z.int().nonnegative(),
  characters: z.int().nonnegative(),
  /** Per arm id: sum of nll (nats) and number of tokens scored. */
  scores: z.record(z.string(), z.object({ nllSum: z.number(), tokens: z.int().nonnegative() })),
})

export const environmentSchema = z.object({
  soroban: z.string(),
  node: z.string(),
  onnxruntime: z.string(),
  runtimeDriver: z.enum(['native', 'portable']),
  providerRequested: providerSchema,
  providerUsed: providerSchema,
  quantization: quantizationSchema,
  threads: z.int().positive(),
  os: z.string(),
  cpu: z.object({ model: z.string(), physicalCores: z.int().positive(), logicalCores: z.int().positive() }),
  memoryBytes: z.int().positive(),
  gpus: z.array(
    z.object({ name: z.string(), driver: z.string().nullable(), memoryBytes: z.number().nullable() }),
  ),
  onBattery: z.boolean().nullable(),
  /** Share of the processors that other work kept busy just before timing, 0–1; null where it cannot be told. */
  loadPerCore: z.number().nullable(),
})
export type EnvironmentResult = z.infer<typeof environmentSchema>

/** What `soroban poc` writes to results.json; published as docs/results.schema.json. */
export const resultsSchema = z.object({
  schema: z.literal('soroban.results/1'),
  run: z.object({
    id: z.string(),
    seed: z.int(),
    createdAt: z.iso.datetime(),
    locale: z.enum(['ja', 'en']),
    margins: z.object({ nllRelative: z.number().positive() }),
    contexts: z.array(z.int().positive()),
    window: z.int().positive(),
    stride: z.int().positive(),
  }),
  environment: environmentSchema,
  corpus: z.object({
    documents: z.int().positive(),
    bytes: z.int().positive(),
    tokens: z.int().positive(),
    sha256: z.string(),
  }),
  /** Per document figures, the raw values behind every interval. */
  documents: z.array(documentResultSchema),
  arms: z.array(armSchema),
  comparisons: z.array(comparisonSchema),
  /** Baseline against itself: every difference must be 0. */
  selfCheck: z.object({
    windows: z.int().nonnegative(),
    maxAbsoluteDifference: z.number(),
    passed: z.boolean(),
  }),
  warnings: z.array(warningSchema),
})
export type Results = z.infer<typeof resultsSchema>
