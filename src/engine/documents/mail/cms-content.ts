/** What a message in the Cryptographic Message Syntax (RFC 5652) holds. */
export type CmsContent =
  { readonly kind: 'signed'; readonly content: Uint8Array } | { readonly kind: 'encrypted' | 'other' }

/** A structure that is not as it should be; `message` says which. */
export class CmsStructureError extends Error {}

/** Object identifiers of content types, encoded (RFC 5652, RFC 5083). */
const SIGNED = '2a864886f70d010702'
const ENCRYPTED = [
  // enveloped-data, encrypted-data, authEnveloped-data
  '2a864886f70d010703',
  '2a864886f70d010706',
  '2a864886f70d0109100117',
]

const OCTET_STRING = 0x04
const OBJECT_IDENTIFIER = 0x06
const INTEGER = 0x02
const SEQUENCE = 0x30
const SET = 0x31
const CONTENT = 0xa0
const CONSTRUCTED = 0x20
const END_OF_CONTENTS = 0x00
/** Elements of unknown length within one another, and pieces of pieces of a string. */
const MAX_DEPTH = 16

/** Finds what was signed, without a look at who signed it. @throws CmsStructureError */
export function cmsContent(bytes: Uint8Array): CmsContent {
  const message = new BerReader(bytes).enter(SEQUENCE)
  const type = Buffer.from(message.primitive(OBJECT_IDENTIFIER)).toString('hex')
  if (type !== SIGNED) return { kind: ENCRYPTED.includes(type) ? 'encrypted' : 'other' }
  const signed = message.enter(CONTENT).enter(SEQUENCE)
  signed.primitive(INTEGER)
  signed.enter(SET).skipRest()
  const encapsulated = signed.enter(SEQUENCE)
  encapsulated.primitive(OBJECT_IDENTIFIER)
  return { kind: 'signed', content: encapsulated.enter(CONTENT).octets() }
}

interface Position {
  at: number
}

interface Header {
  readonly tag: number
  /** Null for an element that ends with two zeros. */
  readonly length: number | null
}

/** Reads the elements within one element in their order (X.690, Basic Encoding Rules). */
class BerReader {
  readonly #bytes: Uint8Array
  /** Shared with the readers of the elements within. */
  readonly #position: Position
  /** Null where the element ends with two zeros. */
  readonly #end: number | null

  constructor(bytes: Uint8Array, position: Position = { at: 0 }, end: number | null = bytes.length) {
    this.#bytes = bytes
    this.#position = position
    this.#end = end
  }

  /** Steps into the next element, which is to be of a kind. */
  enter(tag: number): BerReader {
    return this.#within(this.#header(tag).length)
  }

  /** The content of the next element, which is to be of a kind. */
  primitive(tag: number): Uint8Array {
    return this.#take(this.#header(tag).length)
  }

  /** Passes over the elements that are left, and over the end. */
  skipRest(depth = 0): void {
    if (depth > MAX_DEPTH) throw new CmsStructureError('depth')
    while (!this.#isAtEnd()) {
      const { tag, length } = this.#header()
      if (length !== null) this.#take(length)
      else if ((tag & CONSTRUCTED) === 0) throw new CmsStructureError('length')
      else this.#within(null).skipRest(depth + 1)
    }
  }

  /** The bytes of the next element, a string of octets, whole or in pieces. */
  octets(): Uint8Array {
    const pieces: Uint8Array[] = []
    this.#addOctets(pieces, 0)
    return pieces.length === 1 ? pieces[0]! : new Uint8Array(Buffer.concat(pieces))
  }

  #addOctets(pieces: Uint8Array[], depth: number): void {
    if (depth > MAX_DEPTH) throw new CmsStructureError('depth')
    const { tag, length } = this.#header()
    if (tag === OCTET_STRING) {
      pieces.push(this.#take(length))
      return
    }
    if (tag !== (OCTET_STRING | CONSTRUCTED)) throw new CmsStructureError('content')
    const inner = this.#within(length)
    while (!inner.#isAtEnd()) inner.#addOctets(pieces, depth + 1)
  }

  #within(length: number | null): BerReader {
    return new BerReader(this.#bytes, this.#position, length === null ? null : this.#position.at + length)
  }

  /** Whether no element is left; passes over the two zeros that say so. */
  #isAtEnd(): boolean {
    const position = this.#position
    if (this.#end !== null) return position.at >= this.#end
    if (this.#bytes[position.at] !== END_OF_CONTENTS || this.#bytes[position.at + 1] !== END_OF_CONTENTS) {
      return false
    }
    position.at += 2
    return true
  }

  #header(expected?: number): Header {
    const tag = this.#byte()
    if (expected !== undefined && tag !== expected) throw new CmsStructureError(`0x${expected.toString(16)}`)
    const first = this.#byte()
    if (first === 0x80) return { tag, length: null }
    let length = first
    if (first > 0x80) {
      if (first > 0x84) throw new CmsStructureError('length')
      length = 0
      for (let count = first - 0x80; count > 0; count--) length = length * 256 + this.#byte()
    }
    if (this.#position.at + length > (this.#end ?? this.#bytes.length)) throw new CmsStructureError('length')
    return { tag, length }
  }

  #byte(): number {
    const byte = this.#bytes[this.#position.at]
    if (byte === undefined || (this.#end !== null && this.#position.at >= this.#end)) {
      throw new CmsStructureError('length')
    }
    this.#position.at++
    return byte
  }

  #take(length: number | null): Uint8Array {
    if (length === null) throw new CmsStructureError('length')
    const { at } = this.#position
    this.#position.at += length
    return this.#bytes.subarray(at, at + length)
  }
}
