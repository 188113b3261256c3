/** What `soroban roi --json` prints and the window shows: a return on investment with everything that it rests on. */
import { z } from 'zod'

import { VERDICTS } from '../results.ts'
import { ASSUMPTION_KEYS, type AssumptionKey, assumptionsSchema, CURRENCIES } from './assumptions.ts'

/** Null where there is no answer; the reason stands beside it. */
const amount = z.number().nullable()

/** Cost of one way to go, a year: year 0 is the decision, other years end with it. */
const costYearSchema = z.object({
  year: z.int().nonnegative(),
  /** Devices in use. */
  devices: amount,
  purchases: amount,
  power: amount,
  maintenance: amount,
  operation: amount,
  oneOff: amount,
  /** Sum of the five before. */
  cost: amount,
  co2Kg: amount,
  /** Share of the demand that is answered: 1 but for "do nothing". */
  served: amount,
})
export type CostYear = z.infer<typeof costYearSchema>

const costSchema = z.object({
  years: z.array(costYearSchema),
  tco: amount,
  /** Discounted to the decision. */
  tcoPresent: amount,
  energyKwh: amount,
  co2Kg: amount,
  /** Currency for 1,000 answered requests. */
  perThousandRequests: amount,
})
export type Cost = z.infer<typeof costSchema>

/** Sizing of one arm on the target device, estimated from measured rates. */
const sizingSchema = z.object({
  /** On the target device, at the assumed lengths, one sequence alone. */
  ttftSeconds: amount,
  tpotSeconds: amount,
  kvBytesPerSequence: amount,
  weightsBytes: amount,
  /** Sequences that fit beside the weights; that meet the latency target; that are planned (the least, and the most that is allowed). */
  batchByMemory: amount,
  batchByLatency: amount,
  batch: amount,
  deviceSecondsPerRequest: amount,
  /** From a request to its last token at peak. */
  responseSeconds: amount,
  /** In the last year of the horizon. */
  devicesByThroughput: amount,
  devicesByMemory: amount,
  devices: amount,
})
export type Sizing = z.infer<typeof sizingSchema>

/** Why a rate of return or a payback has no value. */
const NO_ANSWER_REASONS = [
  /** The flows never change their sign: nothing is invested, or nothing comes back. */
  'no-sign-change',
  /** They change it more than once: the rate is not unique. */
  'several-sign-changes',
  /** What is invested does not come back within the horizon. */
  'never',
  /** Nothing more than for the baseline is spent at the beginning. */
  'no-outlay',
  /** No number of devices serves an arm: weights too large for the memory, or the latency target out of reach. */
  'cannot-serve',
] as const
const noAnswerSchema = z.enum(NO_ANSWER_REASONS)
export type NoAnswer = z.infer<typeof noAnswerSchema>

/** One case: a scenario, or one input varied. */
const caseSchema = z.object({
  baseline: costSchema,
  candidate: costSchema,
  sizing: z.object({ baseline: sizingSchema, candidate: sizingSchema }),
  /** candidate against baseline, year by year; what is saved is positive. */
  flows: z.array(z.object({ year: z.int(), flow: amount, cumulative: amount, discountedCumulative: amount })),
  /** tco of the baseline less that of the candidate. */
  savings: amount,
  npv: amount,
  irr: amount,
  /** savings over the additional outlay of year 0. */
  roi: amount,
  /** Years. */
  payback: amount,
  discountedPayback: amount,
  co2SavedKg: amount,
  noAnswers: z.object({
    npv: noAnswerSchema.nullable(),
    irr: noAnswerSchema.nullable(),
    roi: noAnswerSchema.nullable(),
    payback: noAnswerSchema.nullable(),
    discountedPayback: noAnswerSchema.nullable(),
  }),
})
export type RoiCase = z.infer<typeof caseSchema>

const candidateSchema = z.object({
  id: z.string(),
  verdict: z.enum(VERDICTS).nullable(),
  scenarios: z.object({ pessimistic: caseSchema, standard: caseSchema, optimistic: caseSchema }),
  /** The ten inputs that move the net present value most, the strongest first. */
  tornado: z.array(
    z.object({
      key: z.enum(ASSUMPTION_KEYS as readonly [AssumptionKey, ...AssumptionKey[]]),
      pessimistic: z.number(),
      optimistic: z.number(),
      npvPessimistic: amount,
      npvOptimistic: amount,
      /** |npvOptimistic − npvPessimistic| */
      swing: z.number(),
    }),
  ),
  /** Net present value by requests a month. */
  volumes: z.array(z.object({ requestsPerMonth: z.number(), npv: amount })),
  breakEven: z.discriminatedUnion('kind', [
    /** Between two of `volumes`, on the straight line between them. */
    z.object({ kind: z.literal('at'), requestsPerMonth: z.number() }),
    /** Positive from the least of `volumes` on. */
    z.object({ kind: z.literal('always') }),
    z.object({ kind: z.literal('never') }),
  ]),
})
export type RoiCandidate = z.infer<typeof candidateSchema>

export const roiResultSchema = z.object({
  schema: z.literal('soroban.roi/1'),
  /** Id of the run that was measured. */
  run: z.string(),
  currency: z.enum(CURRENCIES),
  assumptions: assumptionsSchema,
  /** Whether rates were carried over to another device (roofline ratio), and whether lengths lie outside the measured ones. */
  provenance: z.object({
    rates: z.enum(['measured', 'estimated']),
    lengths: z.enum(['measured', 'estimated', 'extrapolated']),
  }),
  /** Neither bought nor changed: devices that are owned go on until their end, and answer what they can. */
  doNothing: costSchema,
  /** The candidates that may be compared with the baseline; the recommended one has the place `recommended`. */
  candidates: z.array(candidateSchema),
  /** Index of the candidate with the highest net present value among those whose quality is kept, else among all; null without any. */
  recommended: z.int().nonnegative().nullable(),
  /** Candidates that may not be put beside the baseline, and why. */
  excluded: z.array(z.object({ id: z.string(), reason: z.enum(['tokenizer-differs', 'rates-missing']) })),
  hoursSaved: z.object({
    /** A year of the horizon each, for whoever answers all requests. */
    years: z.array(z.object({ year: z.int(), hours: amount })),
    total: amount,
  }),
  /** Still at their defaults, which nobody has confirmed. */
  unconfirmed: z.array(z.string()),
})
export type RoiResult = z.infer<typeof roiResultSchema>
