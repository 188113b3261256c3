import { describe, expect, it } from 'vitest'

import { decodeSamples, encodeSamples } from '../../../src/engine/runs/sample-codec.ts'

/** Bit patterns, because NaN payloads and −0 must survive too. */
const bits = (array: Float32Array | Float64Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

describe('sample codec', () => {
  it('gives back every kind of value', () => {
    const samples = {
      count: 3,
      small: 5e-324,
      third: 1 / 3,
      name: '文書',
      flag: false,
      nothing: null,
      nested: { list: [1, { deep: Int32Array.of(-1, 2 ** 31 - 1) }] },
      float32: Float32Array.of(Math.fround(0.1), 1e-45),
      float64: Float64Array.of(0.1, Number.MIN_VALUE),
      uint8: Uint8Array.of(0, 255),
      empty: new Float32Array(0),
    }
    expect(decodeSamples(encodeSamples(samples))).toEqual(samples)
  })

  it('keeps every bit of floating-point elements', () => {
    const float32 = Float32Array.of(-0, Number.NaN, -Infinity, 3.4028234663852886e38)
    const float64 = Float64Array.of(-0, Number.NaN, Infinity, 0.1 + 0.2)
    const decoded = decodeSamples(encodeSamples({ float32, float64 })) as {
      float32: Float32Array
      float64: Float64Array
    }
    expect(bits(decoded.float32)).toEqual(bits(float32))
    expect(bits(decoded.float64)).toEqual(bits(float64))
  })

  it('stores a view, not the buffer behind it, and reads from an odd offset', () => {
    const view = Float64Array.of(1, 2, 3, 4).subarray(1, 3)
    const encoded = encodeSamples({ view })
    const shifted = new Uint8Array(encoded.length + 3)
    shifted.set(encoded, 3)
    expect(decodeSamples(shifted.subarray(3))).toEqual({ view: Float64Array.of(2, 3) })
  })

  it('refuses numbers that JSON would change, and bytes that are cut short', () => {
    expect(() => encodeSamples({ mean: Number.NaN })).toThrow(RangeError)
    const encoded = encodeSamples({ values: Float32Array.of(1, 2) })
    expect(() => decodeSamples(encoded.subarray(0, encoded.length - 1))).toThrow('cut short')
    expect(() => decodeSamples(encoded.subarray(0, 2))).toThrow('cut short')
  })
})
