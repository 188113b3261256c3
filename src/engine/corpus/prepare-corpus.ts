import type { CorpusSplit, Language } from '../../shared/documents.ts'
import { AppError } from '../../shared/errors.ts'
import type { Document } from '../documents/index.ts'
import { sha256 } from '../kernel/files.ts'
import { groupDocuments } from './clusters.ts'
import { type Selection, selectDocuments, type SelectionOptions } from './select-documents.ts'
import type { SketchedDocuments } from './sketches.ts'
import { assignSplits, EVALUATE_ONLY, type SplitShares } from './split.ts'

export type CorpusDocument = Document & { readonly split: CorpusSplit }

export interface Corpus extends Omit<Selection, 'documents'> {
  /** Sorted by name. */
  readonly documents: readonly CorpusDocument[]
  /** SHA-256 over the texts; the same for the same set of texts, whatever their names, order or machine. */
  readonly sha256: string
  readonly languages: Readonly<Record<Language, number>>
  /** Names of the documents that share text or a mail and therefore a split; groups of two and more only. */
  readonly clusters: readonly (readonly string[])[]
}

export interface CorpusOptions extends SelectionOptions {
  readonly seed: number
  /** All documents are held out unless told otherwise. */
  readonly shares?: SplitShares
}

/**
 * Leaves out what is excluded or a copy, splits by cluster, and describes the result. From descriptions and
 * sketches alone: the same documents and options give the same corpus in any order and on any machine.
 *
 * @throws AppError corpus/empty, corpus/split-shares, corpus/too-few-documents, documents/text-gone
 */
export async function prepareCorpus(
  folder: SketchedDocuments,
  { seed, shares = EVALUATE_ONLY, ...options }: CorpusOptions,
): Promise<Corpus> {
  const { documents } = folder
  const { documents: selected, ...leftOut } = await selectDocuments(folder, options)
  if (selected.length === 0) throw new AppError('corpus/empty', { documents: documents.length })

  const mails = documents.filter(({ format }) => format === 'eml' || format === 'msg').map(({ name }) => name)
  const selection = { ...folder, documents: selected }
  const groupOf = await groupDocuments(selection, leftOut.nearDuplicates, new Set(mails))
  const groups = [...Map.groupBy(selected, (_, index) => groupOf[index]!).values()]
  const splits = assignSplits(
    groups.map((group) => group.map(({ textSha256 }) => textSha256)),
    shares,
    seed,
  )
  const languages = { ja: 0, en: 0, other: 0 }
  for (const { language } of selected) languages[language]++
  return {
    documents: selected.map((document) => ({ ...document, split: splits.get(document.textSha256)! })),
    ...leftOut,
    sha256: textsSha256(selected),
    languages,
    clusters: groups.filter(({ length }) => length > 1).map((group) => group.map(({ name }) => name)),
  }
}

/** SHA-256 over a set of texts, whatever their names and order. */
export function textsSha256(documents: readonly { readonly textSha256: string }[]): string {
  return sha256(
    documents
      .map(({ textSha256 }) => textSha256)
      .sort()
      .join('\n'),
  )
}
