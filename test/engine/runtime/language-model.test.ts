import { beforeAll, describe, expect, it } from 'vitest'

import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import {
  LanguageModel,
  openBackend,
  type Backend,
  type DecoderGraphs,
  type WindowScores,
} from '../../../src/engine/runtime/index.ts'
import { fullLogits, indexOfMax, logSoftmax } from './reference.ts'
import { randomIds, tinyConfig, tinyDecoder, type TinyDecoder } from './tiny-decoder.ts'

const options = { name: 'tiny', provider: 'cpu', threads: 1 } as const
// float32 attention summed in another order: chunks and cached keys against one uncached run.
const TOLERANCE = 2e-4

let native: Backend
let portable: Backend
let decoder: TinyDecoder

beforeAll(async () => {
  native = await openBackend(quietContext())
  portable = await openBackend(quietContext(), { prefer: 'portable' })
  decoder = await tinyDecoder(1)
  expect(native.driver).toBe('native')
})

const open = (graphs: DecoderGraphs, backend = native): LanguageModel =>
  new LanguageModel(backend, graphs, options)

/** The same scores from one uncached run and float64 arithmetic. */
async function expectedScores(ids: Int32Array, targetsFrom: number): Promise<WindowScores> {
  const rows = await fullLogits(portable, decoder.logits, ids.subarray(0, -1))
  const places = Array.from({ length: ids.length - targetsFrom }, (_, index) => targetsFrom + index)
  return {
    logProbs: Float32Array.from(places, (place) => logSoftmax(rows[place - 1]!)[ids[place]!]!),
    top1: Int32Array.from(places, (place) => indexOfMax(rows[place - 1]!)),
  }
}

const worstDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce(
    (worst, value, index) => Math.max(worst, Math.abs(value - b[index]!)),
    Math.abs(a.length - b.length),
  )

describe('score', () => {
  it.each(['score', 'logits'] as const)(
    'agrees with an uncached run, over chunks (%s graph)',
    async (variant) => {
      using model = open({ [variant]: decoder[variant] })
      const ids = randomIds(600, 7)
      for (const targetsFrom of [1, 300, 599]) {
        const actual = await model.score({ ids, targetsFrom })
        const expected = await expectedScores(ids, targetsFrom)
        expect(actual.top1).toEqual(expected.top1)
        expect(worstDifference(actual.logProbs, expected.logProbs)).toBeLessThan(TOLERANCE)
      }
    },
  )

  it('gives a window the same scores whatever was scored before, bit for bit', async () => {
    using model = open(decoder)
    const window = { ids: randomIds(200, 3), targetsFrom: 1 }
    const first = await model.score(window)
    await model.score({ ids: randomIds(400, 4), targetsFrom: 1 })
    expect(await model.score(window)).toEqual(first)
  })

  it('is the same through the portable driver', async () => {
    using model = open(decoder)
    using other = open(decoder, portable)
    const window = { ids: randomIds(300, 5), targetsFrom: 100 }
    expect(await other.score(window)).toEqual(await model.score(window))
  })

  it('uses every position of the model and refuses one more', async () => {
    using model = open(decoder)
    const { maxPositions } = tinyConfig
    const longest = await model.score({ ids: randomIds(maxPositions + 1, 6), targetsFrom: maxPositions })
    expect(longest.logProbs).toHaveLength(1)
    await expect(model.score({ ids: randomIds(maxPositions + 2, 6), targetsFrom: 1 })).rejects.toMatchObject({
      code: 'runtime/beyond-positions',
      params: { length: maxPositions + 1, maximum: maxPositions },
    })
  })

  it('refuses a token outside the vocabulary, a window without targets and a missing graph', async () => {
    using model = open({ generate: decoder.generate })
    await expect(model.score({ ids: randomIds(5, 1), targetsFrom: 1 })).rejects.toMatchObject({
      code: 'runtime/graph-missing',
      params: { model: 'tiny', verb: 'score', variants: 'score, logits' },
    })
    using scorer = open(decoder)
    await expect(scorer.score({ ids: Int32Array.of(1, 48, 2), targetsFrom: 1 })).rejects.toMatchObject({
      code: 'runtime/token-out-of-range',
      params: { token: 48, vocabSize: 48 },
    })
    await expect(scorer.score({ ids: randomIds(5, 1), targetsFrom: 5 })).rejects.toThrowError(RangeError)
  })

  it('can be cancelled between and during runs, and then score correctly', async () => {
    using model = open(decoder)
    const window = { ids: randomIds(500, 8), targetsFrom: 1 }
    const expected = await model.score(window)
    const controller = new AbortController()
    const scoring = model.score(window, controller.signal)
    setImmediate(() => controller.abort())
    await expect(scoring).rejects.toMatchObject({ code: 'cancelled' })
    expect(await model.score(window)).toEqual(expected)
  })
})

