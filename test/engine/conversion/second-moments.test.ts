import { describe, expect, it } from 'vitest'

import { SecondMoments } from '../../../src/engine/conversion/second-moments.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'

describe('SecondMoments', () => {
  it('is the mean of the outer products', () => {
    const [side, tokens] = [5, 7]
    const random = new SeededRandom(2)
    const moments = new SecondMoments(side)
    const expected = Array.from({ length: side }, () => new Array<number>(side).fill(0))
    for (let token = 0; token < tokens; token++) {
      // Whole numbers: every sum is exact, whatever its order.
      const x = Array.from({ length: side }, () => random.integer(64) - 32)
      moments.add(Float32Array.from(x.flatMap((a) => x.map((b) => a * b))))
      for (const [row, a] of x.entries())
        for (const [column, b] of x.entries()) expected[row]![column]! += a * b
    }
    moments.divide(tokens)
    expect(moments.toMatrix().to2DArray()).toEqual(expected.map((row) => row.map((sum) => sum / tokens)))
  })
})
