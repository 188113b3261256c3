import { AppError } from '../../shared/errors.ts'
import { byName } from '../kernel/order.ts'
import type { Document, DocumentLimits } from './document.ts'
import type { DocumentReader } from './document-reader.ts'
import type { SkippedFile } from './list-files.ts'
import type { FileReading } from './read-file.ts'
import { readingOptions } from './reading.ts'
import type { TextStore } from './text-store.ts'

/** Documents as descriptions, and where their texts lie. */
export interface DocumentFolder {
  /** Sorted by name. */
  readonly documents: readonly Document[]
  /** What was found but not read, with the reason; sorted by name. */
  readonly skipped: readonly SkippedFile[]
  /** The normalised text of one of the documents. @throws AppError documents/text-gone */
  readonly textOf: (document: Pick<Document, 'name'>) => Promise<string>
  /** SHA-256 of each file that was read, by its name. */
  readonly files: ReadonlyMap<string, string>
}

const nameInside = (file: string, inside: string): string => (inside === '' ? file : `${file}/${inside}`)

/** What was found so far, and where its texts lie. */
export class Survey {
  readonly #store: TextStore
  readonly #choices: { readonly ocr: boolean; readonly limits: DocumentLimits }
  readonly #documents: Document[] = []
  readonly #skipped: SkippedFile[]
  readonly #texts = new Map<
    string,
    { readonly fileSha256: string; readonly file: string; readonly index: number }
  >()
  readonly #files = new Map<string, string>()

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

  #add(file: string, { sha256, documents, skipped }: FileReading): void {
    this.#files.set(file, sha256)
    for (const [index, { inside, ...document }] of documents.entries()) {
      const name = nameInside(file, inside)
      this.#documents.push({ ...document, name, file })
      this.#texts.set(name, { fileSha256: sha256, file, index })
    }
    for (const { inside, code, params } of skipped) {
      const name = nameInside(file, inside)
      this.#skipped.push({ name, file, error: new AppError(code, { ...params, name }) })
    }
  }

  result(): DocumentFolder {
    const descriptions = new Map(this.#documents.map((document) => [document.name, document]))
    return {
      documents: this.#documents.sort(byName),
      skipped: this.#skipped.sort(byName),
      files: this.#files,
      textOf: async ({ name }) => {
        const place = this.#texts.get(name)
        const description = descriptions.get(name)
        if (place === undefined || description === undefined)
          throw new AppError('documents/text-gone', { name })
        const { ocr, limits } = this.#choices
        const options = readingOptions(place.file, ocr, limits)
        return await this.#store.text(place.fileSha256, options, place.index, description)
      },
    }
  }
}
