import type { DocumentFormat, DocumentHealth } from '../../shared/documents.ts'
import { AppError } from '../../shared/errors.ts'
import { sha256 } from '../kernel/files.ts'
import {
  countSensitive,
  guessLanguage,
  mojibakeShare,
  normalizeText,
  unreadableCharacters,
} from '../text/index.ts'
import type { Extracted, ReaderInput } from './format-reader.ts'
import type { ReadDocument } from './reading.ts'

/** Share of unreadable characters at which nothing can be concluded from a text. */
const MAX_UNREADABLE = 0.1
const MAX_MOJIBAKE = 0.5
/** Confidence of text recognition below which it found nothing but noise, as on a page that lies on its side. */
const MIN_CONFIDENCE = 0.5

/** A file, or what lies inside one. */
export interface Source {
  /** Path inside the file of the folder; empty for that file itself. */
  readonly inside: string
  readonly format: DocumentFormat
  readonly sha256: string
  readonly bytes: number
}

/**
 * Normalises what a reader extracted, and measures it.
 *
 * @throws AppError documents/empty, documents/too-long, documents/mojibake, documents/broken-text,
 *   documents/poorly-recognized
 */
export function describeDocument(
  extracted: Extracted & { readonly text: string },
  { inside, format, sha256: hash, bytes }: Source,
  { name, limits }: Pick<ReaderInput, 'name' | 'limits'>,
): { readonly document: ReadDocument; readonly text: string } {
  const { encoding = null, hasPages = false, steps: readSteps = [], health = {} } = extracted
  const { text, steps, pageStarts } = normalizeText(extracted.text, { hasPages })
  const characters = text.length
  if (text.trim() === '') throw new AppError('documents/empty', { name })
  if (characters > limits.characters)
    throw new AppError('documents/too-long', { name, characters, limit: limits.characters })
  const { ocr = null } = health
  // A few poor pages among many with text are told of only.
  if (ocr !== null && ocr.confidence < MIN_CONFIDENCE && ocr.pages * 2 >= pageStarts.length) {
    throw new AppError('documents/poorly-recognized', { name, percent: Math.floor(ocr.confidence * 100) })
  }
  // Of what the file has: normalisation takes away the controls that give garbled text away.
  const mojibake = mojibakeShare(extracted.text)
  if (mojibake > MAX_MOJIBAKE) throw new AppError('documents/mojibake', { name })
  const unreadable = unreadableCharacters(text)
  if (unreadable > characters * MAX_UNREADABLE) {
    const params = { name, broken: unreadable, characters, encoding: encoding ?? format }
    throw new AppError('documents/broken-text', params)
  }
  const measured: DocumentHealth = {
    pagesWithoutText: 0,
    ocr: null,
    formulasWithoutResult: 0,
    macros: false,
    ...health,
    unreadable,
    mojibake,
    sensitive: countSensitive(text),
  }
  const document: ReadDocument = {
    inside,
    sha256: hash,
    bytes,
    format,
    encoding,
    characters,
    textBytes: Buffer.byteLength(text),
    textSha256: sha256(text),
    language: guessLanguage(text),
    steps: [...readSteps, ...steps],
    pageStarts: [...pageStarts],
    health: measured,
  }
  return { document, text }
}
