import { decodeText } from '../plain/text-encoding.ts'
import { headerLength } from './header-block.ts'

const ESCAPE = 0x1b

/**
 * Turns the header fields of a mail that stand there in raw bytes into UTF-8, which is what is taken for granted there.
 * Many Japanese programs sent Shift_JIS and ISO-2022-JP so.
 */
export function withUtf8Header(bytes: Uint8Array): Uint8Array {
  const length = headerLength(bytes)
  const header = bytes.subarray(0, length)
  if (!header.includes(ESCAPE) && header.every((byte) => byte < 0x80)) return bytes
  const decoded = decodeText(header)
  if (decoded === null || decoded.encoding === 'utf-8') return bytes
  return new Uint8Array(Buffer.concat([Buffer.from(decoded.text), bytes.subarray(length)]))
}
