import { extname } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import { byName } from '../kernel/order.ts'
import type { Document, DocumentLimits } from './document.ts'
import type { DocumentReader } from './document-reader.ts'
import type { SkippedFile } from './list-files.ts'
import type { FileReading } from './read-file.ts'
import { type ReadDocument, type ReadingOptions, readingOptions } from './reading.ts'
import { SharedValues } from './shared-values.ts'
import type { SketchHead } from './sketch-file.ts'
import type { TextPlace, TextStore } from './text-store.ts'

type Named = Pick<Document, 'name'>

/**
 * Documents as descriptions of a few hundred bytes each. What grows with a document is read from the text store when it
 * is asked for; documents/text-gone tells that it is there no longer.
 */
export interface DocumentFolder {
  /** Sorted by name. */
  readonly documents: readonly Document[]
  /** What was found but not read, with the reason; sorted by name. */
  readonly skipped: readonly SkippedFile[]
  /** The normalised text of one of the documents. */
  readonly textOf: (document: Named) => Promise<string>
  /** Where each page (slide, sheet) begins in the text; empty for a format without pages. */
  readonly pageStartsOf: (document: Named) => Promise<readonly number[]>
  /** The beginning of the sketch by which near-copies are found. */
  readonly sketchHeadOf: (document: Named) => Promise<SketchHead>
  /** Passages of the sketch, from the `from`-th on. */
  readonly passagesOf: (document: Named, from: number, count: number) => Promise<Uint32Array>
}

const nameInside = (file: string, inside: string): string => (inside === '' ? file : `${file}/${inside}`)

/** What was found so far, and where its texts lie. */
export class Survey {
  readonly #store: TextStore
  readonly #choices: { readonly ocr: boolean; readonly limits: DocumentLimits }
  readonly #documents: Document[] = []
  readonly #skipped: SkippedFile[]
  /** Of documents inside others; another one has a file, and a reading, that begins with it. */
  readonly #inside = new Map<string, Pick<TextPlace, 'fileSha256' | 'index'>>()
  readonly #shared = new SharedValues()

  constructor(
    store: TextStore,
    choices: { readonly ocr: boolean; readonly limits: DocumentLimits },
    skipped: readonly SkippedFile[],
  ) {
    this.#store = store
    this.#choices = choices
    this.#skipped = [...skipped]
  }

  /** What cannot be read is skipped. @throws the signal's reason when aborted */
  async read(reader: DocumentReader, path: string, name: string, signal: AbortSignal): Promise<void> {
    try {
      this.#add(name, await reader.read(path, name, signal))
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof AppError)) throw error
      this.#skipped.push({ name, file: name, error })
    }
  }

  #add(file: string, { sha256: fileSha256, documents, skipped }: FileReading): void {
    for (const [index, document] of documents.entries()) {
      const described = this.#described(file, document)
      this.#documents.push(described)
      if (document.inside !== '') this.#inside.set(described.name, { fileSha256, index })
    }
    for (const { inside, code, params } of skipped) {
      const name = nameInside(file, inside)
      this.#skipped.push({ name, file, error: new AppError(code, { ...params, name }) })
    }
  }

  /** A message brings every word anew; most documents have the same ones. */
  #described(file: string, { inside, pageStarts, ...document }: ReadDocument): Document {
    const shared = this.#shared
    return {
      name: nameInside(file, inside),
      file,
      sha256: document.sha256,
      bytes: document.bytes,
      format: shared.of(document.format),
      encoding: shared.of(document.encoding),
      characters: document.characters,
      textBytes: document.textBytes,
      textSha256: document.textSha256,
      language: shared.of(document.language),
      steps: shared.of(document.steps),
      pages: pageStarts.length === 0 ? null : pageStarts.length,
      health: shared.of(document.health),
    }
  }

  result(): DocumentFolder {
    const documents = this.#documents.sort(byName)
    const { ocr, limits } = this.#choices
    // One object for all files of a kind, of which the store makes something once.
    const known = new Map<string, ReadingOptions>()
    const optionsOf = (file: string): ReadingOptions => {
      const kind = extname(file)
      const options = known.get(kind) ?? readingOptions(file, ocr, limits)
      known.set(kind, options)
      return options
    }
    const find = ({ name }: Named): { document: Document; place: TextPlace } => {
      const document = foundByName(documents, name)
      if (document === null) throw new AppError('documents/text-gone', { name })
      const options = optionsOf(document.file)
      const { fileSha256, index } = this.#inside.get(name) ?? { fileSha256: document.sha256, index: 0 }
      return { document, place: { fileSha256, options, index } }
    }
    return {
      documents,
      skipped: this.#skipped.sort(byName),
      textOf: async (named) => {
        const { document, place } = find(named)
        return await this.#store.text(place, document)
      },
      pageStartsOf: async (named) => await this.#store.pageStarts(find(named).place, named.name),
      sketchHeadOf: async (named) => await this.#store.sketchHead(find(named).place, named.name),
      passagesOf: async (named, from, count) =>
        await this.#store.passages(find(named).place, named.name, from, count),
    }
  }
}

/** @param sorted by name */
function foundByName(sorted: readonly Document[], name: string): Document | null {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]!.name < name) low = middle + 1
    else high = middle
  }
  const found = sorted[low]
  return found?.name === name ? found : null
}
