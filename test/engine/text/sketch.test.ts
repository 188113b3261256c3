import { describe, expect, it } from 'vitest'

import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { sharedPassages, similarity, sketchOf } from '../../../src/engine/text/index.ts'

const random = new SeededRandom(5)
const ALPHABETS = ['のはにをがでと経費精算規程提出部門', 'etaoin shrdlu']
const randomText = (length: number, alphabet = ALPHABETS[0]!): string =>
  Array.from({ length }, () => alphabet[random.integer(alphabet.length)]).join('')

function shingles(text: string, length: number): Set<string> {
  const compact = text.normalize('NFKC').replaceAll(/\s+/g, '')
  return new Set(
    Array.from({ length: compact.length - length + 1 }, (_, start) => compact.slice(start, start + length)),
  )
}

/** By all shingles. */
function exactJaccard(a: string, b: string): number {
  const [first, second] = [shingles(a, 8), shingles(b, 8)]
  return first.intersection(second).size / first.union(second).size
}

function exactContainment(a: string, b: string): number {
  const [first, second] = [shingles(a, 32), shingles(b, 32)]
  return first.intersection(second).size / Math.min(first.size, second.size)
}

/** A text of which every so-manyeth character was written anew. */
function edited(text: string, every: number): string {
  return Array.from(text, (character) => (random.integer(every) === 0 ? '改' : character)).join('')
}

describe('similarity', () => {
  it('estimates the Jaccard similarity of all shingles with the error of 128 draws', () => {
    const errors: number[] = []
    for (const alphabet of ALPHABETS) {
      for (const every of [10, 20, 50, 100, 200, 1000]) {
        for (let round = 0; round < 10; round++) {
          const text = randomText(400 + random.integer(2000), alphabet)
          const other = edited(text, every)
          const exact = exactJaccard(text, other)
          const error = Math.sqrt(Math.max(exact * (1 - exact), 1 / 128) / 128)
          errors.push((similarity(sketchOf(text), sketchOf(other)) - exact) / error)
        }
      }
    }
    // Binomial: a standard error of 1, of 120 cases none beyond 4, and no bias (0.09 for the mean of 120).
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(4)
    expect(Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)).toBeLessThan(
      1.25,
    )
    expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeLessThan(0.3)
  })

  it('is 1 for one text however wrapped and however wide, and 0 for others', () => {
    const text = '経費精算書は毎月25日までに提出してください。カード明細 ABC を添えること。'
    const wide = '経費精算書は　毎月２５日までに\n提出してください。\nｶｰﾄﾞ明細 ＡＢＣ を添えること。'
    expect(sketchOf(wide)).toEqual(sketchOf(text))
    expect(
      similarity(sketchOf(text), sketchOf('会議室の予約は前日までに総務部へ申し込んでください。')),
    ).toBeLessThan(0.1)
    expect(similarity(sketchOf('短い'), sketchOf('短い'))).toBe(1)
    expect(similarity(sketchOf('短い'), sketchOf('長い'))).toBe(0)
  })
})

describe('sharedPassages', () => {
  it('estimates the part of the smaller text that is in the other', () => {
    for (const share of [0, 0.1, 0.3, 0.5, 0.9, 1]) {
      const book = randomText(60_000)
      const excerpt = book.slice(1000, 1000 + share * 8000) + randomText((1 - share) * 8000)
      const exact = exactContainment(book, excerpt)
      // 8,000 characters keep 500 passages: a standard error of at most 0.023, neighbours being drawn apart.
      expect(Math.abs(sharedPassages(sketchOf(book), sketchOf(excerpt)) - exact)).toBeLessThan(0.09)
    }
  })

  it('finds an excerpt in a text too long for all its passages', () => {
    const book = randomText(1_500_000)
    const long = sketchOf(book)
    expect(long.passages).toHaveLength(65_536 * 2)
    expect(sharedPassages(long, sketchOf(book.slice(700_000, 720_000)))).toBe(1)
    expect(sharedPassages(long, sketchOf(randomText(20_000)))).toBe(0)
    expect(sharedPassages(long, sketchOf(book.slice(500_000)))).toBe(1)
  })

  it('is 0 for a text without a passage', () => {
    expect(sharedPassages(sketchOf('短い文書'), sketchOf('短い文書'))).toBe(0)
  })
})

it('a sketch is the same on every machine', () => {
  const { minhash, passages } = sketchOf('経費精算書は毎月25日までに提出してください。'.repeat(3))
  expect([minhash.length, base64Of(minhash).slice(0, 32), base64Of(passages)]).toMatchInlineSnapshot(`
    [
      128,
      "9gosAr2JBQBYK0AU4puBDAGxAwak2DMK",
      "3jS+ACWczwA/DMMMoySMAA==",
    ]
  `)
})

const base64Of = (words: Uint32Array): string =>
  Buffer.from(words.buffer, words.byteOffset, words.byteLength).toString('base64')
