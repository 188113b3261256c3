import { describe, expect, it } from 'vitest'

import { type AssembleInput, assembleResults } from '../../../src/engine/comparison/index.ts'
import type { FinishedUnit } from '../../../src/engine/runs/index.ts'
import { AppError } from '../../../src/shared/errors.ts'
import type { Results } from '../../../src/shared/results.ts'
import { armFacts, syntheticRun } from './runs.ts'

const baseline = { facts: armFacts('baseline', 8), factor: 1 }
const candidate = { facts: armFacts('gqa'), factor: 1.002, noise: 0.002, speedFactor: 0.5 }

const comparison = (results: Results, metric: string, arm = 'gqa') =>
  results.comparisons.find((entry) => entry.metric === metric && entry.candidate === arm)

const codes = (results: Results): string[] => results.warnings.map(({ code }) => code)

const errorOf = async (input: AssembleInput): Promise<Pick<AppError, 'code' | 'params'>> => {
  try {
    await assembleResults(input)
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, params: error.params }
    throw error
  }
  throw new Error('no error')
}

const changing = (
  input: AssembleInput,
  change: (unit: FinishedUnit) => FinishedUnit | null,
): AssembleInput => ({
  ...input,
  samples: input.samples.flatMap((unit) => change(unit) ?? []),
})

describe('quality', async () => {
  const input = syntheticRun([baseline, candidate])
  const results = await assembleResults(input)

  it('is token-weighted over documents, with intervals by document', () => {
    const logProbs = input.samples.flatMap(({ unit, samples }) =>
      unit.phase === 'quality' && unit.arm === 'gqa' && 'logProbs' in samples ? [...samples.logProbs] : [],
    )
    const sum = logProbs.reduce((total, value) => total - value, 0)
    const { nll, bitsPerByte, perplexity, nllByPosition } = results.arms[1]!.quality
    expect(nll).toMatchObject({
      value: expect.closeTo(sum / 480, 12),
      n: 12,
      unit: 'nats/token',
      provenance: 'measured',
    })
    expect(bitsPerByte.value).toBeCloseTo(sum / Math.LN2 / (98 * 12), 12)
    expect(perplexity.value).toBeCloseTo(Math.exp(sum / 480), 12)
    expect(perplexity.ci95).toEqual(nll.ci95?.map(Math.exp))
    expect(nll.ci95![0]).toBeLessThan(nll.value!)
    expect(nll.ci95![1]).toBeGreaterThan(nll.value!)
    expect(nllByPosition.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [2, 4],
      [4, 8],
      [8, 16],
      [16, 32],
      [32, 64],
    ])
    expect(nllByPosition[0]!.nll.n).toBe(12)
  })

  it('keeps the sums behind every document', () => {
    const { scores } = results.documents[3]!
    const total = results.documents.reduce((sum, document) => sum + document.scores['gqa']!.nllSum, 0)
    expect([scores['baseline']!.tokens, scores['gqa']!.tokens]).toEqual([40, 40])
    expect(total / 480).toBeCloseTo(results.arms[1]!.quality.nll.value!, 12)
  })

  it('gives agreement to candidates only', () => {
    expect(results.arms[0]!.quality.agreement).toBeUndefined()
    const agreement = results.arms[1]!.quality.agreement!
    // KL of document d is 0.01·(d+1): mean 0.065; the 95th percentile of the tokens lies in the last document.
    expect(agreement.klMean).toMatchObject({ value: expect.closeTo(0.065, 6), n: 12 })
    expect(agreement.klP95).toEqual({
      value: expect.closeTo(0.12, 6),
      n: 12,
      unit: 'nats/token',
      provenance: 'measured',
    })
    expect(agreement.sameTop1).toMatchObject({ value: 0.75, ci95: [0.75, 0.75] })
    expect(agreement.rmsDeltaP.value).toBe(0.25)
  })

  it('judges the relative difference in nll, and shows bits per byte without a second verdict', () => {
    const [of, from] = [results.arms[1]!.quality.nll.value!, results.arms[0]!.quality.nll.value!]
    const nll = comparison(results, 'nll')!
    expect(nll.difference.value).toBeCloseTo(of - from, 12)
    expect(nll.difference.ci95).toEqual(nll.ci95)
    expect(nll.relative).toMatchObject({ value: expect.closeTo(of / from - 1, 12), n: 12, unit: '1' })
    expect(nll.relative.ci95![1]).toBeLessThan(0.01)
    expect([nll.margin, nll.verdict]).toEqual([0.01, 'kept'])
    const bits = comparison(results, 'bitsPerByte')!
    expect([bits.margin, bits.verdict]).toEqual([null, null])
    expect(bits.relative.value).toBeCloseTo(nll.relative.value!, 12)
  })

  it('says plainly when the candidate is worse, or nobody can tell', async () => {
    const worse = await assembleResults(syntheticRun([baseline, { ...candidate, factor: 1.05 }]))
    expect(comparison(worse, 'nll')!.verdict).toBe('worse')
    const blurred = await assembleResults(
      syntheticRun([baseline, { ...candidate, factor: 1.01, noise: 0.05 }]),
    )
    expect(comparison(blurred, 'nll')!.verdict).toBe('undecided')
  })

  it('finds the baseline equal to itself', async () => {
    const twin = await assembleResults(syntheticRun([baseline, { facts: armFacts('gqa', 8), factor: 1 }]))
    expect(comparison(twin, 'nll')).toEqual({
      candidate: 'gqa',
      metric: 'nll',
      difference: { value: 0, ci95: [0, 0], n: 12, unit: 'nats/token', provenance: 'measured' },
      ci95: [0, 0],
      relative: { value: 0, ci95: [0, 0], n: 12, unit: '1', provenance: 'measured' },
      margin: 0.01,
      verdict: 'kept',
    })
  })

  it('gives neither interval nor verdict for four documents', async () => {
    const few = await assembleResults(syntheticRun([baseline, candidate], { documents: 4 }))
    expect(comparison(few, 'nll')).toMatchObject({ ci95: null, margin: 0.01, verdict: 'insufficient-data' })
    expect(few.arms[1]!.quality.nll.ci95).toBeUndefined()
    expect(codes(few)).toEqual(['comparison/few-documents'])
  })
})

