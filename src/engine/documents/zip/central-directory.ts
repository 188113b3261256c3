import { viewOf } from '../byte-view.ts'

/** What the central directory tells of one entry (PKWARE APPNOTE 6.3.10 §4.3.12). */
export interface DirectoryEntry {
  readonly name: string
  readonly isEncrypted: boolean
  readonly isFolder: boolean
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly crc: number
  /** As the archive says, which may lie. */
  readonly compressedBytes: number
  readonly bytes: number
  /** Where its local header begins in the file. */
  readonly offset: number
}

export interface CentralDirectory {
  /** In the order of the directory. */
  readonly entries: readonly DirectoryEntry[]
  /** Where the directory begins: nothing of an entry lies beyond. */
  readonly start: number
}

/** Why the bytes are no sound archive, as a short hint. */
export class ZipStructureError extends Error {}

/** Thrown at the first entry beyond the limit. */
export class TooManyEntriesError extends Error {}

const END_SIGNATURE = 0x06054b50
const END_BYTES = 22
const MAX_COMMENT_BYTES = 0xffff
const WIDE_LOCATOR_SIGNATURE = 0x07064b50
const WIDE_LOCATOR_BYTES = 20
const WIDE_END_SIGNATURE = 0x06064b50
const WIDE_END_BYTES = 56
const ENTRY_SIGNATURE = 0x02014b50
const ENTRY_BYTES = 46
const WIDE_EXTRA = 0x0001
const FLAG_ENCRYPTED = 0x0001
const FLAG_UTF8 = 0x0800
const IN_WIDE_EXTRA = 0xffff_ffff

/** Where the directory lies. */
interface DirectoryPlace {
  readonly start: number
  readonly end: number
  /** Bytes before the archive, a program that unpacks it for instance; all offsets are counted after them. */
  readonly prefix: number
  readonly count: number
}

/**
 * Reads the central directory of a zip file, zip64 included.
 *
 * @param limit of entries
 * @throws ZipStructureError, TooManyEntriesError
 */
export function readCentralDirectory(bytes: Uint8Array, limit: number): CentralDirectory {
  const view = viewOf(bytes)
  const place = findDirectory(view)
  const entries: DirectoryEntry[] = []
  let position = place.start
  while (position < place.end) {
    if (position + ENTRY_BYTES > place.end || view.getUint32(position, true) !== ENTRY_SIGNATURE) {
      throw new ZipStructureError('central directory')
    }
    const nameEnd = position + ENTRY_BYTES + view.getUint16(position + 28, true)
    const extraEnd = nameEnd + view.getUint16(position + 30, true)
    const next = extraEnd + view.getUint16(position + 32, true)
    if (next > place.end) throw new ZipStructureError('central directory')
    if (entries.length === limit) throw new TooManyEntriesError()
    entries.push(readEntry(bytes, view, { position, nameEnd, extraEnd, prefix: place.prefix }))
    position = next
  }
  // Writers without zip64 let the count of more than 65,535 entries wrap around.
  if ((entries.length & 0xffff) !== (place.count & 0xffff)) throw new ZipStructureError('central directory')
  return { entries, start: place.start }
}

function readEntry(
  bytes: Uint8Array,
  view: DataView,
  at: { position: number; nameEnd: number; extraEnd: number; prefix: number },
): DirectoryEntry {
  const { position, nameEnd, extraEnd, prefix } = at
  const flags = view.getUint16(position + 8, true)
  const name = entryName(bytes.subarray(position + ENTRY_BYTES, nameEnd), (flags & FLAG_UTF8) !== 0)
  const wide = wideValues(view, nameEnd, extraEnd)
  const value = (offset: number): number => {
    const narrow = view.getUint32(position + offset, true)
    return narrow === IN_WIDE_EXTRA ? (wide.shift() ?? narrow) : narrow
  }
  // The zip64 extra field holds only those that do not fit, in this order (§4.5.3).
  const size = value(24)
  const compressedBytes = value(20)
  const offset = value(42) + prefix
  return {
    name,
    isEncrypted: (flags & FLAG_ENCRYPTED) !== 0,
    isFolder: name.endsWith('/'),
    method: view.getUint16(position + 10, true),
    crc: view.getUint32(position + 16, true),
    compressedBytes,
    bytes: size,
    offset,
  }
}

/** The 64-bit values of the zip64 extra field; none where it is missing. */
function wideValues(view: DataView, from: number, to: number): number[] {
  const values: number[] = []
  let position = from
  while (position + 4 <= to) {
    const end = position + 4 + view.getUint16(position + 2, true)
    if (end > to) break
    if (view.getUint16(position, true) === WIDE_EXTRA) {
      for (let at = position + 4; at + 8 <= end; at += 8) values.push(wideNumber(view, at))
      break
    }
    position = end
  }
  return values
}

function wideNumber(view: DataView, offset: number): number {
  return Number(view.getBigUint64(offset, true))
}

function findDirectory(view: DataView): DirectoryPlace {
  const end = findEnd(view)
  const isSplit = view.getUint16(end + 4, true) !== view.getUint16(end + 6, true)
  const wide = findWideEnd(view, end)
  const place =
    wide === undefined
      ? {
          end,
          count: view.getUint16(end + 10, true),
          bytes: view.getUint32(end + 12, true),
          offset: view.getUint32(end + 16, true),
        }
      : {
          end: wide,
          count: wideNumber(view, wide + 32),
          bytes: wideNumber(view, wide + 40),
          offset: wideNumber(view, wide + 48),
        }
  const start = place.end - place.bytes
  const prefix = start - place.offset
  if (isSplit || start < 0 || prefix < 0) throw new ZipStructureError('central directory')
  return { start, end: place.end, prefix, count: place.count }
}

/** The end of central directory record, which only a comment may follow; junk behind it is tolerated. */
function findEnd(view: DataView): number {
  const last = view.byteLength - END_BYTES
  let found: number | undefined
  for (let position = last; position >= Math.max(0, last - MAX_COMMENT_BYTES); position--) {
    if (view.getUint32(position, true) !== END_SIGNATURE) continue
    const commentEnd = position + END_BYTES + view.getUint16(position + 20, true)
    if (commentEnd === view.byteLength) return position
    if (commentEnd < view.byteLength) found ??= position
  }
  if (found === undefined) throw new ZipStructureError('end of central directory')
  return found
}

function findWideEnd(view: DataView, end: number): number | undefined {
  const locator = end - WIDE_LOCATOR_BYTES
  if (locator < 0 || view.getUint32(locator, true) !== WIDE_LOCATOR_SIGNATURE) return undefined
  // Bytes before the archive shift it away from the offset given.
  for (const position of [wideNumber(view, locator + 8), locator - WIDE_END_BYTES]) {
    const isInside = position >= 0 && position + WIDE_END_BYTES <= locator
    if (isInside && view.getUint32(position, true) === WIDE_END_SIGNATURE) return position
  }
  throw new ZipStructureError('zip64 end of central directory')
}

/** UTF-8 where flagged or valid, else CP932 as Japanese Windows writes it; folders apart by `/`. */
function entryName(bytes: Uint8Array, isUtf8: boolean): string {
  const decode = (): string => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      return new TextDecoder(isUtf8 ? 'utf-8' : 'shift_jis').decode(bytes)
    }
  }
  return decode().replaceAll('\\', '/')
}
