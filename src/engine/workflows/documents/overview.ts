import type { DocumentEntry, DocumentsOverview } from '../../shared/contract/documents.ts'
import { withoutStack } from '../../shared/errors.ts'
import { type DistinctTexts, distinctTexts, normalizeText } from '../corpus/index.ts'
import {
  type Document,
  type DocumentFolder,
  folderDigest,
  readDocumentNamed,
  surveyDocuments,
} from '../documents/index.ts'
import type { RunContext } from '../kernel/run-context.ts'

/**
 * What an evaluation would make of every file of a folder, even where it could read none.
 *
 * @throws AppError file/not-found, file/unreadable, documents/not-a-folder, documents/too-many, documents/too-much-text
 */
export async function documentsOverview(folder: string, ctx: RunContext): Promise<DocumentsOverview> {
  const found = await surveyDocuments(folder, ctx)
  ctx.signal.throwIfAborted()
  const texts = distinctTexts(found.documents)
  return {
    folder,
    documents: [...readEntries(found, texts), ...skippedEntries(found)].sort(byName),
    characters: texts.distinct.reduce((sum, { characters }) => sum + characters, 0),
  }
}

/** Equal as long as an overview of the folder would be the same. @throws AppError as listing the folder does */
export const documentsDigest = (folder: string, ctx: RunContext): Promise<string> =>
  folderDigest(folder, ctx.signal)

/**
 * A document's text as it is scored.
 *
 * @throws AppError file/not-found, documents/* with the reason why it cannot be used, cancelled
 */
export async function documentText(folder: string, name: string, ctx: RunContext): Promise<string> {
  return normalizeText((await readDocumentNamed(folder, name, ctx)).text).text
}

function readEntries(
  { documents }: DocumentFolder,
  { distinct, duplicates, blank }: DistinctTexts,
): DocumentEntry[] {
  const texts = new Map(distinct.map((text) => [text.name, text]))
  const originals = new Map(duplicates.map(({ name, of }) => [name, of]))
  const empty = new Set(blank)
  return documents.map((document) => {
    const { name, format, encoding, bytes, brokenCharacters } = document
    const duplicateOf = originals.get(name) ?? null
    const text = texts.get(duplicateOf ?? name)
    return {
      name,
      state: stateOf(document, { isBlank: empty.has(name), isDuplicate: duplicateOf !== null }),
      format,
      encoding,
      bytes,
      characters: text?.characters ?? 0,
      language: text?.language ?? null,
      brokenCharacters,
      duplicateOf,
      problem: null,
    }
  })
}

function stateOf(
  { brokenCharacters }: Document,
  { isBlank, isDuplicate }: { readonly isBlank: boolean; readonly isDuplicate: boolean },
): DocumentEntry['state'] {
  if (isBlank) return 'blank'
  if (isDuplicate) return 'duplicate'
  return brokenCharacters > 0 ? 'damaged' : 'ready'
}

const skippedEntries = ({ skipped }: DocumentFolder): DocumentEntry[] =>
  skipped.map(({ name, error }) => ({
    name,
    state: 'skipped',
    format: null,
    encoding: null,
    bytes: null,
    characters: null,
    language: null,
    brokenCharacters: 0,
    duplicateOf: null,
    problem: withoutStack(error),
  }))

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
