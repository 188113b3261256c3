import { describe, expect, it } from 'vitest'

import { TokenStream } from '../../../src/engine/tuning/index.ts'

const END = 0
const DOCUMENTS = [Int32Array.of(1, 2, 3), Int32Array.of(4, 5), Int32Array.of(6, 7, 8, 9)]
const EPOCH_TOKENS = 3 + 2 + 4 + 3

function stream(seed = 1): TokenStream {
  return new TokenStream(DOCUMENTS, END, seed)
}

describe('TokenStream', () => {
  it('gives every document once an epoch, each followed by the end-of-text token', () => {
    const tokens = stream()
    for (let epoch = 0; epoch < 5; epoch++) {
      const ids = Array.from(tokens.next(3, EPOCH_TOKENS / 3).ids)
      const documents = ids
        .join()
        .split(/(?:^|,)0(?:,|$)/)
        .filter((text) => text !== '')
      expect(documents.sort()).toEqual(['1,2,3', '4,5', '6,7,8,9'])
      expect(ids.at(-1)).toBe(END)
      expect(tokens.position.epoch).toBe(epoch + 1)
    }
  })

  it('targets are the tokens that follow, across windows and epochs', () => {
    const a = stream().next(1, 40)
    const b = stream().next(8, 5)
    expect(b).toEqual(a)
    expect(a.targets.subarray(0, 39)).toEqual(a.ids.subarray(1))
  })

  it('orders documents anew in every epoch, and by the seed', () => {
    const orders = (seed: number): string[] => {
      const tokens = stream(seed)
      return Array.from({ length: 6 }, () => tokens.next(1, EPOCH_TOKENS).ids.join())
    }
    expect(new Set(orders(1)).size).toBeGreaterThan(1)
    expect(orders(1)).toEqual(orders(1))
    expect(orders(1)).not.toEqual(orders(2))
  })

  it('continues from a saved position as if it had not stopped', () => {
    const straight = stream()
    const expected = Array.from({ length: 9 }, () => straight.next(2, 5))
    const first = stream()
    for (let i = 0; i < 4; i++) first.next(2, 5)
    const resumed = stream(99)
    resumed.seek(first.position)
    expect(Array.from({ length: 5 }, () => resumed.next(2, 5))).toEqual(expected.slice(4))
  })

  it('refuses documents without tokens', () => {
    expect(() => new TokenStream([new Int32Array(0)], END, 1)).toThrowError('no tokens to train on')
  })
})
