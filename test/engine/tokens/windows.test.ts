import { describe, expect, it } from 'vitest'

import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import {
  bucketRange,
  createTokenizer,
  encodeDocument,
  positionBucket,
  rollingWindows,
  strideOf,
  trainByteLevelBpe,
} from '../../../src/engine/tokens/index.ts'

describe('rollingWindows', () => {
  it('rolls by half a window', () => {
    expect(rollingWindows(20, 8)).toEqual([
      { start: 0, end: 8, scoreFrom: 1 },
      { start: 4, end: 12, scoreFrom: 8 },
      { start: 8, end: 16, scoreFrom: 12 },
      { start: 12, end: 20, scoreFrom: 16 },
    ])
  })

  it('needs one window for a document that fits, none for one without anything to score', () => {
    expect(rollingWindows(8, 8)).toEqual([{ start: 0, end: 8, scoreFrom: 1 }])
    expect(rollingWindows(2, 8)).toEqual([{ start: 0, end: 2, scoreFrom: 1 }])
    expect(rollingWindows(1, 8)).toEqual([])
    expect(rollingWindows(0, 8)).toEqual([])
  })

  it('scores every position but the first exactly once, with half a window before it', () => {
    for (const window of [2, 3, 5, 8, 17, 64]) {
      for (let length = 0; length < 90; length++) {
        const scored: number[] = []
        for (const { start, end, scoreFrom } of rollingWindows(length, window)) {
          expect(end - start).toBeLessThanOrEqual(window)
          expect(end).toBeLessThanOrEqual(length)
          expect(scoreFrom).toBeLessThan(end)
          if (start > 0) expect(scoreFrom - start).toBeGreaterThanOrEqual(window / 2)
          for (let position = scoreFrom; position < end; position++) scored.push(position)
        }
        expect(scored).toEqual(Array.from({ length: Math.max(0, length - 1) }, (_, index) => index + 1))
      }
    }
  })

  it('refuses a window in which nothing can be scored', () => {
    for (const window of [1, 0, -4, 2.5, Number.NaN]) {
      expect(() => rollingWindows(10, window)).toThrow(
        expect.objectContaining({ code: 'tokens/window' }) as Error,
      )
    }
    expect(strideOf(2)).toBe(1)
  })
})

describe('position buckets', () => {
  it('are powers of two', () => {
    expect([1, 2, 3, 4, 7, 8, 1023, 1024].map(positionBucket)).toEqual([0, 1, 1, 2, 2, 3, 9, 10])
    for (let position = 1; position < 5000; position++) {
      const { from, to } = bucketRange(positionBucket(position))
      expect(from <= position && position < to).toBe(true)
    }
  })
})

describe('encodeDocument', () => {
  it('scores the whole text after a start token', async () => {
    const tokenizer = createTokenizer(
      await trainByteLevelBpe(['経費精算書'], { vocabSize: 300 }, quietContext()),
    )
    const text = '経費の精算'
    const document = encodeDocument(tokenizer, text)
    expect(document).toEqual({
      ids: Int32Array.of(0, ...tokenizer.encode(text)),
      scoredTokens: tokenizer.encode(text).length,
      scoredBytes: 15,
    })
    expect(encodeDocument(tokenizer, '')).toEqual({ ids: Int32Array.of(0), scoredTokens: 0, scoredBytes: 0 })
  })

  it('leaves the first token and its bytes out where there is no start token', async () => {
    const trained = await trainByteLevelBpe(['-'], { vocabSize: 257, specialTokens: [] }, quietContext())
    const tokenizer = createTokenizer(
      trained.replace(/"post_processor":\{.*?\},"decoder"/, '"post_processor":null,"decoder"'),
    )
    expect(tokenizer.startId).toBeNull()
    // Only the 256 bytes are known, so the first token is the first of three bytes of 経.
    const document = encodeDocument(tokenizer, '経費')
    expect(document).toEqual({ ids: tokenizer.encode('経費'), scoredTokens: 5, scoredBytes: 5 })
    expect(encodeDocument(tokenizer, '')).toEqual({ ids: new Int32Array(0), scoredTokens: 0, scoredBytes: 0 })
  })
})
