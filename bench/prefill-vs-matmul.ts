/**
 * Prefill GFLOP/s against plain MatMuls of the same shapes, in the same run. Counted are the products with weights
 * and the causal half of attention (method.md §1, C(T) = 2N + 4·T·L·d_h·n_h a token); norms, RoPE and activations
 * count as nothing.
 */
import type { DecoderConfig } from '../src/engine/graph/index.ts'
import { quietContext } from '../src/engine/kernel/run-context.ts'
import { openBackend } from '../src/engine/runtime/index.ts'
import { MatMulLimit } from './support/matmul.ts'
import { createBenchModel, linearShapes, openLanguageModel, SMALL_MHA, TINY_MHA } from './support/models.ts'
import { benchOptions } from './support/options.ts'
import { markdownTable, printResult, type BenchResult } from './support/result.ts'
import { compareSides } from './support/rounds.ts'

/** 91 million parameters in the layers. */
const MEDIUM: DecoderConfig = {
  ...SMALL_MHA,
  hiddenSize: 1024,
  intermediateSize: 2816,
  queryHeads: 16,
  kvHeads: 4,
  maxPositions: 4096,
}
/** Tokens that the language model hands over at a time: the rows of the products. */
const CHUNK_TOKENS = 512
const GOAL = { context: 2048, ratio: 0.6 } as const

const { quick, threads, rounds, goal } = await benchOptions(7)
const backend = await openBackend(quietContext())
const config = quick ? TINY_MHA : MEDIUM
using model = await createBenchModel(config)
using language = openLanguageModel(backend, model.decoder, threads)
const { layers } = linearShapes(config)
const products = layers.map(([n, k]) => ({ m: CHUNK_TOKENS, k, n }))
using limit = await MatMulLimit.open(backend, products, 'constant', threads)

const rows: string[][] = []
const results: BenchResult[] = []
for (const context of quick ? [512] : [512, 2048]) {
  const flops = prefillFlops(config, context)
  const figures = await compareSides(
    {
      prefill: async () => flops / (await language.measure(context, 1)).ttftMs / 1e6,
      limit: () => limit.measure(),
    },
    rounds,
  )
  const value = figures.median('prefill')
  const ratio = figures.ratio('prefill', 'limit')
  rows.push([String(context), value.toFixed(1), figures.median('limit').toFixed(1), ratio.toFixed(3)])
  results.push({
    name: `prefill-vs-matmul/${context}`,
    value,
    unit: 'GFLOP/s',
    ratio,
    goal: context === GOAL.context ? goal('at-least', GOAL.ratio) : null,
  })
}
console.log(`\n${markdownTable(['context', 'prefill, GFLOP/s', 'plain MatMul, GFLOP/s', 'ratio'], rows)}`)
results.forEach(printResult)

/** The generating graph computes logits for the last token only. */
function prefillFlops(config: DecoderConfig, tokens: number): number {
  const { layers, head } = linearShapes(config)
  const parameters = layers.reduce((sum, [out, input]) => sum + out * input, 0)
  const pairs = (tokens * (tokens + 1)) / 2
  const attention = 4 * config.layers * config.headDim * config.queryHeads * pairs
  return 2 * parameters * tokens + 2 * head[0] * head[1] + attention
}
