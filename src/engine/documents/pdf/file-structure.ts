import { inflateRawSync, inflateSync } from 'node:zlib'

import { AppError } from '../../../shared/errors.ts'
import type { ReaderInput } from '../format-reader.ts'

/** pdf.js keeps a whole inflated stream in memory, twice while it grows. */
const MAX_STREAM_SHARE = 0.25
/** Streams compressed again and again are looked into so deep. */
const MAX_LAYERS = 4
const DICTIONARY_REACH = 4096
const ZLIB_HEADER = 2
const ONLY_DEFLATED = /\/Filter\s*(?:\/FlateDecode|\[\s*\/FlateDecode\s*\])/
/** Pictures, metadata and colour profiles, which have no text. */
const WITHOUT_TEXT = /\/Subtype\s*\/(?:Image|XML)\b|\/Type\s*\/Metadata\b|\/Alternate\s*\/Device/
const OBJECT = /(?<![\d.])(\d{1,10})\s{1,4}\d{1,5}\s{1,4}(obj\b|R\b)/g
/** Bytes looked at at a time. */
const WINDOW = 2 ** 20
/** Where a file says that it is made for the web, and how long it is (ISO 32000-1, annex F). */
const HEAD = 1024
const OVERLAP = 32

/**
 * Checks what pdf.js overlooks: a file cut short, of which it would read what is left, compressed streams that are
 * damaged, of which it would read the beginning, and streams that inflate to more than memory holds. What follows the
 * end of the file, wrong offsets and broken pictures cost no text and are let pass.
 *
 * @throws AppError documents/damaged, documents/unpacked-too-large
 */
export function checkStructure(input: ReaderInput): void {
  const file = Buffer.from(input.bytes.buffer, input.bytes.byteOffset, input.bytes.byteLength)
  if (!isWhole(file)) throw damaged(input, 'startxref')
  // The streams of an encrypted file cannot be inflated as they are.
  if (file.includes('/Encrypt')) return
  for (const stream of streams(file)) checkStream(stream, input)
}

/** Whether nothing of a file is missing. */
function isWhole(file: Buffer): boolean {
  const length = /\/Linearized[^>]{0,200}\/L\s+(\d{1,15})/.exec(file.toString('latin1', 0, HEAD))?.[1]
  if (length !== undefined && file.length < Number(length)) return false
  const end = file.lastIndexOf('startxref')
  const isLast = end >= 0 && file.indexOf(' obj', end) < 0
  if (isLast) {
    const offset = Number(/^startxref\s+(\d{1,15})/.exec(file.toString('latin1', end, end + 64))?.[1])
    if (isTable(file, offset)) return true
    // A table that stands before its place has lost something before it.
    const table = Math.max(file.lastIndexOf('\nxref', end), file.lastIndexOf(' obj', end))
    if (offset > table + OVERLAP) return false
  }
  // Objects within streams cannot be counted; their table is a stream itself, which comes last.
  if (file.includes('/ObjStm')) return isLast
  return file.lastIndexOf('endobj') > file.lastIndexOf(' obj') && hasAllObjects(file)
}

/** Whether a table of objects begins at an offset: the word, or a stream with it. */
function isTable(file: Buffer, offset: number): boolean {
  return /^\s*(?:xref\b|\d{1,10}\s+\d{1,5}\s+obj\b)/.test(file.toString('latin1', offset, offset + 64))
}

/** Whether every object that is referred to is there, as far as it can be seen without unpacking. */
function hasAllObjects(file: Buffer): boolean {
  const defined = new Set<string>()
  const referred = new Set<string>()
  for (let from = 0; from < file.length; from += WINDOW) {
    const text = file.toString('latin1', from, from + WINDOW + OVERLAP)
    for (const [, number = '', kind] of text.matchAll(OBJECT)) (kind === 'R' ? referred : defined).add(number)
  }
  return referred.isSubsetOf(defined)
}

interface PdfStream {
  readonly content: Buffer
  /** Whether it is compressed in the usual way and in no other. */
  readonly isDeflated: boolean
}

/** The streams of a file that may have to do with its text. */
function* streams(file: Buffer): Generator<PdfStream> {
  let from = 0
  for (;;) {
    const keyword = file.indexOf('stream', from)
    if (keyword < 0) return
    let start = keyword + 6
    if (file[start] === 0x0d) start++
    if (file[start] === 0x0a) start++
    const before = file.toString('latin1', Math.max(0, keyword - DICTIONARY_REACH), keyword)
    if (start === keyword + 6 || !/>>\s*$/.test(before)) {
      from = keyword + 6
      continue
    }
    const end = file.indexOf('endstream', start)
    const dictionary = before.slice(Math.max(0, before.lastIndexOf(' obj')))
    const stop = end < 0 ? file.length : end
    if (!WITHOUT_TEXT.test(dictionary)) {
      yield { content: file.subarray(start, stop), isDeflated: ONLY_DEFLATED.test(dictionary) }
    }
    from = stop + 9
  }
}

/** Inflates whatever looks as if it were compressed, perhaps twice: a bomb need not say so in the usual way. */
function checkStream({ content, isDeflated }: PdfStream, { name, limits }: ReaderInput): void {
  const limit = Math.floor(limits.unpackedBytes * MAX_STREAM_SHARE)
  let inflated = content
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    if (!startsZlib(inflated) && !(isDeflated && layer === 0)) return
    try {
      inflated = inflate(inflated, limit)
    } catch (error) {
      if (error instanceof RangeError)
        throw new AppError('documents/unpacked-too-large', { name, limit }, { cause: error })
      if (isDeflated && layer === 0) throw damaged({ name }, 'FlateDecode', error)
      return
    }
  }
}

/** A stream that is complete but for its checksum has all its text. */
function inflate(stream: Buffer, maxOutputLength: number): Buffer {
  try {
    return inflateSync(stream, { maxOutputLength })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR')) throw error
    return inflateRawSync(stream.subarray(ZLIB_HEADER), { maxOutputLength })
  }
}

/** Whether bytes begin as a zlib stream does (RFC 1950 §2.2). */
function startsZlib(bytes: Buffer): boolean {
  return bytes.length > 2 && (bytes[0]! & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0
}

export function damaged({ name }: Pick<ReaderInput, 'name'>, part: string, cause?: unknown): AppError {
  return new AppError('documents/damaged', { name, type: 'PDF', part: part.slice(0, 120) }, { cause })
}
