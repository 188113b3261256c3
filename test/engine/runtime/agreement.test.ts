import { beforeAll, describe, expect, it } from 'vitest'

import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { LanguageModel, openBackend, PairScorer, type Backend } from '../../../src/engine/runtime/index.ts'
import { fullLogits, indexOfMax, logSoftmax } from './reference.ts'
import { randomIds, tinyConfig, tinyDecoder, type TinyDecoder } from './tiny-decoder.ts'

// float32 log-softmax and sums over 48 tokens against float64.
const TOLERANCE = 5e-4

let backend: Backend
let baseline: TinyDecoder
let candidate: TinyDecoder

beforeAll(async () => {
  backend = await openBackend(quietContext())
  baseline = await tinyDecoder(1)
  candidate = await tinyDecoder(2, { ...tinyConfig, kvHeads: 1 })
})

const open = (name: string, { logits }: TinyDecoder): LanguageModel =>
  new LanguageModel(backend, { logits }, { name, provider: 'cpu', threads: 1 })

describe('PairScorer', () => {
  it('refuses to compare with nothing', () => {
    using p = open('baseline', baseline)
    expect(() => new PairScorer(backend, p, [], { threads: 1 })).toThrow(RangeError)
  })

  it.each([1, 300])(
    'equals float64 arithmetic over uncached logits (targets from %i)',
    async (targetsFrom) => {
      using p = open('baseline', baseline)
      using q = open('candidate', candidate)
      using scorer = new PairScorer(backend, p, [q], { threads: 1 })
      const ids = randomIds(560, 9)
      const actual = await scorer.score({ ids, targetsFrom })
      const pRows = (await fullLogits(backend, baseline.logits, ids.subarray(0, -1))).slice(targetsFrom - 1)
      const qRows = (await fullLogits(backend, candidate.logits, ids.subarray(0, -1))).slice(targetsFrom - 1)
      const worst = (values: ArrayLike<number>, expected: readonly number[]): number => {
        expect(values).toHaveLength(expected.length)
        return Math.max(...expected.map((value, index) => Math.abs(value - values[index]!)))
      }
      const truth = pRows.map((row, index) => {
        const [lp, lq] = [logSoftmax(row), logSoftmax(qRows[index]!)]
        const target = ids[targetsFrom + index]!
        return {
          kl: lp.reduce((sum, value, token) => sum + Math.exp(value) * (value - lq[token]!), 0),
          same: indexOfMax(row) === indexOfMax(qRows[index]!) ? 1 : 0,
          p: lp[target]!,
          q: lq[target]!,
        }
      })
      const [agreement] = actual.candidates
      expect(
        worst(
          agreement!.kl,
          truth.map(({ kl }) => kl),
        ),
      ).toBeLessThan(TOLERANCE)
      expect([...agreement!.sameTop1]).toEqual(truth.map(({ same }) => same))
      expect(
        worst(
          actual.baselineLogProbs,
          truth.map(({ p }) => p),
        ),
      ).toBeLessThan(TOLERANCE)
      expect(
        worst(
          agreement!.logProbs,
          truth.map(({ q }) => q),
        ),
      ).toBeLessThan(TOLERANCE)
      // The two models must differ for the comparison to mean anything.
      expect(new Set(agreement!.sameTop1)).toEqual(new Set([0, 1]))
    },
  )

  it('finds no difference between a model and itself, beside a candidate that differs', async () => {
    using p = open('baseline', baseline)
    using twin = open('twin', baseline)
    using q = open('candidate', candidate)
    using scorer = new PairScorer(backend, p, [twin, q], { threads: 1 })
    const { baselineLogProbs, candidates } = await scorer.score({ ids: randomIds(300, 10), targetsFrom: 1 })
    expect(candidates[0]).toEqual({
      kl: new Float32Array(299),
      sameTop1: new Uint8Array(299).fill(1),
      logProbs: baselineLogProbs,
    })
    expect(Math.min(...candidates[1]!.kl)).toBeGreaterThan(0)
  })

  it('refuses models of different vocabularies, and one model in two roles', async () => {
    const other = await tinyDecoder(3, { ...tinyConfig, vocabSize: 32 })
    using p = open('baseline', baseline)
    using q = open('other', other)
    expect(() => new PairScorer(backend, p, [q], { threads: 1 })).toThrowError(
      expect.objectContaining({
        code: 'runtime/vocabulary-mismatch',
        params: { candidate: 'other', candidateSize: 32, baselineSize: 48 },
      }),
    )
    expect(() => new PairScorer(backend, p, [p], { threads: 1 })).toThrowError(RangeError)
  })

  it('can be cancelled and then score correctly', async () => {
    using p = open('baseline', baseline)
    using q = open('candidate', candidate)
    using scorer = new PairScorer(backend, p, [q], { threads: 1 })
    const window = { ids: randomIds(600, 11), targetsFrom: 1 }
    const expected = await scorer.score(window)
    const controller = new AbortController()
    const scoring = scorer.score(window, controller.signal)
    setImmediate(() => controller.abort())
    await expect(scoring).rejects.toMatchObject({ code: 'cancelled' })
    expect(await scorer.score(window)).toEqual(expected)
  })
})
