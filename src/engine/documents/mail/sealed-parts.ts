import type { ReaderInput } from '../format-reader.ts'
import { tooDeep, tooManyEntries } from '../limit-errors.ts'
import { damaged, type PartContext } from '../zip/damaged.ts'
import { transferred, typeWithCharset } from './part-charset.ts'

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
/** The header fields of all parts of one mail. */
const MAX_HEADER_BYTES = 2 * 2 ** 20
/** Bytes in a line of base64; divisible by three, so that only the last line is padded. */
const BASE64_LINE_BYTES = 3 * 2 ** 14
/** Longest line that is taken for a delimiter; a boundary has at most 70 characters (RFC 2046 §5.1.1). */
const LONGEST_DELIMITER = 1000

/**
 * A mail with every part in base64 whose content stands in it as it is, and with the character sets that its texts are
 * in. Parsers of mails go by lines: they lose the line breaks of such content, and take minutes for millions of lines.
 * What stands before and after the parts of a multipart, which nobody sees, is left out.
 *
 * @throws AppError documents/damaged where a multipart has no parts or the outermost no end, documents/too-deep,
 *   documents/too-many-entries
 */
export function sealedParts(context: PartContext): Uint8Array {
  return new PartSealer(context).sealed()
}

interface Delimiter {
  readonly boundary: string
  readonly isLast: boolean
}

class PartSealer {
  readonly #context: PartContext
  readonly #bytes: Buffer
  readonly #pieces: Uint8Array[] = []
  /** Boundaries of the multiparts around the place, outermost first. */
  readonly #open: { readonly boundary: string; hasParts: boolean }[] = []
  readonly #boundaries = new Set<string>()
  #position = 0
  #headerBytes = 0
  #parts = 0

