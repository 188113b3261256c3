import { extname } from 'node:path'

import { AppError } from '../../../shared/errors.ts'
import { DEFAULT_LIMITS } from '../document.ts'
import type { FileFormat, ReaderInput } from '../format-reader.ts'
import { decodeText } from '../plain/text-encoding.ts'
import { UnpackBudget } from '../unpack-budget.ts'
import { compoundFormat } from './compound-format.ts'
import { signedFormat } from './signatures.ts'
import { textFormat } from './text-format.ts'
import { zipFormat } from './zip-format.ts'

/** Of a text, as much as tells what it is. */
const HEAD_BYTES = 8192
/** Bytes in which a PDF may begin (PDF 1.7, implementation note 13). */
const PDF_PROLOGUE = 1024
/** Share of control characters in the beginning above which it is no text. */
const MAX_CONTROLS = 0.1

/**
 * What a file is by its content. Only where that is text without a form of its own does the name decide.
 *
 * @throws AppError documents/empty, documents/not-text, documents/unsupported-type, documents/legacy-format,
 *   documents/encrypted, documents/rights-managed, documents/damaged
 */
export function formatOfContent(bytes: Uint8Array, name: string): FileFormat {
  if (bytes.length === 0) throw new AppError('documents/empty', { name })
  if (isPdf(bytes)) return 'pdf'
  const signed = signedFormat(bytes)
  if (signed === null) return textFormat(headOf(bytes, name), name)
  switch (signed.kind) {
    case 'image':
    case 'gzip':
      return signed.kind
    case 'zip':
      return zipFormat(inputOf(bytes, name), namedType(name) ?? 'ZIP')
    case 'compound':
      return compoundFormat(inputOf(bytes, name), namedType(name) ?? 'OLE')
    case 'legacy':
      throw new AppError('documents/legacy-format', { name, type: signed.type, wanted: signed.wanted })
    case 'unsupported':
      throw new AppError('documents/unsupported-type', { name, type: signed.type })
  }
}

/** With a budget of its own: the little that is unpacked here is unpacked again by the reader. */
function inputOf(bytes: Uint8Array, name: string): ReaderInput {
  const budget = new UnpackBudget(DEFAULT_LIMITS.unpackedBytes)
  return { bytes, name, limits: DEFAULT_LIMITS, budget, ocr: false }
}

/** A PDF begins with its version, or somewhat later with the first object after it. */
function isPdf(bytes: Uint8Array): boolean {
  const head = latin1(bytes.subarray(0, 2 * PDF_PROLOGUE))
  if (/^(?:\xef\xbb\xbf)?\s*%PDF-/.test(head)) return true
  const start = head.slice(0, PDF_PROLOGUE).search(/%PDF-\d\.\d\s/)
  return start !== -1 && /\d \d+ obj\b/.test(head.slice(start))
}

/** The beginning of a text. @throws AppError documents/not-text */
function headOf(bytes: Uint8Array, name: string): string {
  // A cut in the middle of a character can make the beginning alone unreadable.
  const head = (decodeText(bytes.subarray(0, HEAD_BYTES)) ?? decodeText(bytes))?.text.slice(0, HEAD_BYTES)
  if (
    head === undefined ||
    // Those beyond ASCII are many in text that was garbled, which its reader tells better.
    count(head, /[[\p{Cc}&&\p{ASCII}]--\s]/gv) > head.length * MAX_CONTROLS
  ) {
    throw new AppError('documents/not-text', { name, type: 'binary' })
  }
  return head
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** How a format is called that the name promises. */
function namedType(name: string): string | undefined {
  const extension = extname(name).slice(1).toUpperCase()
  return /^(?:DOC|XLS|PPT|OD[TSP]|MSG)[XM]?$/.test(extension) ? extension : undefined
}
