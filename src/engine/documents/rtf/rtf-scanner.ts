/** A piece of RTF (Rich Text Format Specification 1.9.1, "RTF Syntax"). */
export type RtfToken =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  /** `\name` or `\nameN`. */
  | { readonly kind: 'word'; readonly name: string; readonly parameter: number | null }
  /** `\` and a character that is no letter; `\\`, `\{` and `\}` are `byte`. */
  | { readonly kind: 'symbol'; readonly symbol: string }
  /** `\'hh`, or an escaped brace or backslash: a byte of text. */
  | { readonly kind: 'byte'; readonly value: number }
  /** Bytes of text as they stand. */
  | { readonly kind: 'text'; readonly bytes: Uint8Array }

const OPEN = 0x7b
const CLOSE = 0x7d
const BACKSLASH = 0x5c
const APOSTROPHE = 0x27
const HYPHEN = 0x2d
const SPACE = 0x20
const CARRIAGE_RETURN = 0x0d
const LINE_FEED = 0x0a
/** Longest control word of the specification. */
const LONGEST_WORD = 32
const LONGEST_NUMBER = 10

/** Splits RTF into tokens, one at a time, in time linear in the bytes. */
export class RtfScanner {
  readonly #bytes: Uint8Array
  #position = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** The next token; null at the end of the bytes. */
  next(): RtfToken | null {
    while (isLineBreak(this.#bytes[this.#position])) this.#position++
    const byte = this.#bytes[this.#position]
    switch (byte) {
      case undefined:
        return null
      case OPEN:
        this.#position++
        return { kind: 'open' }
      case CLOSE:
        this.#position++
        return { kind: 'close' }
      case BACKSLASH:
        this.#position++
        return this.#control()
      default:
        return this.#text()
    }
  }

  /** Passes over binary data. @returns whether there were as many bytes */
  skip(bytes: number): boolean {
    this.#position += bytes
    return this.#position <= this.#bytes.length
  }

  #text(): RtfToken {
    const from = this.#position
    for (;;) {
      const byte = this.#bytes[this.#position]
      const isText =
        byte !== undefined && byte !== OPEN && byte !== CLOSE && byte !== BACKSLASH && !isLineBreak(byte)
      if (!isText) return { kind: 'text', bytes: this.#bytes.subarray(from, this.#position) }
      this.#position++
    }
  }

  #control(): RtfToken | null {
    const byte = this.#bytes[this.#position]
    if (byte === undefined) return null
    if (isLetter(byte)) return this.#word()
    this.#position++
    if (byte === APOSTROPHE) return this.#hexadecimal()
    if (byte === OPEN || byte === CLOSE || byte === BACKSLASH) return { kind: 'byte', value: byte }
    return { kind: 'symbol', symbol: String.fromCharCode(byte) }
  }

  #word(): RtfToken {
    const name = this.#take(isLetter, LONGEST_WORD)
    const isNegative = this.#bytes[this.#position] === HYPHEN && isDigit(this.#bytes[this.#position + 1])
    if (isNegative) this.#position++
    const digits = this.#take(isDigit, LONGEST_NUMBER)
    if (this.#bytes[this.#position] === SPACE) this.#position++
    const parameter = digits === '' ? null : Number(digits) * (isNegative ? -1 : 1)
    return { kind: 'word', name, parameter }
  }

  #take(belongs: (byte: number | undefined) => boolean, longest: number): string {
    const from = this.#position
    while (this.#position - from < longest && belongs(this.#bytes[this.#position])) this.#position++
    return String.fromCharCode(...this.#bytes.subarray(from, this.#position))
  }

  #hexadecimal(): RtfToken {
    const digits = String.fromCharCode(...this.#bytes.subarray(this.#position, this.#position + 2))
    if (!/^[\da-f]{2}$/i.test(digits)) return { kind: 'symbol', symbol: "'" }
    this.#position += 2
    return { kind: 'byte', value: Number.parseInt(digits, 16) }
  }
}

function isLineBreak(byte: number | undefined): boolean {
  return byte === CARRIAGE_RETURN || byte === LINE_FEED
}

/** Whether a byte is an ASCII letter. */
export function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a))
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}
