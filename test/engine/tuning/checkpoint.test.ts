import { mkdtemp, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  readCheckpoint,
  writeCheckpoint,
  type CheckpointArrays,
  type CheckpointHeader,
} from '../../../src/engine/tuning/checkpoint.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-checkpoint-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

const SIZE = 1000
const HEADER: CheckpointHeader = {
  format: 'soroban.checkpoint/1',
  fingerprint: 'f',
  step: 3,
  tokens: 96,
  seconds: 1.5,
  stream: { epoch: 1, random: [1, 2, 3, 4], offset: 5 },
  trainingCurve: [{ step: 3, tokens: 96, loss: 3.25 }],
  validationCurve: [{ step: 0, tokens: 0, loss: 3.5 }],
  pending: { sum: 0, count: 0 },
  parameters: SIZE,
  hasBest: true,
}

/** Four arrays in one buffer, from an offset that is no multiple of 8: views are filled as they are. */
function arrays(valueAt: (index: number) => number): CheckpointArrays {
  const all = Float32Array.from({ length: 4 * SIZE + 1 }, (_, index) => valueAt(index))
  const part = (index: number): Float32Array => all.subarray(1 + index * SIZE, 1 + (index + 1) * SIZE)
  return { values: part(0), first: part(1), second: part(2), best: part(3) }
}

describe('checkpoint', () => {
  it.each([true, false])('is read into the arrays given (with the best weights: %s)', async (hasBest) => {
    const path = join(folder, `best-${hasBest}`)
    const written = arrays((index) => index / 7)
    const header = { ...HEADER, hasBest }
    await writeCheckpoint(path, header, hasBest ? written : { ...written, best: null })
    const read = arrays(() => -1)
    expect(await readCheckpoint(path, () => (hasBest ? read : { ...read, best: null }))).toEqual(header)
    expect(read).toEqual(hasBest ? written : { ...written, best: read.best })
    expect(read.best?.every((value) => value === -1)).toBe(!hasBest)
  })

  it('that is not there is null', async () => {
    expect(await readCheckpoint(join(folder, 'none'), () => arrays(() => 0))).toBeNull()
  })

  it('that is damaged asks for no arrays', async () => {
    const path = join(folder, 'short')
    await writeCheckpoint(
      path,
      HEADER,
      arrays(() => 1),
    )
    await truncate(path, 4 * SIZE)
    const attempt = readCheckpoint(path, () => {
      throw new Error('asked for arrays')
    })
    await expect(attempt).rejects.toMatchObject({
      code: 'tuning/checkpoint-damaged',
      params: { path, part: 'size' },
    })
  })
})
