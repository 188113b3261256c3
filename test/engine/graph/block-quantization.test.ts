import { describe, expect, it } from 'vitest'

import { BLOCK_SIZE, quantizeBlocks } from '../../../src/engine/graph/index.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { dequantize } from '../../fixtures/quantized.ts'

describe('quantizeBlocks', () => {
  it('stores a known block in steps of its largest value', () => {
    const weight = new Float32Array(BLOCK_SIZE)
    weight.set([-8, 7, 3.4, -0.6])
    const { quantized, scales } = quantizeBlocks(weight, 1, BLOCK_SIZE, 4)
    // scale = −8 / −8 = 1; levels 0, 15, 11, 7, then the zero level 8; the first of a pair in the low half.
    expect([...scales]).toEqual([1])
    expect([...quantized]).toEqual([0xf0, 0x7b, ...Array.from({ length: 14 }, () => 0x88)])
  })

  it('maps a block of zeros onto the zero level', () => {
    const { quantized, scales } = quantizeBlocks(new Float32Array(2 * BLOCK_SIZE), 2, BLOCK_SIZE, 8)
    expect([...scales]).toEqual([0, 0])
    expect(new Set(quantized)).toEqual(new Set([128]))
  })

  it.each([4, 8] as const)(
    'keeps every value within one step at %i bits, also in a last block cut short',
    (bits) => {
      const random = new SeededRandom(5)
      const [rows, columns] = [3, 2 * BLOCK_SIZE + 7]
      const weight = Float32Array.from({ length: rows * columns }, () => random.normal())
      const packed = quantizeBlocks(weight, rows, columns, bits)
      const restored = dequantize(packed, rows, columns, bits)
      for (let i = 0; i < weight.length; i++) {
        const block = Math.floor(i / columns) * 3 + Math.floor((i % columns) / BLOCK_SIZE)
        // Half a step, or a whole one where the value opposite to the largest is clipped.
        expect(Math.abs(restored[i]! - weight[i]!)).toBeLessThanOrEqual(
          Math.abs(packed.scales[block]!) * 1.000001,
        )
      }
      const error = Math.sqrt(
        weight.reduce((sum, value, i) => sum + (value - restored[i]!) ** 2, 0) / weight.length,
      )
      // Uniform rounding error is step/√12; a normal block of 32 spans about 2.1 deviations over 2^(bits−1) steps.
      expect(error).toBeLessThan(bits === 4 ? 0.12 : 0.008)
    },
  )
})