describe('another tokenizer', async () => {
  const foreign = { ...candidate, facts: armFacts('gqa', 2, 'e'.repeat(64)) }
  const results = await assembleResults(syntheticRun([baseline, foreign]))

  it('is judged in bits per byte, without agreement, with a warning', () => {
    expect(comparison(results, 'nll')).toBeUndefined()
    expect(comparison(results, 'bitsPerByte')).toMatchObject({ margin: 0.01, verdict: 'kept' })
    expect(results.arms[1]!.quality.agreement).toBeUndefined()
    expect(results.warnings).toEqual([
      {
        code: 'comparison/tokenizer-differs',
        params: { candidate: 'gqa' },
        message: expect.stringContaining('bits per byte'),
      },
    ])
  })
})

describe('several candidates', () => {
  it('are judged together, and what only the correction leaves open is told', async () => {
    const arms = Array.from({ length: 6 }, (_, index) => ({
      facts: armFacts(`gqa${index}`),
      factor: 1.005,
      noise: 0.0055,
    }))
    const together = await assembleResults(syntheticRun([baseline, ...arms], { repetitions: 0 }))
    const corrected = arms.filter(({ facts }) => {
      const { relative, verdict } = comparison(together, 'nll', facts.id)!
      return relative.ci95![1] <= 0.01 && verdict === 'undecided'
    })
    const told = together.warnings.filter(({ code }) => code === 'comparison/several-candidates')
    expect(corrected.length).toBeGreaterThan(0)
    expect(told.map(({ params }) => params['candidate'])).toEqual(corrected.map(({ facts }) => facts.id))
  })
})

