import { open, type FileHandle } from 'node:fs/promises'
import { z } from 'zod'

import { AppError } from '../../shared/errors.ts'
import { fileError, readFully } from '../kernel/files.ts'
import { fromBfloat16Array, fromHalfArray } from '../kernel/half.ts'
import type { WeightDtype } from './config.ts'

/** The format's own limit; a longer header is an attack or not safetensors. */
const MAX_HEADER_BYTES = 100_000_000
const LENGTH_BYTES = 8
/** Conversion buffer: a tensor of any size is widened in pieces of this many bytes. */
const CHUNK_BYTES = 8 << 20

export const DTYPE_BYTES: Readonly<Record<WeightDtype, number>> = { F32: 4, F16: 2, BF16: 2 }

/** One tensor's place in a file; `begin` and `end` count from the start of the file. */
export interface TensorEntry {
  readonly name: string
  readonly dtype: WeightDtype
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

const headerSchema = z.record(
  z.string(),
  z.object({
    dtype: z.string(),
    shape: z.array(z.int().nonnegative()),
    data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  }),
)

/**
 * Reads and checks a file's header: every tensor of a known type, its bytes inside the file, as many as its shape
 * needs, neither overlapping another tensor nor leaving a gap.
 *
 * @throws AppError file/not-found, file/unreadable, models/weights-header, -truncated, -range, -overlap, -dtype
 */
export async function readSafetensorsHeader(path: string): Promise<readonly TensorEntry[]> {
  return withFile(path, async (file) => {
    const { size } = await file.stat()
    const { json, dataStart } = await readHeaderJson(file, path, size)
    const parsed = headerSchema.safeParse(json)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      throw badHeader(path, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
    }
    const entries = Object.entries(parsed.data).map(([name, tensor]) => {
      const [begin, end] = tensor.data_offsets
      const entry = {
        name,
        dtype: tensor.dtype,
        shape: tensor.shape,
        begin: dataStart + begin,
        end: dataStart + end,
      }
      return checkedEntry(entry, path, size)
    })
    checkTiling(entries, path, dataStart, size)
    return entries
  })
}

async function readHeaderJson(
  file: FileHandle,
  path: string,
  size: number,
): Promise<{ readonly json: unknown; readonly dataStart: number }> {
  if (size < LENGTH_BYTES) throw badHeader(path, `${size} bytes`)
  const prefix = new Uint8Array(LENGTH_BYTES)
  await readFully(file, prefix, 0)
  const length = Number(new DataView(prefix.buffer).getBigUint64(0, true))
  if (length > MAX_HEADER_BYTES) throw badHeader(path, `header of ${length} bytes > ${MAX_HEADER_BYTES}`)
  if (LENGTH_BYTES + length > size) throw badHeader(path, `header of ${length} bytes, file of ${size}`)
  const text = new Uint8Array(length)
  await readFully(file, text, LENGTH_BYTES)
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text))
  } catch (error) {
    throw badHeader(path, 'JSON', error)
  }
  if (json === null || typeof json !== 'object' || Array.isArray(json)) throw badHeader(path, 'JSON')
  const tensors = Object.entries(json).filter(([name]) => name !== '__metadata__')
  return { json: Object.fromEntries(tensors), dataStart: LENGTH_BYTES + length }
}

function badHeader(file: string, reason: string, cause?: unknown): AppError {
  return new AppError('models/weights-header', { file, reason }, { cause })
}

function checkedEntry(
  entry: Omit<TensorEntry, 'dtype'> & { dtype: string },
  file: string,
  size: number,
): TensorEntry {
  const { name, dtype, shape, begin, end } = entry
  if (!isWeightDtype(dtype)) throw new AppError('models/weights-dtype', { file, tensor: name, dtype })
  if (end - begin !== elementCount(shape) * DTYPE_BYTES[dtype]) {
    throw new AppError('models/weights-range', {
      file,
      tensor: name,
      begin,
      end,
      shape: shape.join(', '),
      dtype,
    })
  }
  if (end > size)
    throw new AppError('models/weights-truncated', { file, tensor: name, needed: end, actual: size })
  return { ...entry, dtype }
}

function isWeightDtype(dtype: string): dtype is WeightDtype {
  return Object.hasOwn(DTYPE_BYTES, dtype)
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}

/** The format wants the tensors to cover the rest of the file exactly, so that nothing can hide between them. */
function checkTiling(entries: readonly TensorEntry[], file: string, dataStart: number, size: number): void {
  let reached = { name: '(header)', end: dataStart }
  for (const entry of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (entry.begin !== reached.end) {
      throw new AppError('models/weights-overlap', { file, tensor: entry.name, other: reached.name })
    }
    reached = entry
  }
  if (reached.end !== size) throw badHeader(file, `${size - reached.end} bytes after ${reached.name}`)
}

/**
 * One tensor widened to float32; half formats are read in pieces, so that memory stays near the result's size.
 *
 * @throws AppError models/weights-not-finite, models/weights-truncated, file/unreadable
 */
export async function readTensor(path: string, entry: TensorEntry): Promise<Float32Array> {
  const values = new Float32Array(elementCount(entry.shape))
  await withFile(path, async (file) => {
    if (entry.dtype === 'F32') {
      await readRange(file, path, entry, new Uint8Array(values.buffer), entry.begin)
      return
    }
    const widen = entry.dtype === 'F16' ? fromHalfArray : fromBfloat16Array
    const perChunk = CHUNK_BYTES / 2
    for (let done = 0; done < values.length; done += perChunk) {
      const chunk = new Uint16Array(Math.min(perChunk, values.length - done))
      await readRange(file, path, entry, new Uint8Array(chunk.buffer), entry.begin + 2 * done)
      values.set(widen(chunk), done)
    }
  })
  const index = indexOfNonFinite(values)
  if (index >= 0) throw new AppError('models/weights-not-finite', { file: path, tensor: entry.name, index })
  return values
}

/** Position of the first NaN or infinity; −1 when there is none. */
export function indexOfNonFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return i
  return -1
}

async function readRange(
  file: FileHandle,
  path: string,
  entry: TensorEntry,
  target: Uint8Array,
  begin: number,
): Promise<void> {
  const got = await readFully(file, target, begin)
  if (got < target.length) {
    throw new AppError('models/weights-truncated', {
      file: path,
      tensor: entry.name,
      needed: entry.end,
      actual: begin + got,
    })
  }
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    return await use(file)
  } catch (error) {
    throw fileError(error, path, 'read')
  } finally {
    await file?.close()
  }
}
