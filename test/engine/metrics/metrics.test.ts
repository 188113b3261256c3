import { describe, expect, it } from 'vitest'

import {
  bitsPerByte,
  type DocumentScores,
  evaluate,
  klMean,
  klP95,
  METRICS,
  nll,
  nllAtPositions,
  nllByPosition,
  perplexity,
  rmsDeltaP,
  sameTop1,
} from '../../../src/engine/metrics/index.ts'

// Probabilities are powers of two, so that every figure follows by hand.
const ln = Math.log
const long: DocumentScores = {
  document: 'long',
  bytes: 12,
  windows: [
    { firstPosition: 1, logProbs: [ln(1 / 2), ln(1 / 4), ln(1 / 8)] },
    { firstPosition: 4, logProbs: [ln(1 / 16)] },
  ],
}
const short: DocumentScores = {
  document: 'short',
  bytes: 3,
  windows: [{ firstPosition: 1, logProbs: [ln(1 / 2)] }],
}
const empty: DocumentScores = { document: 'empty', bytes: 9, windows: [] }
const corpus = [long, short, empty]

describe('likelihood metrics', () => {
  it('weights documents by tokens', () => {
    // 1 + 2 + 3 + 4 + 1 bits over 5 tokens; the mean of document means would be 1.75 bits instead.
    expect(evaluate(nll, corpus)).toBeCloseTo((11 / 5) * Math.LN2, 14)
  })

  it('counts bytes of scored documents only', () => {
    expect(evaluate(bitsPerByte, corpus)).toBeCloseTo(11 / 15, 14)
  })

  it('makes perplexity from nll', () => {
    expect(evaluate(perplexity, corpus)).toBeCloseTo(2 ** (11 / 5), 13)
  })

  it('has nothing to say without tokens', () => {
    expect(METRICS.map((metric) => evaluate(metric, [empty]))).toEqual(METRICS.map(() => null))
  })

  it('adds float32 log-probabilities in float64', () => {
    const logProbs = new Float32Array(100_000).fill(-0.1)
    const value = evaluate(nll, [{ document: 'd', bytes: 1, windows: [{ firstPosition: 1, logProbs }] }])
    // A float32 sum would be off by about 1e-3 here; float64 leaves rounding noise of 1e-12.
    expect(value).toBeCloseTo(-Math.fround(-0.1), 11)
  })
})

describe('nll by position', () => {
  it('buckets by log2 of the position, across windows', () => {
    const buckets = nllByPosition(corpus)
    expect(buckets.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [2, 4],
      [4, 8],
    ])
    expect(buckets.map((metric) => (evaluate(metric, corpus) ?? Number.NaN) / Math.LN2)).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(2.5, 12),
      expect.closeTo(4, 12),
    ])
  })

  it('leaves no token out and counts none twice', () => {
    const tokens = nllByPosition([long]).reduce((sum, metric) => sum + metric.compute(long)[1], 0)
    expect(tokens).toBe(4)
    expect(nllAtPositions(100, 200).compute(long)).toEqual([0, 0])
  })
})

describe('agreement metrics', () => {
  const compared: DocumentScores = {
    document: 'compared',
    bytes: 10,
    windows: [
      {
        firstPosition: 1,
        logProbs: [-1, -1, -1],
        pair: { kl: [0.1, 0.2, 0.6], sameTop1: [1, 1, 0], pBase: [0.5, 0.5, 0.5], pCand: [0.5, 0.8, 0.1] },
      },
      // Scored but not compared: must not dilute the shares.
      { firstPosition: 4, logProbs: [-1, -1] },
    ],
  }

  it('averages over compared tokens', () => {
    expect(evaluate(klMean, [compared])).toBeCloseTo(0.3, 14)
    expect(evaluate(sameTop1, [compared])).toBeCloseTo(2 / 3, 14)
    expect(evaluate(rmsDeltaP, [compared])).toBeCloseTo(Math.sqrt((0.09 + 0.16) / 3), 14)
  })

  it('takes the 95th percentile over tokens', () => {
    expect(evaluate(klP95, [compared])).toBeCloseTo(0.2 + 0.9 * 0.4, 14)
  })
})

it('registers every metric once, with unit and direction', () => {
  expect(METRICS.map(({ id, unit, direction }) => [id, unit, direction])).toEqual([
    ['nll', 'nats/token', 'lower'],
    ['bitsPerByte', 'bits/byte', 'lower'],
    ['perplexity', '1', 'lower'],
    ['klMean', 'nats/token', 'lower'],
    ['klP95', 'nats/token', 'lower'],
    ['sameTop1', '1', 'higher'],
    ['rmsDeltaP', '1', 'lower'],
  ])
})