describe('resources', async () => {
  const results = await assembleResults(syntheticRun([baseline, candidate]))

  it('summarises latency, rates and memory', () => {
    const [speed] = results.arms[1]!.speed
    expect(speed).toMatchObject({
      context: 256,
      ttftMs: { value: 50, ci95: [50, 50], n: 5, unit: 'ms', provenance: 'measured' },
      tpotMs: { value: expect.closeTo(5.1, 12), n: 5 },
      tpotP50Ms: { value: expect.closeTo(5.1, 12), n: 10 },
      prefillTokensPerSecond: { value: 5120, unit: 'tokens/s' },
      unstable: false,
    })
    expect(speed!.decodeTokensPerSecond.value).toBeCloseTo(1000 / 5.1, 0)
    expect(results.arms[1]!.memory).toEqual({
      weightsBytes: { value: 3400, unit: 'bytes', provenance: 'measured' },
      peakRssBytes: { value: 1000, unit: 'bytes', provenance: 'measured' },
      kvBytes: [
        {
          context: 256,
          predicted: { value: 256 * 256, unit: 'bytes', provenance: 'estimated' },
          measured: { value: 256 * 256, unit: 'bytes', provenance: 'measured' },
        },
      ],
    })
  })

  it('compares pair by pair', () => {
    // Repetitions differ among themselves, yet every candidate repetition takes half its partner's time.
    expect(comparison(results, 'tpotMs@256')).toMatchObject({
      difference: { value: expect.closeTo(-5.1, 12), n: 5, unit: 'ms' },
      relative: { value: -0.5, ci95: [-0.5, -0.5], n: 5 },
      margin: null,
      verdict: null,
    })
    expect(comparison(results, 'ttftMs@256')).toMatchObject({ ci95: [-50, -50], relative: { value: -0.5 } })
    expect(comparison(results, 'kvBytes@256')).toMatchObject({
      difference: { value: -3 * 256 * 256, provenance: 'measured' },
      ci95: null,
      relative: { value: -0.75 },
    })
    expect(comparison(results, 'weightsBytes')?.relative.value).toBeCloseTo(-600 / 4000, 12)
    expect(comparison(results, 'peakRssBytes')?.relative.value).toBe(-0.5)
  })

  it('says n/a, never 0, for what was not measured', async () => {
    const input = syntheticRun([baseline, candidate], { repetitions: 0 })
    const bare = await assembleResults(
      changing(input, (unit) => (unit.unit.phase === 'memory' ? null : unit)),
    )
    const unavailable = (unit: string) => ({ value: null, unit, provenance: 'unavailable' })
    expect(bare.arms[0]!.speed[0]).toEqual({
      context: 256,
      ttftMs: unavailable('ms'),
      tpotMs: unavailable('ms'),
      tpotP50Ms: unavailable('ms'),
      tpotP95Ms: unavailable('ms'),
      prefillTokensPerSecond: unavailable('tokens/s'),
      decodeTokensPerSecond: unavailable('tokens/s'),
      unstable: false,
    })
    expect(bare.arms[0]!.memory.peakRssBytes).toEqual(unavailable('bytes'))
    expect(bare.arms[0]!.memory.kvBytes[0]!.measured).toEqual(unavailable('bytes'))
    expect(comparison(bare, 'tpotMs@256')).toBeUndefined()
    // The prediction stands in, and says so.
    expect(comparison(bare, 'kvBytes@256')!.difference).toMatchObject({
      value: -196608,
      provenance: 'estimated',
    })
  })

  it('marks what did not settle, and what disturbed it', async () => {
    const input = syntheticRun([baseline, candidate])
    const restless = changing(input, (finished) =>
      finished.unit.phase === 'speed' && finished.unit.arm === 'gqa' && 'warmUpSettled' in finished.samples
        ? ({ ...finished, samples: { ...finished.samples, warmUpSettled: false } } as FinishedUnit)
        : finished,
    )
    const environment = {
      ...input.environment,
      loadPerCore: 0.876,
      onBattery: true,
      providerRequested: 'webgpu',
    } as const
    const disturbed = await assembleResults({ ...restless, environment })
    expect(disturbed.arms.map(({ speed }) => speed[0]!.unstable)).toEqual([false, true])
    expect(disturbed.warnings.map(({ code, params }) => [code, params])).toEqual([
      ['comparison/other-provider', { requested: 'webgpu', used: 'cpu' }],
      ['comparison/unstable-speed', { arm: 'gqa', contexts: '256' }],
      ['comparison/machine-busy', { percent: 88 }],
      ['comparison/on-battery', {}],
    ])
  })
})

