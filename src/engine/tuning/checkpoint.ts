import { open, type FileHandle } from 'node:fs/promises'

import { z } from 'zod'

import { AppError } from '../../shared/errors.ts'
import { fileError, readFully, writeFileAtomically } from '../kernel/files.ts'

/** Of the header's length. */
const LENGTH_BYTES = 4

const curvePointSchema = z.object({ step: z.int(), tokens: z.int(), loss: z.number() })
/** A loss at a moment of the training: after `step` steps and `tokens` tokens. */
export type CurvePoint = z.infer<typeof curvePointSchema>

const headerSchema = z.object({
  format: z.literal('soroban.checkpoint/1'),
  /** SHA-256 over everything that determines the course of the training. */
  fingerprint: z.string(),
  /** Steps done. */
  step: z.int().nonnegative(),
  tokens: z.int().nonnegative(),
  /** Wall time spent so far, over all sessions. */
  seconds: z.number().nonnegative(),
  stream: z.object({
    epoch: z.int().nonnegative(),
    random: z.array(z.int()).length(4),
    offset: z.int().nonnegative(),
  }),
  /** Mean training loss between validations, and validation loss. */
  trainingCurve: z.array(curvePointSchema),
  validationCurve: z.array(curvePointSchema),
  /** Sum and number of the training losses since the last point of the curve. */
  pending: z.object({ sum: z.number(), count: z.int().nonnegative() }),
  /** Length of each float32 array that follows. */
  parameters: z.int().positive(),
  /** Whether the best weights so far follow as a fourth array. */
  hasBest: z.boolean(),
})
export type CheckpointHeader = z.infer<typeof headerSchema>

/** What follows the header, in this order. */
export interface CheckpointArrays {
  readonly values: Float32Array
  readonly first: Float32Array
  readonly second: Float32Array
  readonly best: Float32Array | null
}

/** Layout: uint32 header length, JSON header, padding to 8 bytes, then the arrays. */
export async function writeCheckpoint(
  path: string,
  header: CheckpointHeader,
  arrays: CheckpointArrays,
): Promise<void> {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const start = new Uint8Array(arraysOffset(json.length))
  new DataView(start.buffer).setUint32(0, json.length, true)
  start.set(json, LENGTH_BYTES)
  await writeFileAtomically(path, async (sink) => {
    await sink.write(start)
    for (const array of inOrder(arrays)) await sink.write(bytesOf(array))
  })
}

/**
 * Reads a checkpoint straight into the arrays that `arraysFor` gives, so that its size is held once. The function
 * may refuse the header by throwing; nothing has been filled then. A failure later may leave the arrays half filled.
 *
 * @returns null when there is no file
 * @throws AppError tuning/checkpoint-damaged, file/unreadable
 */
export async function readCheckpoint(
  path: string,
  arraysFor: (header: CheckpointHeader) => CheckpointArrays,
): Promise<CheckpointHeader | null> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    const { header, offset } = await readHeader(path, file)
    let position = offset
    for (const array of inOrder(arraysFor(header))) {
      const bytes = bytesOf(array)
      if ((await readFully(file, bytes, position)) < bytes.length) throw damaged(path, 'size')
      position += bytes.length
    }
    return header
  } catch (error) {
    const failure = fileError(error, path, 'read')
    if (failure.code === 'file/not-found') return null
    throw failure
  } finally {
    await file?.close()
  }
}

/** The header, and where the arrays begin; the file is as long as the header says. */
async function readHeader(
  path: string,
  file: FileHandle,
): Promise<{ readonly header: CheckpointHeader; readonly offset: number }> {
  const { size } = await file.stat()
  const prefix = new Uint8Array(LENGTH_BYTES)
  if ((await readFully(file, prefix, 0)) < LENGTH_BYTES) throw damaged(path, 'size')
  const length = new DataView(prefix.buffer).getUint32(0, true)
  if (LENGTH_BYTES + length > size) throw damaged(path, 'size')
  const json = new Uint8Array(length)
  await readFully(file, json, LENGTH_BYTES)
  const header = parseHeader(path, json)
  const offset = arraysOffset(length)
  if (size !== offset + (header.hasBest ? 4 : 3) * 4 * header.parameters) throw damaged(path, 'size')
  return { header, offset }
}

function parseHeader(path: string, json: Uint8Array): CheckpointHeader {
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder().decode(json)))
  } catch (error) {
    throw damaged(path, 'header', error)
  }
}

function inOrder({ values, first, second, best }: CheckpointArrays): Float32Array[] {
  return best === null ? [values, first, second] : [values, first, second, best]
}

function bytesOf(array: Float32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

function arraysOffset(headerLength: number): number {
  return Math.ceil((LENGTH_BYTES + headerLength) / 8) * 8
}

function damaged(path: string, part: string, cause?: unknown): AppError {
  return new AppError('tuning/checkpoint-damaged', { path, part }, cause === undefined ? {} : { cause })
}
