import type { Document } from '../../../src/engine/documents/index.ts'
import { sha256 } from '../../../src/engine/kernel/files.ts'
import { guessLanguage, normalizeText, sketchOf } from '../../../src/engine/text/index.ts'
import type { DocumentFormat } from '../../../src/shared/documents.ts'

/** The description of a document with this text. */
export function described(name: string, original: string, format: DocumentFormat = 'text'): Document {
  const { text, steps } = normalizeText(original)
  return {
    name,
    file: name,
    sha256: sha256(`file ${original}`),
    bytes: Buffer.byteLength(original),
    format,
    encoding: 'utf-8',
    characters: text.length,
    textBytes: Buffer.byteLength(text),
    textSha256: sha256(text),
    language: guessLanguage(text),
    steps,
    pageStarts: [],
    health: {
      unreadable: 0,
      mojibake: 0,
      pagesWithoutText: 0,
      ocr: null,
      formulasWithoutResult: 0,
      macros: false,
      sensitive: [],
    },
    sketch: sketchOf(text),
  }
}
