import { startsWith } from '../sniff/signatures.ts'
import { viewOf } from '../byte-view.ts'

/** What the header of a picture tells. */
export interface PictureHeader {
  readonly type: 'PNG' | 'JPEG' | 'GIF' | 'BMP' | 'WebP'
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Whether the file goes to its end mark; decoders give half a picture otherwise, and no error. */
  readonly isWhole: boolean
}

/** JPEG markers (ITU-T T.81 table B.1). */
const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9
const STAND_ALONE = /^(?:01|d[0-8])$/
/** Start of frame: c0 to cf but for tables (c4, c8, cc). */
const START_OF_FRAME = /^c[0-35-79-bd-f]$/

/** Blocks of a GIF (GIF89a §20, §23, §27). */
const GIF_EXTENSION = 0x21
const GIF_IMAGE = 0x2c
const GIF_TRAILER = 0x3b

/** The declared size of a picture, before anything is decoded. Null for another type or a damaged header. */
export function measurePicture(bytes: Uint8Array): PictureHeader | null {
  const view = viewOf(bytes)
  try {
    if (startsWith(bytes, '\x89PNG')) return measurePng(bytes, view)
    if (startsWith(bytes, '\xff\xd8')) return measureJpeg(bytes, view)
    if (startsWith(bytes, 'GIF8')) return measureGif(bytes, view)
    if (startsWith(bytes, 'BM')) return measureBmp(view)
    return startsWith(bytes, 'RIFF') ? measureWebp(bytes, view) : null
  } catch (error) {
    // A header that goes beyond the end.
    if (error instanceof RangeError) return null
    throw error
  }
}

function measurePng(bytes: Uint8Array, view: DataView): PictureHeader {
  let isWhole = false
  for (let at = 8; at + 12 <= bytes.length && !isWhole; at += 12 + view.getUint32(at)) {
    isWhole = startsWith(bytes, 'IEND', at + 4)
  }
  return { type: 'PNG', width: view.getUint32(16), height: view.getUint32(20), isWhole }
}

function measureJpeg(bytes: Uint8Array, view: DataView): PictureHeader | null {
  let size: { width: number; height: number } | undefined
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === START_OF_SCAN) {
      if (size === undefined) return null
      const isWhole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(
        Buffer.of(0xff, END_OF_IMAGE),
        at,
      )
      return { type: 'JPEG', ...size, isWhole }
    }
    const code = marker.toString(16).padStart(2, '0')
    if (START_OF_FRAME.test(code)) size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    // Fill bytes may stand before a marker.
    if (marker === 0xff) at += 1
    else at += STAND_ALONE.test(code) ? 2 : 2 + view.getUint16(at + 2)
  }
}

function measureGif(bytes: Uint8Array, view: DataView): PictureHeader {
  const header = { type: 'GIF', width: view.getUint16(6, true), height: view.getUint16(8, true) } as const
  let at = 13 + gifColors(view.getUint8(10))
  while (bytes[at] === GIF_EXTENSION || bytes[at] === GIF_IMAGE) {
    at += bytes[at] === GIF_EXTENSION ? 2 : 11 + gifColors(view.getUint8(at + 9))
    for (let size = view.getUint8(at); size > 0; size = view.getUint8(at)) at += 1 + size
    at += 1
  }
  return { ...header, isWhole: bytes[at] === GIF_TRAILER }
}

/** Bytes of the colour table that follows flags like these. */
function gifColors(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}

function measureBmp(view: DataView): PictureHeader {
  const isCore = view.getUint32(14, true) === 12
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true)
  // Negative where the rows go from the top.
  const height = isCore ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true))
  return { type: 'BMP', width, height, isWhole: view.byteLength >= view.getUint32(2, true) }
}

/** VP8, VP8L and VP8X (RFC 9649). */
function measureWebp(bytes: Uint8Array, view: DataView): PictureHeader | null {
  const isWhole = bytes.length >= 8 + view.getUint32(4, true)
  const found = (width: number, height: number): PictureHeader => ({ type: 'WebP', width, height, isWhole })
  if (startsWith(bytes, 'VP8 ', 12)) {
    return found(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff)
  }
  if (startsWith(bytes, 'VP8L', 12)) {
    const packed = view.getUint32(21, true)
    return found((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1)
  }
  if (!startsWith(bytes, 'VP8X', 12)) return null
  const uint24 = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
  return found(uint24(24) + 1, uint24(27) + 1)
}