describe('self-check', () => {
  const input = syntheticRun([baseline, candidate])

  it('passes when the baseline repeats itself bit for bit', async () => {
    expect((await assembleResults(input)).selfCheck).toEqual({
      windows: 12,
      maxAbsoluteDifference: 0,
      passed: true,
    })
  })

  it('fails on the last bit of one log-probability', async () => {
    const nudged = changing(input, (finished) => {
      if (finished.unit.phase !== 'self-check' || finished.unit.document !== 'doc7.txt') return finished
      if (!('logProbs' in finished.samples)) return finished
      const logProbs = finished.samples.logProbs.slice()
      const bits = new Uint32Array(logProbs.buffer)
      bits[11]! += 1
      return { ...finished, samples: { ...finished.samples, logProbs } } as FinishedUnit
    })
    const results = await assembleResults(nudged)
    // One unit in the last place of a float32 between 2 and 4.
    expect(results.selfCheck).toEqual({ windows: 12, maxAbsoluteDifference: 2 ** -22, passed: false })
    expect(codes(results)).toEqual(['comparison/self-check-failed'])
  })

  it('is not passed by not being made', async () => {
    const results = await assembleResults(
      changing(input, (unit) => (unit.unit.phase === 'self-check' ? null : unit)),
    )
    expect(results.selfCheck).toEqual({ windows: 0, maxAbsoluteDifference: 0, passed: false })
    expect(codes(results)).toEqual(['comparison/self-check-missing'])
  })
})

describe('what cannot be compared', () => {
  const input = syntheticRun([baseline, candidate])
  const isTarget = ({ unit }: FinishedUnit): boolean =>
    unit.phase === 'quality' && unit.arm === 'gqa' && unit.document === 'doc2.txt' && unit.window === 1

  it('is refused: a window that one arm lacks', async () => {
    const partial = changing(input, (unit) => (isTarget(unit) ? null : unit))
    expect(await errorOf(partial)).toEqual({
      code: 'comparison/not-paired',
      params: { arm: 'gqa', document: 'doc2.txt', reason: '1–20 ≠ 1–20 21–40' },
    })
  })

  it('is refused: a log-probability that is not a number', async () => {
    const broken = changing(input, (finished) =>
      isTarget(finished)
        ? ({
            ...finished,
            samples: { ...finished.samples, logProbs: new Float32Array(20).fill(Number.NaN) },
          } as FinishedUnit)
        : finished,
    )
    expect(await errorOf(broken)).toEqual({
      code: 'comparison/not-finite',
      params: { arm: 'gqa', document: 'doc2.txt' },
    })
  })

  it('is refused: nothing scored', async () => {
    expect(await errorOf({ ...input, samples: [] })).toEqual({
      code: 'comparison/nothing-scored',
      params: { arm: 'baseline' },
    })
  })
})

it('gives equal results for equal input, in whatever order the samples come', async () => {
  const input = syntheticRun([baseline, candidate])
  const reversed = { ...input, samples: input.samples.toReversed() }
  expect(JSON.stringify((await assembleResults(reversed)).comparisons[0])).toBe(
    JSON.stringify((await assembleResults(input)).comparisons[0]),
  )
  expect(await assembleResults(input)).toEqual(await assembleResults(input))
})

it('puts the caller’s warnings behind its own, in the run’s language', async () => {
  const input = syntheticRun([baseline, candidate], { documents: 3 })
  const own = { code: 'poc/short', params: {}, message: '…' }
  const results = await assembleResults({ ...input, run: { ...input.run, locale: 'ja' }, warnings: [own] })
  expect(codes(results)).toEqual(['comparison/few-documents', 'poc/short'])
  expect(results.warnings[0]!.message).toContain('3 件')
})
