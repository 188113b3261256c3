import { execFileSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { readGzip } from '../../../../src/engine/documents/archive/read-gzip.ts'
import { DEFAULT_LIMITS } from '../../../../src/engine/documents/document.ts'
import type { EmbeddedFile } from '../../../../src/engine/documents/format-reader.ts'
import { failureOf } from '../../../fixtures/app-error.ts'
import { readerInput } from '../plain/reader-input.ts'

async function fileIn(...input: Parameters<typeof readerInput>): Promise<EmbeddedFile> {
  const { text, embedded = [] } = await readGzip(readerInput(...input))
  const [file, ...others] = embedded
  expect([text, others]).toEqual([null, []])
  return file!
}

const MANUAL = 'Debian リファレンス\n'.repeat(200)

describe('readGzip', () => {
  it.each([
    ['手引/manual.ja.txt.gz', 'manual.ja.txt'],
    ['manual.GZ', 'manual'],
    ['backup.tgz', 'backup.tar'],
    ['no-ending', 'no-ending'],
  ])('%s holds %s', async (name, inner) => {
    const file = await fileIn(name, gzipSync(MANUAL))
    expect(file.name).toBe(inner)
    expect(Buffer.from(file.read()).toString()).toBe(MANUAL)
  })

  it('reads what the gzip program makes, its members one after the other', async () => {
    const members = [MANUAL, '後編\n'].map((input) => execFileSync('gzip', ['--stdout'], { input }))
    const file = await fileIn('a.gz', Buffer.concat(members))
    expect(Buffer.from(file.read()).toString()).toBe(`${MANUAL}後編\n`)
  })

  it.each<[string, (whole: Buffer) => Buffer]>([
    ['cut short', (whole) => whole.subarray(0, -9)],
    [
      'with another checksum',
      (whole) => Buffer.from(whole.map((byte, at) => (at === whole.length - 8 ? byte ^ 1 : byte))),
    ],
  ])('refuses a file %s', async (_, spoil) => {
    const { read } = await fileIn('a.gz', spoil(gzipSync(MANUAL)))
    expect(await failureOf(read)).toMatchObject({
      code: 'documents/damaged',
      params: { name: 'a.gz', type: 'GZIP' },
    })
  })

  it('stops at the limit of what may be unpacked, and counts it', async () => {
    const limits = { ...DEFAULT_LIMITS, unpackedBytes: 1_000_000 }
    const bomb = await fileIn('a.gz', gzipSync(new Uint8Array(1_000_001)), { limits })
    const unpackedTooLarge = {
      code: 'documents/unpacked-too-large',
      params: { name: 'a.gz', limit: 1_000_000 },
    }
    expect(await failureOf(bomb.read)).toMatchObject(unpackedTooLarge)
    const input = readerInput('a.gz', gzipSync(MANUAL))
    const { embedded = [] } = await readGzip(input)
    for (const { read } of embedded) read()
    const rest = DEFAULT_LIMITS.unpackedBytes - Buffer.byteLength(MANUAL)
    expect(() => {
      input.budget.take(rest, 'b')
    }).not.toThrow()
    expect(() => {
      input.budget.take(1, 'b')
    }).toThrow()
  })
})
