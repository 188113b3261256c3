import { decodeText } from '../plain/text-encoding.ts'
import { headerLength } from './header-block.ts'

const ESCAPE = '\u001b'

/**
 * Turns what a mail does not declare the encoding of into UTF-8, which is what is taken for granted there: header
 * fields in raw bytes, and the body of a mail without a character set. Many Japanese programs sent Shift_JIS and
 * ISO-2022-JP so.
 */
export function declaredUtf8(bytes: Uint8Array): Uint8Array {
  const length = headerLength(bytes)
  const header = bytes.subarray(0, length)
  const body = bytes.subarray(length)
  const hasUndeclaredBody = !/^(?:content-type|content-transfer-encoding)\s*:/im.test(latin1(header))
  const parts = [asUtf8(header), hasUndeclaredBody ? asUtf8(body) : body]
  return parts[0] === header && parts[1] === body ? bytes : new Uint8Array(Buffer.concat(parts))
}

/** The text of a part that declares no character set, but holds the escapes of ISO-2022-JP. */
export function unescaped(text: string): string {
  if (!text.includes(ESCAPE) || /\P{ASCII}/u.test(text)) return text
  return new TextDecoder('iso-2022-jp').decode(Buffer.from(text, 'latin1'))
}

function asUtf8(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(ESCAPE.charCodeAt(0)) && bytes.every((byte) => byte < 0x80)) return bytes
  const decoded = decodeText(bytes)
  return decoded === null || decoded.encoding === 'utf-8' ? bytes : new TextEncoder().encode(decoded.text)
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
