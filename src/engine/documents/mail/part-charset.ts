import { declaredHtmlEncoding } from '../plain/read-html.ts'
import { decodeText } from '../plain/text-encoding.ts'

/** What programs put where they do not know better; the bytes beyond ASCII then say more. */
const WITHOUT_MEANING = /^(?:us-)?ascii$|^ansi_x3\.4|^iso-ir-6$/i
const CHARSET = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]*))/gi
const ESCAPE = 0x1b

/**
 * The type of a part of text with the character set that its bytes are in, where it has none, one that nobody knows
 * (`unknown-8bit`), or one that they cannot be in; else as it is.
 *
 * @param type value of Content-Type, empty for a part that has none
 * @param content without its transfer encoding
 */
export function typeWithCharset(type: string, content: () => Uint8Array): string {
  if (type !== '' && !/^text\//i.test(type)) return type
  const [declared] = type.matchAll(CHARSET)
  const label = (declared?.[1] ?? declared?.[2] ?? '').trim()
  const encoding = encodingOf(label)
  if (encoding === 'iso-2022-jp') return type
  const bytes = content()
  const isAscii = bytes.every((byte) => byte < 0x80)
  if (isAscii ? !bytes.includes(ESCAPE) : encoding !== null) return type
  const found = decodeText(bytes, label === '' ? declaredHtmlEncoding(bytes) : label)
  if (found === null || (isAscii && found.encoding !== 'iso-2022-jp')) return type
  return `${type.replaceAll(CHARSET, '') || 'text/plain'}; charset=${found.encoding}`
}

/** What a character set is called by TextDecoder; null for one that it does not know, or that says nothing. */
function encodingOf(label: string): string | null {
  if (WITHOUT_MEANING.test(label)) return null
  try {
    return new TextDecoder(label).encoding
  } catch {
    return null
  }
}

/** What stands in a part, without its transfer encoding (RFC 2045 §6). */
export function transferred(content: Buffer, encoding: string): Uint8Array {
  if (/base64/i.test(encoding)) return Buffer.from(content.toString('latin1'), 'base64')
  if (!/quoted-printable/i.test(encoding)) return content
  const text = content
    .toString('latin1')
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([\dA-F]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(text, 'latin1')
}
