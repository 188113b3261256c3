import Encoding from 'encoding-japanese'

import type { TextEncoding } from '../../../shared/documents.ts'

export interface DecodedText {
  readonly text: string
  readonly encoding: TextEncoding
}

/** Share of characters lost at which a decoding is taken for the wrong one. */
export const TOLERATED_LOSS = 0.01
/** Share of characters lost at which nothing can be concluded from a text. */
export const MAX_BROKEN = 0.1

const ESCAPE = 0x1b
const SNIFFED_BYTES = 65_536
/** UTF-16 of ASCII text is half zeros, and valid UTF-8; UTF-16 of Japanese text has few zeros and is not. */
const MIN_ZEROS_OF_WIDE_ASCII = 0.2
const MIN_COMMON_SHARE = 0.1
const KANA = /[\u3040-\u30ff]/g
const FOREIGN = /\P{ASCII}/gu

const LABELS: Readonly<Record<string, TextEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  shift_jis: 'shift_jis',
  'shift-jis': 'shift_jis',
  'x-sjis': 'shift_jis',
  'windows-31j': 'shift_jis',
  cp932: 'shift_jis',
  'euc-jp': 'euc-jp',
  'x-euc-jp': 'euc-jp',
  'iso-2022-jp': 'iso-2022-jp',
  csiso2022jp: 'iso-2022-jp',
  'iso-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
}

/**
 * Decodes a text file of unknown encoding: by its byte order mark, UTF-16 by its zero bytes, ISO-2022-JP by its
 * escapes, UTF-8 if it is valid, else the declared encoding or the one that encoding-japanese detects. Shift_JIS is
 * decoded with Microsoft's extensions (CP932). Damaged bytes become U+FFFD. Null when the bytes are no text.
 *
 * @param declared the name of an encoding that the file itself gives; followed only where the bytes agree
 */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText | null {
  const marked = markedEncoding(bytes)
  if (marked !== null) return decoded(bytes, marked)
  const unicode = strictly(bytes, 'utf-8')
  const zeros = zeroShare(bytes)
  if (zeros > 0 && (unicode === null || zeros >= MIN_ZEROS_OF_WIDE_ASCII)) return decodedWide(bytes)
  if (unicode !== null) {
    const isEscaped = bytes.includes(ESCAPE) && bytes.every((byte) => byte < 0x80)
    return (isEscaped ? escapedJapanese(bytes) : null) ?? unicode
  }
  // No other encoding passes for damaged UTF-8, of which much may be lost for that reason.
  const damaged = nearly(bytes, 'utf-8', MAX_BROKEN)
  if (damaged !== null) return damaged
  const likely = LABELS[declared?.trim().toLowerCase() ?? ''] ?? detected(bytes)
  const isLatin = likely === 'windows-1252'
  return (isLatin ? damagedJapanese(bytes) : null) ?? decoded(bytes, likely)
}

/** ISO-2022-JP with Microsoft's extensions (CP50221). Null where escapes mean something else, such as colours. */
function escapedJapanese(bytes: Uint8Array): DecodedText | null {
  const result = strictly(bytes, 'iso-2022-jp') ?? nearly(bytes, 'iso-2022-jp')
  return result !== null && count(result.text, FOREIGN) > countBroken(result.text) ? result : null
}

/** U+FFFD in a text. */
export function countBroken(text: string): number {
  return count(text, /\ufffd/g)
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function markedEncoding(bytes: Uint8Array): TextEncoding | null {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return null
}

function zeroShare(bytes: Uint8Array): number {
  const sniffed = bytes.subarray(0, SNIFFED_BYTES)
  let zeros = 0
  for (const byte of sniffed) if (byte === 0) zeros++
  return zeros / Math.max(1, sniffed.length)
}

/** UTF-16 without a mark: the byte order in which ASCII and kana come out, if they come out at all. */
function decodedWide(bytes: Uint8Array): DecodedText | null {
  let best: DecodedText | null = null
  let bestShare = MIN_COMMON_SHARE
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const candidate = strictly(bytes, encoding)
    if (candidate === null) continue
    const share = count(candidate.text, /[\t\n\r\x20-\x7e\u3040-\u30ff]/g) / candidate.text.length
    if (share > bestShare) [best, bestShare] = [candidate, share]
  }
  return best
}

/**
 * A damaged Japanese file passes for Latin text with the detector. Latin text read as Japanese gives kanji and
 * half-width katakana, but hardly ever full-width kana, which no Japanese prose lacks.
 */
function damagedJapanese(bytes: Uint8Array): DecodedText | null {
  for (const encoding of ['shift_jis', 'euc-jp'] as const) {
    const candidate = nearly(bytes, encoding)
    if (candidate === null) continue
    if (count(candidate.text, KANA) >= MIN_COMMON_SHARE * count(candidate.text, FOREIGN)) return candidate
  }
  return null
}

function detected(bytes: Uint8Array): TextEncoding {
  if (isLatinProse(bytes)) return 'windows-1252'
  switch (Encoding.detect(bytes)) {
    case 'SJIS':
      return 'shift_jis'
    case 'EUCJP':
      return 'euc-jp'
    case 'JIS':
      return 'iso-2022-jp'
    case 'UTF8':
      return 'utf-8'
    default:
      // Its UNICODE stands for Latin text with bytes above 0x7f.
      return 'windows-1252'
  }
}

/**
 * Whether most bytes beyond ASCII stand for ß and à to ÿ, as in Western European prose, which the detector takes for
 * Shift_JIS. In Japanese they begin the rare kanji.
 */
function isLatinProse(bytes: Uint8Array): boolean {
  let foreign = 0
  let letters = 0
  for (const byte of bytes) {
    if (byte >= 0x80) foreign++
    if (byte >= 0xdf) letters++
  }
  return letters > foreign / 2
}

function strictly(bytes: Uint8Array, encoding: TextEncoding): DecodedText | null {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
  } catch {
    return null
  }
}

/** Decodes where few of the characters beyond ASCII are lost: a damaged or truncated file. */
function nearly(bytes: Uint8Array, encoding: TextEncoding, share = TOLERATED_LOSS): DecodedText | null {
  const result = decoded(bytes, encoding)
  const foreign = count(result.text, FOREIGN)
  // One lost character is tolerated in a short text if the rest of it fits.
  const tolerated = Math.max(foreign * share, foreign >= 8 ? 1 : 0)
  return countBroken(result.text) <= tolerated ? result : null
}

function decoded(bytes: Uint8Array, encoding: TextEncoding): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), encoding }
}
