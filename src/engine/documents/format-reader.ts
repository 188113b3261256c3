import type { DocumentFormat, DocumentHealth, ReadStep, TextEncoding } from '../../shared/documents.ts'
import type { ReadLimits } from './document.ts'
import type { UnpackBudget } from './unpack-budget.ts'

/** What a reader of one format is given. */
export interface ReaderInput {
  readonly bytes: Uint8Array
  /** How the document is called in errors. */
  readonly name: string
  readonly limits: ReadLimits
  /** Everything that is inflated, in whatever depth, is taken from it. */
  readonly budget: UnpackBudget
  /** Whether pictures of text are to be recognised. */
  readonly ocr: boolean
  /** Tells that a part of long work is finished, such as a recognised page: the time limit counts from here. */
  readonly advance?: () => void
}

/** A file inside another one: an entry of an archive, an attachment of a mail. */
export interface EmbeddedFile {
  /** As the container spells it: a path with `/`, perhaps hostile. */
  readonly name: string
  /** @throws AppError documents/… where it cannot be had */
  readonly read: () => Uint8Array
}

/** What a reader makes of a file, before normalisation. */
export interface Extracted {
  /**
   * The readable text in reading order: paragraphs, cells of a row apart by tabs, no words that the document does not
   * show. Pages, slides and sheets are apart by form feeds. Null for a mere container.
   */
  readonly text: string | null
  readonly encoding?: TextEncoding
  /** Whether form feeds in `text` are page breaks. */
  readonly hasPages?: boolean
  /** What the reader changed or left out. */
  readonly steps?: readonly ReadStep[]
  readonly health?: Partial<
    Pick<DocumentHealth, 'pagesWithoutText' | 'ocr' | 'formulasWithoutResult' | 'macros'>
  >
  readonly embedded?: Iterable<EmbeddedFile>
}

/**
 * Reads one format. Runs in a child process with limits on time and memory.
 *
 * @throws AppError documents/… with the reason why the file cannot be used
 */
export type FormatReader = (input: ReaderInput) => Extracted | Promise<Extracted>

/** What a file is by its content: a document, or nothing but a container of files. */
export type FileFormat = DocumentFormat | 'zip' | 'gzip'
