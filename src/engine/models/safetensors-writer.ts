import { AppError } from '../../shared/errors.ts'
import { writeFileAtomically } from '../kernel/files.ts'
import { fromBfloat16Array, fromHalfArray, toBfloat16Array, toHalfArray } from '../kernel/half.ts'
import type { WeightDtype } from './config.ts'
import { DTYPE_BYTES, elementCount, indexOfNonFinite } from './safetensors.ts'

/** The header is padded so that the data begins aligned, as the reference implementation does. */
const HEADER_ALIGNMENT = 8
const CHUNK_ELEMENTS = 2 << 20

/** A tensor to be written; its values are asked for when its turn comes. */
export interface OutgoingTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: () => Float32Array
}

/**
 * Writes tensors as one safetensors file, whole or not at all, narrowing piece by piece.
 *
 * @throws AppError models/weights-not-finite, models/weights-overflow, file/unwritable, file/disk-full
 */
export async function writeSafetensors(
  path: string,
  tensors: readonly OutgoingTensor[],
  dtype: WeightDtype,
): Promise<void> {
  await writeFileAtomically(path, async (sink) => {
    await sink.write(header(tensors, dtype))
    for (const tensor of tensors) {
      const values = tensor.values()
      if (values.length !== elementCount(tensor.shape)) {
        throw new RangeError(
          `${tensor.name} has ${values.length} values for shape [${tensor.shape.join(', ')}]`,
        )
      }
      for (let done = 0; done < values.length; done += CHUNK_ELEMENTS) {
        const piece = values.subarray(done, done + CHUNK_ELEMENTS)
        assertFinite(piece, path, tensor.name, done)
        await sink.write(narrow(piece, dtype, tensor.name))
      }
    }
  })
}

/**
 * Rounds tensors in place to what a file of this type keeps of them, so that what is measured is what is written.
 *
 * @param folder where they will be written, named in errors
 * @throws AppError models/weights-not-finite, models/weights-overflow
 */
export function roundToStored(
  weights: ReadonlyMap<string, Float32Array>,
  dtype: WeightDtype,
  folder: string,
): void {
  if (dtype === 'F32') return
  const widen = dtype === 'F16' ? fromHalfArray : fromBfloat16Array
  for (const [name, values] of weights) {
    for (let done = 0; done < values.length; done += CHUNK_ELEMENTS) {
      const piece = values.subarray(done, done + CHUNK_ELEMENTS)
      assertFinite(piece, folder, name, done)
      piece.set(widen(new Uint16Array(narrow(piece, dtype, name).buffer)))
    }
  }
}

/** @throws AppError models/weights-not-finite */
function assertFinite(piece: Float32Array, file: string, tensor: string, offset: number): void {
  const index = indexOfNonFinite(piece)
  if (index >= 0) throw new AppError('models/weights-not-finite', { file, tensor, index: offset + index })
}

function header(tensors: readonly OutgoingTensor[], dtype: WeightDtype): Uint8Array {
  let offset = 0
  const entries = tensors.map(({ name, shape }) => {
    const begin = offset
    offset += elementCount(shape) * DTYPE_BYTES[dtype]
    return [name, { dtype, shape, data_offsets: [begin, offset] }] as const
  })
  const json = JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries) })
  const text = new TextEncoder().encode(json)
  const length = Math.ceil(text.length / HEADER_ALIGNMENT) * HEADER_ALIGNMENT
  const bytes = new Uint8Array(8 + length).fill(0x20, 8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true)
  bytes.set(text, 8)
  return bytes
}

/** Exponent bits of the half formats: all set means infinity, which a finite value must not become. */
const EXPONENT_MASK = { F16: 0x7c00, BF16: 0x7f80 } as const

function narrow(values: Float32Array, dtype: WeightDtype, tensor: string): Uint8Array {
  if (dtype === 'F32') return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const bits = dtype === 'F16' ? toHalfArray(values) : toBfloat16Array(values)
  const mask = EXPONENT_MASK[dtype]
  const index = bits.findIndex((pattern) => (pattern & mask) === mask)
  if (index >= 0)
    throw new AppError('models/weights-overflow', { tensor, value: values[index] ?? Number.NaN, dtype })
  return new Uint8Array(bits.buffer)
}
