import { z } from 'zod'

import { isErrorCode, type ErrorCode } from '../../../shared/errors.ts'
import { providerSchema } from '../../../shared/settings.ts'
import type { DecoderSource } from '../decoder-io.ts'

/** The messages between an arm's engine process and its supervisor; both ends parse what they receive. */

const count = z.int().nonnegative()
const milliseconds = z.number().nonnegative()
const int32s = z.custom<Int32Array>((value) => value instanceof Int32Array)
const float32s = z.custom<Float32Array>((value) => value instanceof Float32Array)
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const kvType = z.enum(['float32', 'float16'])

const errorSchema = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && isErrorCode(code)),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  stack: z.string().exactOptional(),
})

const ioSchema = z.object({
  inputIds: z.string(),
  positions: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('lengths'), lastIndex: z.string(), total: z.string() }),
    z.object({ kind: z.literal('mask'), attentionMask: z.string(), positionIds: z.string().nullable() }),
  ]),
  outputs: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('logits'), logits: z.string(), rows: z.enum(['last', 'all']), type: kvType }),
    z.object({ kind: z.literal('scores'), targets: z.string(), logProbs: z.string(), top1: z.string() }),
  ]),
  kv: z.object({
    pastKey: z.string(),
    pastValue: z.string(),
    presentKey: z.string(),
    presentValue: z.string(),
    type: kvType,
    layout: z.enum(['in-place', 'appended']),
  }),
})

const sourceSchema: z.ZodType<DecoderSource, DecoderSource> = z.object({
  graphPath: z.string(),
  weightsBytes: count,
  config: z.object({
    vocabSize: z.int().positive(),
    layers: z.int().positive(),
    kvHeads: z.int().positive(),
    headDim: z.int().positive(),
    maxPositions: z.int().positive(),
  }),
  kvElementBytes: z.int().positive(),
  io: ioSchema.exactOptional(),
})

const windowSchema = z.object({ ids: int32s, targetsFrom: z.int().positive() })

const timing = { ttftMs: milliseconds, gapsMs: z.array(milliseconds).readonly() }

export const backendReportSchema = z.object({
  driver: z.enum(['native', 'portable']),
  version: z.string(),
  providers: z.array(providerSchema),
  reason: z.enum(['self-test-passed', 'requested', 'native-failed']),
  failure: errorSchema.nullable(),
})

/** What a process can be asked, by verb: the shape of the question and of the answer. */
export const ARM_VERBS = {
  /** Loads a model under an id, in the place of an earlier one, and opens the sessions of the graphs given. */
  load: {
    input: z.object({
      model: z.string(),
      graphs: z.object({
        generate: sourceSchema.exactOptional(),
        score: sourceSchema.exactOptional(),
        logits: sourceSchema.exactOptional(),
      }),
      options: z.object({
        provider: providerSchema,
        threads: z.int().positive(),
        forbidCpuFallback: z.boolean().exactOptional(),
      }),
    }),
    /** Tokens a run may take on this device, null when unlimited: to be recorded, as a limit slows prefill. */
    output: z.object({ longestRun: z.int().positive().nullable() }),
  },
  score: {
    input: z.object({ model: z.string(), window: windowSchema }),
    output: z.object({ logProbs: float32s, top1: int32s }),
  },
  /** Agreement of candidates with a baseline, all loaded in this process. */
  scorePair: {
    input: z.object({
      baseline: z.string(),
      candidates: z.array(z.string()).readonly(),
      window: windowSchema,
    }),
    output: z.object({
      baselineLogProbs: float32s,
      candidates: z.array(z.object({ kl: float32s, sameTop1: bytes, logProbs: float32s })).readonly(),
    }),
  },
  generate: {
    input: z.object({
      model: z.string(),
      prompt: int32s,
      maxTokens: z.int().positive(),
      eosIds: z.array(count).readonly().exactOptional(),
      sampling: z
        .object({ temperature: z.number().positive(), topP: z.number().positive().max(1), seed: z.int() })
        .exactOptional(),
    }),
    output: z.object({ ...timing, tokens: int32s, stopped: z.enum(['eos', 'length']) }),
  },
  measure: {
    input: z.object({ model: z.string(), contextLength: z.int().positive(), newTokens: z.int().positive() }),
    output: z.object({ ...timing, kvBytes: count }),
  },
  memory: {
    input: z.object({}),
    output: z.object({
      /**
       * Largest resident set since the process began: weights, KV cache, arenas, and the engine itself (Node.js and
       * ONNX Runtime, some 100 MB). Null where the system does not tell.
       */
      peakRssBytes: count.nullable(),
      rssBytes: count,
      weightsBytes: count,
      kvBytes: count,
      peakArenaBytes: count.nullable(),
    }),
  },
  /** Gives back what the process holds; the supervisor then ends it. */
  close: { input: z.object({}), output: z.object({}) },
} as const

export type ArmVerb = keyof typeof ARM_VERBS
export type ArmInput<V extends ArmVerb> = z.input<(typeof ARM_VERBS)[V]['input']>
export type ArmOutput<V extends ArmVerb> = z.output<(typeof ARM_VERBS)[V]['output']>

/** Supervisor to process. */
export const armRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('call'),
    id: count,
    verb: z.enum(Object.keys(ARM_VERBS) as [ArmVerb, ...ArmVerb[]]),
    input: z.unknown(),
  }),
  z.object({ kind: z.literal('cancel'), id: count }),
])
export type ArmRequest = z.infer<typeof armRequestSchema>

const resultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorSchema }),
])

/** Process to supervisor. */
export const armReplySchema = z.discriminatedUnion('kind', [
  /** Sent once, when the runtime is open or has failed to. */
  z.object({ kind: z.literal('started'), result: resultSchema }),
  z.object({ kind: z.literal('heartbeat') }),
  z.object({ kind: z.literal('token'), id: count, token: count, index: count }),
  z.object({
    kind: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    message: z.string(),
  }),
  z.object({ kind: z.literal('result'), id: count, result: resultSchema }),
])
export type ArmReply = z.infer<typeof armReplySchema>

export const HEARTBEAT_MS = 1000
