import type { DocumentEntry, DocumentsOverview, DocumentText } from '../../../shared/contract/documents.ts'
import type { CorpusSettings } from '../../../shared/documents.ts'
import { type AppError, withoutStack } from '../../../shared/errors.ts'
import { selectDocuments, type Selection, textsSha256 } from '../../corpus/index.ts'
import { type Document, type DocumentFolder, readDocumentNamed } from '../../documents/index.ts'
import { byName } from '../../kernel/order.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import { findSensitive } from '../../text/index.ts'
import { readingChoices } from './corpus-of.ts'
import type { Surveys } from './surveys.ts'

/** A folder of documents, and how a corpus is made of it. */
export interface DocumentsInput {
  readonly folder: string
  readonly corpus: CorpusSettings
  readonly surveys: Surveys
}

/** Passages that are pointed out in one text. */
const MAX_POINTED_OUT = 1000

/**
 * What an evaluation would make of every file of a folder, even where it could read none.
 *
 * @throws AppError file/not-found, file/unreadable, documents/not-a-folder, documents/too-many
 */
export async function documentsOverview(
  { folder, corpus, surveys }: DocumentsInput,
  ctx: RunContext,
): Promise<DocumentsOverview> {
  const overview = async (found: DocumentFolder): Promise<DocumentsOverview> => {
    ctx.signal.throwIfAborted()
    const selection = await selectDocuments(found, corpus)
    return {
      folder,
      documents: [...readEntries(found, selection), ...skippedEntries(found)].sort(byName),
      characters: selection.documents.reduce((sum, { characters }) => sum + characters, 0),
      sha256: selection.documents.length === 0 ? null : textsSha256(selection.documents),
    }
  }
  return await surveys.with(folder, readingChoices(corpus, surveys.texts), overview, ctx)
}

/**
 * A document's text as it is scored.
 *
 * @throws AppError documents/not-found, documents/* with the reason why it cannot be used, cancelled
 */
export async function documentText(
  { folder, corpus, surveys }: DocumentsInput,
  name: string,
  ctx: RunContext,
): Promise<DocumentText> {
  const choices = readingChoices(corpus, surveys.texts)
  const { text, pageStarts } = await readDocumentNamed(folder, name, choices, ctx)
  return {
    name,
    text,
    pageStarts: [...pageStarts],
    sensitive: findSensitive(text).slice(0, MAX_POINTED_OUT),
  }
}

function readEntries({ documents }: DocumentFolder, selection: Selection): DocumentEntry[] {
  const counted = new Set(selection.documents.map(({ name }) => name))
  const excluded = new Set(selection.excluded)
  const originals = new Map(selection.duplicates.map(({ name, of }) => [name, of]))
  const near = new Map(selection.nearDuplicates.map(({ name, ...original }) => [name, original]))
  const stateOf = ({ name, health }: Document): DocumentEntry['state'] => {
    if (excluded.has(name)) return 'excluded'
    if (originals.has(name)) return 'duplicate'
    if (!counted.has(name)) return 'near-duplicate'
    return health.unreadable > 0 ? 'damaged' : 'ready'
  }
  return documents.map((document) => {
    const { name, file, format, encoding, bytes, characters, pages, language, health, steps } = document
    return {
      name,
      file,
      state: stateOf(document),
      format,
      encoding,
      bytes,
      characters,
      pages,
      language,
      duplicateOf: originals.get(name) ?? null,
      nearDuplicate: near.get(name) ?? null,
      health,
      steps,
      problem: null,
    }
  })
}

/** Whether a file was left unread because the project was told to forget it. */
export const isForgotten = ({ code }: AppError): boolean => code === 'documents/forgotten'

const skippedEntries = ({ skipped }: DocumentFolder): DocumentEntry[] =>
  skipped.map(({ name, file, error }) => ({
    name,
    file,
    ...(isForgotten(error)
      ? { state: 'forgotten', problem: null }
      : { state: 'skipped', problem: withoutStack(error) }),
    format: null,
    encoding: null,
    bytes: null,
    characters: null,
    pages: null,
    language: null,
    duplicateOf: null,
    nearDuplicate: null,
    health: null,
    steps: [],
  }))
