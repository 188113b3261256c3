import { z } from 'zod'

/**
 * Samples as bytes: the length of a JSON head (uint32), the head, then the elements of its typed arrays, in which
 * every array stands as {"array": type, "at": byte offset, "length": elements}. Little-endian throughout, as are all
 * platforms Soroban runs on. Floating-point elements keep every bit, NaN included; plain numbers must be finite.
 */

const ARRAY_TYPES = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
} as const
type ArrayType = keyof typeof ARRAY_TYPES
type TypedArray = InstanceType<(typeof ARRAY_TYPES)[ArrayType]>

const arrayReferenceSchema = z.strictObject({
  array: z.enum(['float32', 'float64', 'int32', 'uint8']),
  at: z.int().nonnegative(),
  length: z.int().nonnegative(),
})

const HEAD_LENGTH_BYTES = 4

/** @throws RangeError for a number that JSON cannot hold */
export function encodeSamples(samples: object): Uint8Array<ArrayBuffer> {
  const arrays: TypedArray[] = []
  let arrayBytes = 0
  const head = JSON.stringify(samples, (_key, value: unknown) => {
    const type = arrayTypeOf(value)
    if (type !== undefined) {
      const array = value as TypedArray
      const reference = { array: type, at: arrayBytes, length: array.length }
      arrays.push(array)
      arrayBytes += array.byteLength
      return reference
    }
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new RangeError(`${value} outside an array`)
    return value
  })
  const headBytes = new TextEncoder().encode(head)
  const out = new Uint8Array(HEAD_LENGTH_BYTES + headBytes.length + arrayBytes)
  new DataView(out.buffer).setUint32(0, headBytes.length, true)
  out.set(headBytes, HEAD_LENGTH_BYTES)
  let offset = HEAD_LENGTH_BYTES + headBytes.length
  for (const { buffer, byteOffset, byteLength } of arrays) {
    out.set(new Uint8Array(buffer, byteOffset, byteLength), offset)
    offset += byteLength
  }
  return out
}

/** The inverse of `encodeSamples`. @throws RangeError or SyntaxError for bytes that it did not write */
export function decodeSamples(bytes: Uint8Array): unknown {
  if (bytes.length < HEAD_LENGTH_BYTES) throw new RangeError('samples are cut short')
  const headLength = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true)
  const arraysAt = HEAD_LENGTH_BYTES + headLength
  const head = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(HEAD_LENGTH_BYTES, arraysAt))
  return JSON.parse(head, (_key, value: unknown) => {
    const reference = arrayReferenceSchema.safeParse(value)
    if (!reference.success) return value
    const { array, at, length } = reference.data
    const Type = ARRAY_TYPES[array]
    const from = arraysAt + at
    const to = from + length * Type.BYTES_PER_ELEMENT
    if (to > bytes.length) throw new RangeError('samples are cut short')
    return new Type(bytes.slice(from, to).buffer)
  })
}

function arrayTypeOf(value: unknown): ArrayType | undefined {
  if (value instanceof Float32Array) return 'float32'
  if (value instanceof Float64Array) return 'float64'
  if (value instanceof Int32Array) return 'int32'
  if (value instanceof Uint8Array) return 'uint8'
  return undefined
}
