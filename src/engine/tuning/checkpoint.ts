import { readFile } from 'node:fs/promises'

import { z } from 'zod'

import { AppError } from '../../shared/errors.ts'
import { fileError, writeFileAtomically } from '../kernel/files.ts'

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

export interface Checkpoint {
  readonly header: CheckpointHeader
  readonly values: Float32Array
  readonly first: Float32Array
  readonly second: Float32Array
  readonly best: Float32Array | null
}

/** Layout: uint32 header length, JSON header, padding to 8 bytes, then the arrays. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const json = new TextEncoder().encode(JSON.stringify(checkpoint.header))
  const start = new Uint8Array(arraysOffset(json.length))
  new DataView(start.buffer).setUint32(0, json.length, true)
  start.set(json, 4)
  await writeFileAtomically(path, async (sink) => {
    await sink.write(start)
    for (const array of [checkpoint.values, checkpoint.first, checkpoint.second, checkpoint.best]) {
      if (array !== null) await sink.write(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    }
  })
}

/**
 * @returns null when there is no file
 * @throws AppError tuning/checkpoint-damaged, file/unreadable
 */
export async function readCheckpoint(path: string): Promise<Checkpoint | null> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    const failure = fileError(error, path, 'read')
    if (failure.code === 'file/not-found') return null
    throw failure
  }
  const header = parseHeader(path, bytes)
  const count = header.parameters
  const offset = arraysOffset(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true))
  const arrays = header.hasBest ? 4 : 3
  if (bytes.length !== offset + arrays * 4 * count) throw damaged(path, 'size')
  const array = (index: number): Float32Array => {
    const from = offset + index * 4 * count
    // A copy: the file's bytes need not be aligned.
    return new Float32Array(Uint8Array.from(bytes.subarray(from, from + 4 * count)).buffer)
  }
  return {
    header,
    values: array(0),
    first: array(1),
    second: array(2),
    best: header.hasBest ? array(3) : null,
  }
}

function parseHeader(path: string, bytes: Uint8Array): CheckpointHeader {
  if (bytes.length < 8) throw damaged(path, 'size')
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  if (bytes.length < 4 + length) throw damaged(path, 'size')
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))))
  } catch (error) {
    throw damaged(path, 'header', error)
  }
}

function arraysOffset(headerLength: number): number {
  return Math.ceil((4 + headerLength) / 8) * 8
}

function damaged(path: string, part: string, cause?: unknown): AppError {
  return new AppError('tuning/checkpoint-damaged', { path, part }, cause === undefined ? {} : { cause })
}