  constructor(context: PartContext) {
    this.#context = context
    const { bytes } = context.input
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  sealed(): Uint8Array {
    this.#part()
    while (this.#position < this.#bytes.length) {
      const { boundary, isLast } = this.#delimiter()
      if (isLast) this.#close(boundary)
      else {
        this.#closeWithin(boundary)
        this.#part()
      }
    }
    const [outermost] = this.#open
    if (outermost !== undefined) throw damaged(this.#context, `--${outermost.boundary}--`)
    return new Uint8Array(Buffer.concat(this.#pieces))
  }

  /** Takes a part from its header up to the next delimiter, be it its own. */
  #part(): void {
    this.#countPart(this.#context.input)
    const header = this.#header()
    const fields = header.split(/\r?\n(?![ \t])/).filter((field) => field !== '')
    const type = valueOf(fields, 'content-type')
    const encoding = valueOf(fields, 'content-transfer-encoding')
    const isMultipart = /multipart\//i.test(type.split(';', 1)[0]!)
    if (isMultipart) {
      this.#put(header, '\r\n')
      this.#openMultipart(type)
      this.#passContent()
      return
    }
    const { from, to } = this.#passContent()
    const content = this.#bytes.subarray(from, to)
    const isEncoded = /base64|quoted-printable/i.test(encoding)
    const shownType = typeWithCharset(type, () => transferred(content, encoding))
    const replaced = shownType === type ? [] : ['content-type']
    if (!isEncoded) replaced.push('content-transfer-encoding')
    const kept = fields.filter((field) => !replaced.includes(nameOf(field)))
    if (shownType !== type) kept.push(`Content-Type: ${shownType}`)
    if (!isEncoded) kept.push('Content-Transfer-Encoding: base64')
    this.#put([...kept, '', ''].join('\r\n'))
    if (isEncoded) this.#pieces.push(content)
    else this.#putBase64(content)
    this.#put('\r\n')
  }

  #countPart(input: ReaderInput): void {
    if (++this.#parts > input.limits.entries + 1) throw tooManyEntries(input)
  }

  /** The header fields of a part, up to the empty line, or to a delimiter. */
  #header(): string {
    const start = this.#position
    let end = start
    while (end < this.#bytes.length) {
      const next = this.#lineAfter(end)
      if (this.#delimiterAt(end) !== null) break
      const isEmpty = this.#bytes.subarray(end, next).every((byte) => isLineBreak(byte))
      this.#position = next
      if (isEmpty) break
      end = next
      if (this.#headerBytes + end - start > MAX_HEADER_BYTES) {
        throw damaged(this.#context, `> ${MAX_HEADER_BYTES}`)
      }
    }
    this.#headerBytes += end - start
    return this.#bytes.toString('latin1', start, end)
  }

  #openMultipart(type: string): void {
    const { input } = this.#context
    const [, quoted, bare] = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(type) ?? []
    const boundary = (quoted ?? bare ?? '').trimEnd()
    if (boundary === '') throw damaged(this.#context, 'boundary')
    if (this.#open.length >= input.limits.elementDepth) throw tooDeep(input)
    this.#open.push({ boundary, hasParts: false })
    this.#boundaries.add(boundary)
  }

  /** Passes over what comes before the next delimiter. @returns its place, without the line break that ends it */
  #passContent(): { readonly from: number; readonly to: number } {
    const from = this.#position
    for (let at = from; at !== -1 && at < this.#bytes.length;) {
      if (this.#delimiterAt(at) !== null) {
        this.#position = at
        return { from, to: Math.max(from, this.#beforeLineBreak(at)) }
      }
      const found = this.#bytes.indexOf('\n--', at, 'latin1')
      at = found === -1 ? -1 : found + 1
    }
    this.#position = this.#bytes.length
    return { from, to: this.#bytes.length }
  }

  #beforeLineBreak(at: number): number {
    return this.#bytes[at - 2] === CARRIAGE_RETURN ? at - 2 : at - 1
  }

  /** The line at a place as the delimiter of a multipart around it. */
  #delimiterAt(at: number): Delimiter | null {
    if (this.#bytes[at] !== 0x2d || this.#bytes[at + 1] !== 0x2d) return null
    const line = this.#bytes.toString('latin1', at + 2, Math.min(this.#lineAfter(at), at + LONGEST_DELIMITER))
    const boundary = line.trimEnd()
    if (this.#boundaries.has(boundary)) return { boundary, isLast: false }
    const closed = boundary.endsWith('--') ? boundary.slice(0, -2) : ''
    return this.#boundaries.has(closed) ? { boundary: closed, isLast: true } : null
  }

  /** Takes the delimiter at the place. */
  #delimiter(): Delimiter {
    const delimiter = this.#delimiterAt(this.#position)!
    this.#position = this.#lineAfter(this.#position)
    this.#put(`--${delimiter.boundary}${delimiter.isLast ? '--' : ''}\r\n`)
    return delimiter
  }

  /** Ends the multiparts within the innermost one with a boundary, which has a part now. */
  #closeWithin(boundary: string): void {
    while (this.#open.at(-1)!.boundary !== boundary) this.#pop()
    this.#open.at(-1)!.hasParts = true
  }

  #close(boundary: string): void {
    while (this.#open.at(-1)!.boundary !== boundary) this.#pop()
    this.#pop()
    this.#passContent()
  }

  #pop(): void {
    const { boundary, hasParts } = this.#open.pop()!
    if (!hasParts) throw damaged(this.#context, `--${boundary}`)
    if (this.#open.every((outer) => outer.boundary !== boundary)) this.#boundaries.delete(boundary)
  }

  #lineAfter(at: number): number {
    const end = this.#bytes.indexOf(LINE_FEED, at)
    return end === -1 ? this.#bytes.length : end + 1
  }

  #put(...texts: readonly string[]): void {
    for (const text of texts) this.#pieces.push(Buffer.from(text, 'latin1'))
  }

  #putBase64(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += BASE64_LINE_BYTES) {
      this.#put(Buffer.from(bytes.subarray(at, at + BASE64_LINE_BYTES)).toString('base64'), '\r\n')
    }
  }
}

const isLineBreak = (byte: number): boolean => byte === LINE_FEED || byte === CARRIAGE_RETURN

const nameOf = (field: string): string =>
  field
    .slice(0, Math.max(0, field.indexOf(':')))
    .trim()
    .toLowerCase()

/** The first field of a name, unfolded; empty where there is none. */
function valueOf(fields: readonly string[], name: string): string {
  const field = fields.find((candidate) => nameOf(candidate) === name) ?? ''
  return field
    .slice(field.indexOf(':') + 1)
    .replaceAll(/[\r\n]+/g, '')
    .trim()
}
