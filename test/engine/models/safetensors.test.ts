import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { readSafetensorsHeader, readTensor } from '../../../src/engine/models/safetensors.ts'
import { writeSafetensors } from '../../../src/engine/models/safetensors-writer.ts'
import { failureOf } from '../../fixtures/app-error.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-safetensors-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A file made by hand: length, header, data. */
async function craft(name: string, header: unknown, data: Uint8Array): Promise<string> {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + text.length + data.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, 8)
  bytes.set(data, 8 + text.length)
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

function tensor(shape: readonly number[], begin: number, end: number, dtype = 'F32'): object {
  return { dtype, shape, data_offsets: [begin, end] }
}

describe('readSafetensorsHeader and readTensor', () => {
  it('read known bytes of every type', async () => {
    const data = new Uint8Array(8 + 4 + 4)
    const view = new DataView(data.buffer)
    view.setFloat32(0, 1.5, true)
    view.setFloat32(4, -2, true)
    view.setUint16(8, 0x3e00, true) // binary16 1.5
    view.setUint16(10, 0xc000, true) // binary16 -2
    view.setUint16(12, 0x3fc0, true) // bfloat16 1.5
    view.setUint16(14, 0xc000, true) // bfloat16 -2
    const path = await craft(
      'types.safetensors',
      {
        __metadata__: { format: 'pt' },
        f32: tensor([2], 0, 8),
        f16: tensor([1, 2], 8, 12, 'F16'),
        bf16: tensor([2, 1], 12, 16, 'BF16'),
      },
      data,
    )
    const entries = await readSafetensorsHeader(path)
    expect(entries.map(({ name, dtype, shape }) => ({ name, dtype, shape }))).toEqual([
      { name: 'f32', dtype: 'F32', shape: [2] },
      { name: 'f16', dtype: 'F16', shape: [1, 2] },
      { name: 'bf16', dtype: 'BF16', shape: [2, 1] },
    ])
    for (const entry of entries) expect([...(await readTensor(path, entry))]).toEqual([1.5, -2])
  })

  it.each([
    [
      'an unknown type',
      { a: tensor([1], 0, 8, 'F64') },
      8,
      'models/weights-dtype',
      { tensor: 'a', dtype: 'F64' },
    ],
    [
      'a range that does not fit the shape',
      { a: tensor([3], 0, 8) },
      8,
      'models/weights-range',
      { tensor: 'a', shape: '3', dtype: 'F32' },
    ],
    [
      'overlapping tensors',
      { a: tensor([2], 0, 8), b: tensor([2], 4, 12) },
      12,
      'models/weights-overlap',
      { tensor: 'b', other: 'a' },
    ],
    [
      'a gap between tensors',
      { a: tensor([1], 0, 4), b: tensor([1], 8, 12) },
      12,
      'models/weights-overlap',
      { tensor: 'b', other: 'a' },
    ],
    [
      'bytes after the last tensor',
      { a: tensor([1], 0, 4) },
      8,
      'models/weights-header',
      { reason: '4 bytes after a' },
    ],
    ['a tensor beyond the end', { a: tensor([4], 0, 16) }, 12, 'models/weights-truncated', { tensor: 'a' }],
    ['a header that is not JSON', '{"a":', 4, 'models/weights-header', { reason: 'JSON' }],
    ['a header that is a list', '[]', 0, 'models/weights-header', { reason: 'JSON' }],
    ['a negative offset', { a: tensor([1], -4, 0) }, 4, 'models/weights-header', {}],
  ])('refuse %s', async (_, header, dataBytes, code, params) => {
    const path = await craft('bad.safetensors', header, new Uint8Array(dataBytes))
    expect(await failureOf(() => readSafetensorsHeader(path))).toMatchObject({
      code,
      params: { file: path, ...params },
    })
  })

  it('refuse a header longer than the file or the limit, and a file without one', async () => {
    const path = join(folder, 'long.safetensors')
    const bytes = new Uint8Array(16)
    for (const length of [9n, 100_000_001n, 2n ** 63n]) {
      new DataView(bytes.buffer).setBigUint64(0, length, true)
      await writeFile(path, bytes)
      expect(await failureOf(() => readSafetensorsHeader(path))).toMatchObject({
        code: 'models/weights-header',
      })
    }
    await writeFile(path, new Uint8Array(7))
    expect(await failureOf(() => readSafetensorsHeader(path))).toEqual({
      code: 'models/weights-header',
      params: { file: path, reason: '7 bytes' },
    })
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuse the value %s',
    async (value) => {
      const path = await craft(
        'values.safetensors',
        { a: tensor([3], 0, 12) },
        new Uint8Array(Float32Array.of(1, 2, value).buffer),
      )
      const [entry] = await readSafetensorsHeader(path)
      expect(await failureOf(() => readTensor(path, entry!))).toEqual({
        code: 'models/weights-not-finite',
        params: { file: path, tensor: 'a', index: 2 },
      })
    },
  )

  it('notice a file that shrank after it was opened', async () => {
    const path = await craft('shrinks.safetensors', { a: tensor([2], 0, 8) }, new Uint8Array(8))
    const [entry] = await readSafetensorsHeader(path)
    await truncate(path, (await stat(path)).size - 4)
    expect(await failureOf(() => readTensor(path, entry!))).toMatchObject({
      code: 'models/weights-truncated',
      params: { tensor: 'a' },
    })
  })

  it('name a file that is not there', async () => {
    const path = join(folder, 'absent.safetensors')
    expect(await failureOf(() => readSafetensorsHeader(path))).toEqual({
      code: 'file/not-found',
      params: { path },
    })
  })
})

describe('writeSafetensors', () => {
  const values = { a: Float32Array.of(0.5, -1.25, 3), b: Float32Array.of(1024) }
  const outgoing = [
    { name: 'a', shape: [3, 1], values: () => values.a },
    { name: 'b', shape: [1], values: () => values.b },
  ]

  it.each(['F32', 'F16', 'BF16'] as const)('keeps exactly representable values as %s', async (dtype) => {
    const path = join(folder, `written-${dtype}.safetensors`)
    await writeSafetensors(path, outgoing, dtype)
    const entries = await readSafetensorsHeader(path)
    expect(entries.map(({ name, shape }) => ({ name, shape }))).toEqual([
      { name: 'a', shape: [3, 1] },
      { name: 'b', shape: [1] },
    ])
    expect(entries[0]!.begin % 8).toBe(0)
    expect(await readTensor(path, entries[0]!)).toEqual(values.a)
    expect(await readTensor(path, entries[1]!)).toEqual(values.b)
  })

  it('leaves nothing behind when a value cannot be stored', async () => {
    const target = join(folder, 'empty')
    const path = join(target, 'model.safetensors')
    const write = (value: number, dtype: 'F32' | 'F16' | 'BF16'): Promise<unknown> =>
      failureOf(() =>
        writeSafetensors(path, [{ name: 'a', shape: [1], values: () => Float32Array.of(value) }], dtype),
      )
    expect(await write(70_000, 'F16')).toEqual({
      code: 'models/weights-overflow',
      params: { tensor: 'a', value: 70_000, dtype: 'F16' },
    })
    expect(await write(3.4e38, 'BF16')).toMatchObject({ code: 'models/weights-overflow' })
    expect(await write(Number.NaN, 'F32')).toMatchObject({ code: 'models/weights-not-finite' })
    expect(await readdir(target)).toEqual([])
  })
})
