import { beforeAll, describe, expect, it } from 'vitest'

import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { openBackend, type Backend } from '../../../src/engine/runtime/index.ts'
import { LossEvaluator, ParameterStore } from '../../../src/engine/tuning/index.ts'
import { RANDOM_CONFIGS, randomIds, randomModel } from '../../fixtures/random-models.ts'
import { referenceLogits, referenceLogProbs } from '../../reference/decoder.ts'

const ctx = quietContext()
let backend: Backend
beforeAll(async () => {
  backend = await openBackend(ctx)
})

/** Sum of −log p of positions [from, to) in one pass over the ids before `to`, in float64 loops. */
function referenceNll(
  model: ReturnType<typeof randomModel>,
  ids: Int32Array,
  from: number,
  to: number,
): number {
  const logits = referenceLogits(model.config, model.weights, ids.subarray(0, to - 1))
  const scores = referenceLogProbs(logits, ids.subarray(1, to))
  return -scores.slice(from - 1).reduce((sum, score) => sum + score, 0)
}

describe('loss of a document', () => {
  // The forward half of the training graph, for every architecture and RoPE scaling, against float64 loops.
  it.each(Object.entries(RANDOM_CONFIGS))('%s: equals the float64 reference', async (_name, config) => {
    const model = randomModel(config)
    const ids = Int32Array.from(randomIds(config.vocabSize, 24))
    const store = ParameterStore.from(config, model.weights)
    using evaluator = await LossEvaluator.open(backend, store, { batch: 2, length: 32 }, 1)
    const { nllSum, tokens } = await evaluator.document(ids, ctx.signal)
    expect(tokens).toBe(23)
    // float32 kernels: a few 1e-6 for each of 23 tokens.
    expect(nllSum).toBeCloseTo(referenceNll(model, ids, 1, 24), 3)
  })

  it('scores every token once, with at least half a window before it', async () => {
    const config = Object.values(RANDOM_CONFIGS)[0]!
    const model = randomModel(config)
    const ids = Int32Array.from(randomIds(config.vocabSize, 40))
    const store = ParameterStore.from(config, model.weights)
    using evaluator = await LossEvaluator.open(backend, store, { batch: 2, length: 16 }, 1)
    // Windows of 16 positions begin at 0, 8, 16, 24; each scores what the one before it did not reach.
    const parts = [0, 8, 16, 24].map((start) =>
      referenceNll(model, ids.subarray(start, start + 16), start === 0 ? 1 : 8, 16),
    )
    const { nllSum, tokens } = await evaluator.document(ids, ctx.signal)
    expect(tokens).toBe(39)
    expect(nllSum).toBeCloseTo(
      parts.reduce((sum, part) => sum + part, 0),
      3,
    )
  })

  it('a document of one token has nothing to score', async () => {
    const config = Object.values(RANDOM_CONFIGS)[0]!
    const store = ParameterStore.from(config, randomModel(config).weights)
    using evaluator = await LossEvaluator.open(backend, store, { batch: 1, length: 8 }, 1)
    expect(await evaluator.documents([Int32Array.of(3)], ctx.signal)).toEqual({ nllSum: 0, tokens: 0 })
  })
})

describe('ParameterStore', () => {
  it('refuses weights that are missing or of another size', () => {
    const config = Object.values(RANDOM_CONFIGS)[0]!
    const { weights } = randomModel(config)
    const name = 'model.norm.weight'
    const without = new Map(weights)
    without.delete(name)
    expect(() => ParameterStore.from(config, without)).toThrowError(
      `${name} has no elements, expected ${config.hiddenSize}`,
    )
    const other = new Map(weights).set(name, new Float32Array(3))
    expect(() => ParameterStore.from(config, other)).toThrowError(`${name} has 3 elements`)
  })
})
