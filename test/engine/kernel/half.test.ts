import { describe, expect, it } from 'vitest'

import {
  fromBfloat16Array,
  fromHalf,
  fromHalfArray,
  toBfloat16Array,
  toHalf,
  toHalfArray,
} from '../../../src/engine/kernel/half.ts'

describe('binary16', () => {
  it.each([
    // Known patterns of IEEE 754-2008 binary16.
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65520, 0x7c00],
    [Infinity, 0x7c00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [1 / 3, 0x3555],
  ])('%d is 0x%s', (value, bits) => {
    expect(toHalf(value)).toBe(bits)
  })

  it('gives every pattern back, one by one and as an array', () => {
    const patterns = Uint16Array.from({ length: 65536 }, (_, bits) => bits)
    const isNan = (bits: number): boolean => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0
    const numbers = patterns.filter((bits) => !isNan(bits))
    expect(toHalfArray(fromHalfArray(numbers))).toEqual(numbers)
    expect(patterns.filter((bits) => Number.isNaN(fromHalf(bits)) !== isNan(bits))).toHaveLength(0)
    expect(Number.isNaN(fromHalf(toHalf(Number.NaN)))).toBe(true)
  })
})

describe('bfloat16', () => {
  it('rounds to nearest even and keeps NaN', () => {
    const values = Float32Array.of(1, -1.5, 1 + 2 ** -8, 1 + 3 * 2 ** -8, 3.4e38, Number.NaN)
    expect([...toBfloat16Array(values)].slice(0, 5)).toEqual([0x3f80, 0xbfc0, 0x3f80, 0x3f82, 0x7f80])
    expect([...fromBfloat16Array(toBfloat16Array(values))]).toEqual([
      1,
      -1.5,
      1,
      1.015625,
      Infinity,
      Number.NaN,
    ])
  })
})
