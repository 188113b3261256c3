/** IEEE 754 binary16 and bfloat16 beside float32; arrays are raw 16-bit patterns. */

const word = new Uint32Array(1)
const real = new Float32Array(word.buffer)

/** One float32 as a binary16 bit pattern, round to nearest even; overflow becomes infinity. */
export function toHalf(value: number): number {
  real[0] = value
  const bits = word[0]!
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fffffff
  if (magnitude >= 0x7f800000) return sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00)
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  if (magnitude < 0x38800000) {
    // Subnormal: adding 0.5 aligns the mantissa at 2^-24 units, and the FPU rounds to nearest even.
    real[0] = Math.abs(value) + 0.5
    return sign | (word[0]! - 0x3f000000)
  }
  const rebased = magnitude - 0x38000000
  return sign | ((rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13)
}

/** One binary16 bit pattern as a number. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> 10) & 0x1f
  const mantissa = bits & 0x3ff
  if (exponent === 0x1f) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY
  if (exponent === 0) return sign * mantissa * 2 ** -24
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15)
}

export function toHalfArray(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, toHalf)
}

let halfTable: Float32Array | undefined

export function fromHalfArray(bits: Uint16Array): Float32Array {
  halfTable ??= Float32Array.from({ length: 65536 }, (_, index) => fromHalf(index))
  const table = halfTable
  const out = new Float32Array(bits.length)
  for (let i = 0; i < bits.length; i++) out[i] = table[bits[i]!]!
  return out
}

/** bfloat16 patterns as float32: the upper half of the word. */
export function fromBfloat16Array(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length)
  for (let i = 0; i < bits.length; i++) words[i] = bits[i]! << 16
  return new Float32Array(words.buffer)
}

/** float32 as bfloat16 patterns, round to nearest even. */
export function toBfloat16Array(values: Float32Array): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const out = new Uint16Array(values.length)
  for (let i = 0; i < words.length; i++) {
    const bits = words[i]!
    const isNan = (bits & 0x7fffffff) > 0x7f800000
    out[i] = isNan ? (bits >>> 16) | 0x40 : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16
  }
  return out
}