describe('generate', () => {
  /** Greedy continuation without a cache: every token from a run over the whole text. */
  async function greedy(prompt: Int32Array, count: number): Promise<number[]> {
    const tokens: number[] = []
    while (tokens.length < count) {
      const rows = await fullLogits(portable, decoder.logits, Int32Array.from([...prompt, ...tokens]))
      tokens.push(indexOfMax(rows.at(-1)!))
    }
    return tokens
  }

  it.each([
    ['generate', 'native'],
    ['generate', 'portable'],
    ['logits', 'native'],
  ] as const)('continues greedily as uncached runs do (%s graph, %s driver)', async (variant, driver) => {
    using model = open({ [variant]: decoder[variant] }, driver === 'native' ? native : portable)
    for (const length of [1, 13, 520]) {
      const prompt = randomIds(length, length)
      const expected = await greedy(prompt, 12)
      const seen: number[] = []
      const result = await model.generate(prompt, {
        maxTokens: 12,
        onToken: (id, index) => (seen[index] = id),
      })
      expect([...result.tokens]).toEqual(expected)
      expect(seen).toEqual(expected)
      expect([result.stopped, result.gapsMs.length]).toEqual(['length', 11])
    }
  })

  it('stops before an end-of-text token', async () => {
    using model = open(decoder)
    const prompt = randomIds(13, 13)
    const expected = await greedy(prompt, 6)
    const eos = expected[4]!
    const kept = expected.slice(0, expected.indexOf(eos))
    const result = await model.generate(prompt, { maxTokens: 6, eosIds: [eos] })
    expect([[...result.tokens], result.stopped]).toEqual([kept, 'eos'])
  })

  it('samples the same text from the same seed, and another from another', async () => {
    using model = open(decoder)
    const prompt = randomIds(9, 2)
    const draw = async (seed: number): Promise<number[]> => [
      ...(await model.generate(prompt, { maxTokens: 24, sampling: { temperature: 1.5, topP: 0.95, seed } }))
        .tokens,
    ]
    expect(await draw(1)).toEqual(await draw(1))
    expect(await draw(1)).not.toEqual(await draw(2))
  })

  it('uses every position of the model and refuses to go beyond before it begins', async () => {
    using model = open(decoder)
    const { maxPositions } = tinyConfig
    const prompt = randomIds(maxPositions - 3, 4)
    expect((await model.generate(prompt, { maxTokens: 4 })).tokens).toHaveLength(4)
    const seen: number[] = []
    await expect(
      model.generate(prompt, { maxTokens: 5, onToken: (id) => seen.push(id) }),
    ).rejects.toMatchObject({
      code: 'runtime/beyond-positions',
      params: { length: maxPositions + 1, maximum: maxPositions },
    })
    expect(seen).toEqual([])
  })

  it('can be cancelled from the token callback and used again', async () => {
    using model = open(decoder)
    const prompt = randomIds(13, 13)
    const controller = new AbortController()
    const onToken = (_: number, index: number): void => {
      if (index === 2) controller.abort()
    }
    await expect(
      model.generate(prompt, { maxTokens: 50, onToken, signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' })
    expect([...(await model.generate(prompt, { maxTokens: 5 })).tokens]).toEqual(await greedy(prompt, 5))
  })
})

describe('measure and memory', () => {
  it('times each token and allocates a cache of exactly the length asked for', async () => {
    using model = open(decoder)
    const { layers, kvHeads, headDim } = tinyConfig
    const kvBytes = (length: number): number => 2 * layers * kvHeads * headDim * 4 * length
    expect(model.memory()).toEqual({
      weightsBytes: decoder.generate.weightsBytes,
      kvBytes: 0,
      peakArenaBytes: 0,
    })
    for (const context of [700, 64]) {
      const measured = await model.measure(context, 8)
      expect(measured.kvBytes).toBe(kvBytes(context + 7))
      expect(measured.gapsMs).toHaveLength(7)
      expect([measured.ttftMs, ...measured.gapsMs].every((ms) => ms > 0)).toBe(true)
      expect(model.memory().kvBytes).toBe(kvBytes(context + 7))
    }
    expect(model.memory().peakArenaBytes).toBeGreaterThan(0)
  })

  it('may be disposed twice', () => {
    const model = open(decoder)
    model[Symbol.dispose]()
    model[Symbol.dispose]()
  })
})
