import type { SketchedDocuments } from '../../../src/engine/corpus/index.ts'
import type { Document } from '../../../src/engine/documents/index.ts'
import { sha256 } from '../../../src/engine/kernel/files.ts'
import { guessLanguage, normalizeText, type Sketch, sketchOf } from '../../../src/engine/text/index.ts'
import type { DocumentFormat } from '../../../src/shared/documents.ts'

const sketches = new Map<string, Sketch>()

/** The description of a document with this text. */
export function described(name: string, original: string, format: DocumentFormat = 'text'): Document {
  const { text, steps } = normalizeText(original)
  sketches.set(sha256(text), sketchOf(text))
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
    pages: null,
    health: {
      unreadable: 0,
      mojibake: 0,
      pagesWithoutText: 0,
      ocr: null,
      formulasWithoutResult: 0,
      macros: false,
      sensitive: [],
    },
  }
}

/** The sketch of a document from `described`. */
export const sketchFor = ({ textSha256 }: Pick<Document, 'textSha256'>): Sketch => sketches.get(textSha256)!

/** A folder of documents from `described`. */
export function folderOf(documents: readonly Document[]): SketchedDocuments {
  const found = ({ name }: Pick<Document, 'name'>): Sketch =>
    sketchFor(documents.find((document) => document.name === name)!)
  return {
    documents,
    sketchHeadOf: (document) => {
      const { minhash, passages } = found(document)
      return Promise.resolve({ minhash, passages: passages.length / 2 })
    },
    passagesOf: (document, from, count) =>
      Promise.resolve(found(document).passages.subarray(2 * from, 2 * (from + count))),
  }
}
