import { crc32 } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { DEFAULT_LIMITS } from '../../../../src/engine/documents/index.ts'
import { type RawEntry, zipBytes } from '../zip/zip-bytes.ts'
import { blankBomb, BLANKS, deflateBomb } from './bombs.ts'
import { codesOf, surveyHostile } from './hostile-survey.ts'
import { frameOf, PACKAGE_FORMATS, packageBytes, type PackageFormat } from './packages.ts'

const tooLarge = (limit: number): object => ({ code: 'documents/unpacked-too-large', params: { limit } })

/** An entry of so many MiB of spaces. */
const blankEntry = (name: string, mebibytes: number): RawEntry => ({
  name,
  content: '',
  packed: blankBomb(mebibytes),
  declaredBytes: mebibytes * BLANKS.length,
})

/** A document whose text is so many MiB of spaces. */
function bombPackage(format: PackageFormat, mebibytes: number): Uint8Array {
  const { before, text, after } = frameOf(format)
  const [start = '', end = ''] = `${before}${text('|')}${after}`.split('|')
  const packed = deflateBomb([start, ...Array.from({ length: mebibytes }, () => BLANKS), end])
  const declaredBytes = start.length + mebibytes * BLANKS.length + end.length
  return packageBytes(format, { content: '', packed, declaredBytes })
}

/** A bomb of each format. */
const bombPackages = (mebibytes: number): Record<string, Uint8Array> =>
  Object.fromEntries(PACKAGE_FORMATS.map((format) => [`bomb.${format}`, bombPackage(format, mebibytes)]))

/** An archive of sixteen copies of an archive, and so on: 42.zip in small. */
function nestedBomb(depth: number): Uint8Array {
  const inner = depth === 0 ? undefined : nestedBomb(depth - 1)
  const names = Array.from({ length: 16 }, (_, index) => String(index))
  return zipBytes(
    inner === undefined
      ? names.slice(0, 4).map((name) => blankEntry(`${name}.txt`, 1))
      : names.map((name) => ({ name: `${name}.zip`, content: inner })),
  )
}

const attachedBomb = [
  'From: a@example.com',
  'Subject: offer',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'See attachment',
  '--b',
  'Content-Type: application/zip; name=bomb.zip',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from(zipBytes([blankEntry('bomb.txt', 1024)])).toString('base64'),
  '--b--',
  '',
].join('\r\n')

describe('zip bombs, with the limits of the product', () => {
  it('stops at a single entry that inflates to 1 GiB', async () => {
    expect(await surveyHostile({ 'bomb.zip': zipBytes([blankEntry('bomb.txt', 1024)]) })).toEqual({
      'bomb.zip/bomb.txt': tooLarge(DEFAULT_LIMITS.unpackedBytes),
    })
  })

  it('does not begin with a part of a document that inflates to 1 GiB, whatever the format', async () => {
    const bombs = bombPackages(1024)
    expect(await codesOf(bombs)).toEqual(
      Object.fromEntries(Object.keys(bombs).map((name) => [name, 'documents/markup-bomb'])),
    )
  })
})

describe('zip bombs, with lower limits', () => {
  it('stops at a part of a document, whatever the format, and in the attachment of a mail', async () => {
    const unpackedBytes = 2 ** 20
    const bombs = bombPackages(2)
    expect(await surveyHostile({ ...bombs, 'bomb.eml': attachedBomb }, { unpackedBytes })).toEqual({
      ...Object.fromEntries(Object.keys(bombs).map((name) => [name, tooLarge(unpackedBytes)])),
      'bomb.eml': { text: expect.stringContaining('See attachment') as string },
      'bomb.eml/bomb.zip/bomb.txt': tooLarge(unpackedBytes),
    })
  })

  it('counts everything that archives within archives inflate to', async () => {
    const unpackedBytes = 16 * 2 ** 20
    const outcomes = await surveyHostile({ '42.zip': nestedBomb(2) }, { unpackedBytes })
    const codes = Object.values(outcomes).map((outcome) => ('code' in outcome ? outcome.code : 'read'))
    // Each of its innermost entries, 1 MiB long, says that it is not what the archive declares.
    expect(codes.filter((code) => code === 'documents/damaged')).toHaveLength(15)
    expect(new Set(codes)).toEqual(new Set(['documents/damaged', 'documents/unpacked-too-large']))
  })
})

describe('archives that lie', () => {
  it('refuses entries that share their bytes', async () => {
    const kernel = blankEntry('0', 1)
    const entries = Array.from({ length: 200 }, (_, index) => ({ ...kernel, name: String(index), offset: 0 }))
    expect(await surveyHostile({ 'overlap.zip': zipBytes(entries) })).toEqual({
      'overlap.zip': { code: 'documents/overlapping-entries', params: {} },
    })
  })

  it('believes no declared size', async () => {
    const packed = blankBomb(1024)
    const small = zipBytes([{ name: 'a.txt', content: 'a', packed, declaredBytes: 1, crc: crc32('a') }])
    const large = zipBytes([{ name: 'a.txt', content: 'abc', declaredBytes: 0x7fff_ffff }])
    const small2 = zipBytes([{ name: 'a.txt', content: 'abcdef', declaredBytes: 3 }])
    expect(await codesOf({ 'small.zip': small, 'large.zip': large, 'short.zip': small2 })).toEqual({
      'small.zip/a.txt': 'documents/damaged',
      'large.zip/a.txt': 'documents/damaged',
      'short.zip/a.txt': 'documents/damaged',
    })
  })

  it('lists no more entries than the limit', async () => {
    const entries = Array.from({ length: 20_001 }, (_, index) => ({ name: `${index}.txt`, content: '' }))
    expect(await surveyHostile({ 'many.zip': zipBytes(entries) })).toEqual({
      'many.zip': { code: 'documents/too-many-entries', params: { limit: 20_000 } },
    })
  })

  it('tells of an archive that holds nothing', async () => {
    expect(await codesOf({ 'empty.zip': zipBytes([]) })).toEqual({ 'empty.zip': 'documents/empty' })
  })
})
