import Encoding from 'encoding-japanese'

/** A text as the bytes of a file in the encoding, without a byte order mark. */
export function encoded(
  text: string,
  to: 'UTF8' | 'UTF16LE' | 'UTF16BE' | 'SJIS' | 'EUCJP' | 'JIS',
): Uint8Array {
  const codes = Encoding.convert(Encoding.stringToCode(text), { to, from: 'UNICODE', fallback: 'error' })
  return Uint8Array.from(codes)
}

const WINDOWS_1252 = Array.from(
  new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
)

export function windows1252(text: string): Uint8Array {
  return Uint8Array.from(Array.from(text, (character) => WINDOWS_1252.indexOf(character)))
}
