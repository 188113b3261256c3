import { z } from 'zod'

import type { RunContext } from '../kernel/run-context.ts'
import type { Backend } from '../runtime/index.ts'
import { encodeDocument, type ScorableDocument, type Tokenizer } from '../tokens/index.ts'
import { LossEvaluator, type ParameterStore } from '../tuning/index.ts'

/** A loss over some documents: rolling windows, every token scored once. */
export const measuredLossSchema = z.object({
  /** Positions in one window. */
  window: z.int().positive(),
  documents: z.int().positive(),
  tokens: z.int().positive(),
  bytes: z.int().positive(),
  /** Sum in nats. */
  nllSum: z.number(),
  /** Nats a token. */
  nll: z.number(),
  bitsPerByte: z.number(),
})
export type MeasuredLoss = z.infer<typeof measuredLossSchema>

/** Windows in one run of the graph; more gain nothing on the CPU. */
const ROWS = 2

/** Measures the loss of a store's parameters on whole documents. */
export async function measureLoss(
  store: ParameterStore,
  documents: readonly { readonly text: string }[],
  measuring: {
    readonly tokenizer: Tokenizer
    readonly backend: Backend
    readonly window: number
    readonly threads: number
  },
  ctx: RunContext,
): Promise<MeasuredLoss> {
  const { tokenizer, backend, window, threads } = measuring
  const encoded: readonly ScorableDocument[] = documents.map(({ text }) => encodeDocument(tokenizer, text))
  using evaluator = await LossEvaluator.open(backend, store, { batch: ROWS, length: window }, threads)
  const { nllSum, tokens } = await evaluator.documents(
    encoded.map(({ ids }) => ids),
    ctx.signal,
  )
  const bytes = encoded.reduce((sum, { scoredBytes }) => sum + scoredBytes, 0)
  return {
    window,
    documents: documents.length,
    tokens,
    bytes,
    nllSum,
    nll: nllSum / tokens,
    bitsPerByte: nllSum / Math.LN2 / bytes,
  }
}
