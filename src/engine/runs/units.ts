import { z } from 'zod'

const arm = z.string().min(1)
const index = z.int().nonnegative()
const context = z.int().positive()
const scoredWindow = { arm, document: z.string().min(1), window: index }

/** The smallest piece of a run: what is lost, at most, when the process is killed. */
export const unitSchema = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('quality'), ...scoredWindow }),
  z.strictObject({ phase: z.literal('self-check'), ...scoredWindow }),
  z.strictObject({ phase: z.literal('speed'), arm, context, repetition: index }),
  z.strictObject({ phase: z.literal('memory'), arm, context }),
])
export type Unit = z.infer<typeof unitSchema>
export type Phase = Unit['phase']
export type UnitOf<P extends Phase> = Extract<Unit, { phase: P }>

/** A unit with its place in the plan, which identifies it. */
export interface PlannedUnit {
  readonly ordinal: number
  readonly unit: Unit
}

/** Typed arrays over any buffer: `z.instanceof` would demand a plain ArrayBuffer. */
const float32s = z.custom<Float32Array>((value) => value instanceof Float32Array)
const float64s = z.custom<Float64Array>((value) => value instanceof Float64Array)
const uint8s = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

const pairSchema = z.strictObject({
  /** KL(baseline ‖ candidate) per scored token, nats. */
  kl: float32s,
  /** 1 where both arms hold the same token most probable. */
  sameTop1: uint8s,
  /** Probability of the true token under the baseline and under the candidate. */
  pBase: float32s,
  pCand: float32s,
})

const scoresSchema = z.strictObject({
  /** Token position inside the document of the first scored token. */
  firstPosition: index,
  /** Natural log-probability of each scored token. */
  logProbs: float32s,
})

/** Raw samples of a finished unit, by phase. */
export const samplesSchemas = {
  quality: scoresSchema
    .extend({ pair: pairSchema.nullable() })
    .refine(
      ({ pair, logProbs }) =>
        pair === null || Object.values(pair).every(({ length }) => length === logProbs.length),
      { error: 'pair arrays must be as long as logProbs', path: ['pair'] },
    ),
  'self-check': scoresSchema,
  speed: z.strictObject({
    promptTokens: z.int().positive(),
    /** Handing over the token ids → first new token. */
    ttftMs: z.number().nonnegative(),
    /** Between consecutive new tokens. */
    gapsMs: float64s,
    /** Whether the warm-up before the measured repetitions settled. */
    warmUpSettled: z.boolean(),
    /** Tokens that one run may take on the device; null when unlimited. A limit slows prefill. */
    longestRun: z.int().positive().nullable(),
    /** Share of the processors that other work kept busy just before timing; null where it cannot be told. */
    otherLoad: z.number().min(0).max(1).nullable(),
  }),
  memory: z.strictObject({
    /** Bytes of the KV buffers at this context length; null where they cannot be told. */
    kvBytes: z.int().nonnegative().nullable(),
    /** Peak resident set of the arm's process so far; null where it cannot be told. */
    peakRssBytes: z.int().nonnegative().nullable(),
  }),
} as const satisfies Record<Phase, z.ZodType>

export type SamplesOf<P extends Phase> = { [K in P]: z.infer<(typeof samplesSchemas)[K]> }[P]

/** A committed unit with its samples. */
export type FinishedUnit<P extends Phase = Phase> = {
  [K in P]: { readonly ordinal: number; readonly unit: UnitOf<K>; readonly samples: SamplesOf<K> }
}[P]

/** A unit in one line, for messages: "quality baseline contract.md window 3". */
export function describeUnit(unit: Unit): string {
  switch (unit.phase) {
    case 'quality':
    case 'self-check':
      return `${unit.phase} ${unit.arm} ${unit.document} window ${unit.window}`
    case 'speed':
      return `${unit.phase} ${unit.arm} context ${unit.context} repetition ${unit.repetition}`
    case 'memory':
      return `${unit.phase} ${unit.arm} context ${unit.context}`
  }
}
