import { deflateRawSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import type { ReadLimits } from '../../../../src/engine/documents/document.ts'
import { ZipArchive } from '../../../../src/engine/documents/zip/zip-archive.ts'
import { AppError } from '../../../../src/shared/errors.ts'
import { fixture, readerInput, refusal } from './reader-input.ts'
import { type RawEntry, zipBytes } from './zip-bytes.ts'

const LONG = 'repeat the line\n'.repeat(200)

function open(bytes: Uint8Array, limits: Partial<ReadLimits> = {}): ZipArchive {
  return ZipArchive.open(readerInput(bytes, limits), 'ZIP')
}

function contents(archive: ZipArchive): Record<string, string> {
  const files = archive.entries.filter((entry) => !entry.isFolder)
  return Object.fromEntries(files.map(({ name }) => [name, new TextDecoder().decode(archive.read(name))]))
}

function unpack(bytes: Uint8Array, limits?: Partial<ReadLimits>): { code: string; params: unknown } {
  return refusal(() => contents(open(bytes, limits)))
}

const damagedAt = (part: string): object => ({
  code: 'documents/damaged',
  params: { name: 'file', type: 'ZIP', part },
})

describe('archives of other programs', () => {
  it('reads folders, stored and deflated files', () => {
    const archive = open(fixture('zip/info.zip'))
    expect(
      archive.entries.map(({ name, isFolder, isEncrypted }) => ({ name, isFolder, isEncrypted })),
    ).toEqual([
      { name: '規程/', isFolder: true, isEncrypted: false },
      { name: '規程/本則.txt', isFolder: false, isEncrypted: false },
      { name: 'long.txt', isFolder: false, isEncrypted: false },
    ])
    expect(contents(archive)).toEqual({ '規程/本則.txt': '本文です。\n', 'long.txt': LONG })
  })

  it('reads sizes that follow the data', () => {
    expect(contents(open(fixture('zip/stream.zip')))).toEqual({ '-': LONG })
  })

  it('reads names in CP932 and backslashes as folders', () => {
    expect(contents(open(fixture('zip/cp932.zip')))).toEqual({ '規程/表紙.txt': '表紙の文' })
  })

  it('reads zip64', () => {
    expect(contents(open(fixture('zip/zip64.zip')))).toEqual({
      'a.txt': 'first',
      'b.txt': 'second '.repeat(50),
    })
  })

  it('lists encrypted files and refuses to read them', () => {
    const archive = open(fixture('zip/encrypted.zip'))
    expect(archive.entries[0]?.isEncrypted).toBe(true)
    expect(refusal(() => archive.read('long.txt'))).toEqual({
      code: 'documents/encrypted',
      params: { name: 'file', type: 'ZIP' },
    })
  })

  it('reads an archive behind a program and before junk', () => {
    const bytes = fixture('zip/info.zip')
    const around = new Uint8Array([...Buffer.from('#!/bin/sh\n'), ...bytes, 0, 0, 0])
    expect(contents(open(around))).toEqual({ '規程/本則.txt': '本文です。\n', 'long.txt': LONG })
  })
})

describe('names', () => {
  const archive = open(
    zipBytes([
      { name: 'Word/Document.xml', content: 'one' },
      { name: 'twice', content: 'first' },
      { name: 'twice', content: 'last' },
    ]),
  )

  it('are found whatever the case of ASCII letters', () => {
    expect(archive.has('word/document.XML')).toBe(true)
    expect(archive.has('word/other.xml')).toBe(false)
    expect(new TextDecoder().decode(archive.read('word/document.xml'))).toBe('one')
  })

  it('that stand twice mean the last entry', () => {
    expect(archive.entries.map(({ name }) => name)).toEqual(['Word/Document.xml', 'twice'])
    expect(new TextDecoder().decode(archive.read('twice'))).toBe('last')
  })

  it('that are missing are damage', () => {
    expect(refusal(() => archive.read('missing'))).toEqual(damagedAt('missing'))
  })
})

describe('hostile archives', () => {
  const zeros = Buffer.alloc(8 * 2 ** 20)

  it('stop inflating where the budget ends', () => {
    const input = readerInput(zipBytes([{ name: 'bomb', content: zeros }]), { unpackedBytes: 2 ** 20 })
    const archive = ZipArchive.open(input, 'ZIP')
    const seen: number[] = []
    const read = (): void => {
      for (const chunk of archive.chunks('bomb')) seen.push(chunk.length)
    }
    expect(refusal(read)).toEqual({
      code: 'documents/unpacked-too-large',
      params: { name: 'file', limit: 2 ** 20 },
    })
    expect(seen.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(2 ** 20)
  })

  it('share one budget with the archives within them', () => {
    const inner = zipBytes([{ name: 'bomb', content: zeros }])
    const input = readerInput(zipBytes([{ name: 'inner.zip', content: inner }]), {
      unpackedBytes: zeros.length,
    })
    const bytes = ZipArchive.open(input, 'ZIP').read('inner.zip')
    const nested = ZipArchive.open({ ...input, bytes }, 'ZIP')
    expect(refusal(() => nested.read('bomb')).code).toBe('documents/unpacked-too-large')
  })

  it.each<[string, Partial<RawEntry>]>([
    ['say less than they hold', { declaredBytes: 3 }],
    ['say more than they hold', { declaredBytes: 30 }],
    ['have another checksum', { crc: 1 }],
  ])('that %s are damaged', (_, lie) => {
    expect(unpack(zipBytes([{ name: 'a', content: 'content', ...lie }]))).toEqual(damagedAt('a'))
  })

  it('with unknown methods are damaged', () => {
    expect(unpack(zipBytes([{ name: 'a', content: 'a', method: 12 }]))).toEqual(damagedAt('a: method 12'))
  })

  it('with data that are no deflate stream are damaged', () => {
    const packed = new Uint8Array(100).fill(0xff)
    expect(unpack(zipBytes([{ name: 'a', content: 'a', packed }]))).toEqual(
      damagedAt('a: invalid block type'),
    )
  })

  it('with a long tail behind the data are damaged', () => {
    const packed = Buffer.concat([deflateRawSync('a'), Buffer.alloc(2 ** 20)])
    expect(unpack(zipBytes([{ name: 'a', content: 'a', packed }]))).toEqual(
      damagedAt('a: data behind the end'),
    )
  })

  it('whose entries are one and the same are refused', () => {
    const bytes = zipBytes([
      { name: 'a', content: 'kernel' },
      { name: 'a', content: 'kernel', offset: 0 },
    ])
    expect(unpack(bytes)).toEqual({ code: 'documents/overlapping-entries', params: { name: 'file' } })
  })

  it('whose entries quote the headers of those that follow are refused', () => {
    // The first entry's data are a stored block that holds all of the second entry, and so both have its content.
    const inner = zipBytes([{ name: 'b', content: 'kernel' }]).subarray(
      0,
      31 + deflateRawSync('kernel').length,
    )
    const length = Buffer.from([inner.length, 0, ~inner.length & 0xff, 0xff])
    const packed = Buffer.concat([Buffer.from([1]), length, inner])
    const bytes = zipBytes([
      { name: 'a', content: inner, packed },
      { name: 'b', content: 'kernel', offset: 31 + 5 },
    ])
    expect(unpack(bytes)).toEqual({ code: 'documents/overlapping-entries', params: { name: 'file' } })
  })

  it('with more entries than the limit are refused', () => {
    const entries = Array.from({ length: 20_001 }, (_, index) => ({
      name: `${index}`,
      content: '',
      packed: new Uint8Array(0),
      method: 0,
    }))
    expect(unpack(zipBytes(entries))).toEqual({
      code: 'documents/too-many-entries',
      params: { name: 'file', limit: 20_000 },
    })
    expect(Object.keys(contents(open(zipBytes(entries.slice(1)))))).toHaveLength(20_000)
  })

  it('that are cut off anywhere are damaged', () => {
    const bytes = fixture('zip/info.zip')
    const codes = Array.from(bytes, (_, length) => unpack(bytes.subarray(0, length)).code)
    expect(new Set(codes)).toEqual(new Set(['documents/damaged']))
  })

  it('with a byte changed anywhere give no other content, or one of our errors', () => {
    const whole = fixture('zip/info.zip')
    // A folder whose name has lost its slash is an empty file.
    const known = new Set(['', ...Object.values(contents(open(whole)))])
    const unknown: unknown[] = []
    for (const [position, byte] of whole.entries()) {
      try {
        unknown.push(
          ...Object.values(contents(open(whole.with(position, byte ^ 0xff)))).filter(
            (text) => !known.has(text),
          ),
        )
      } catch (error) {
        if (!(error instanceof AppError) || !error.code.startsWith('documents/')) unknown.push(error)
      }
    }
    expect(unknown).toEqual([])
  })
})
