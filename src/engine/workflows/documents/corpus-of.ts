import type { CorpusSettings } from '../../../shared/documents.ts'
import {
  type Corpus,
  EVALUATE_ONLY,
  prepareCorpus,
  type SketchedDocuments,
  TUNE_AND_EVALUATE,
} from '../../corpus/index.ts'
import type { ReadingChoices } from '../../documents/index.ts'

/** How the documents of a corpus are read. @param store folder of the text store */
export const readingChoices = ({ ocr, forgotten }: CorpusSettings, store: string): ReadingChoices => ({
  store,
  ocr,
  forgotten,
})

interface Named {
  readonly name: string
}

/** Names that were to be left out and that nothing in the folder has, such as mistyped ones. */
export function unknownExclusions(
  { excluded }: CorpusSettings,
  { documents, skipped = [] }: { readonly documents: readonly Named[]; readonly skipped?: readonly Named[] },
): string[] {
  const known = new Set([...documents, ...skipped].map(({ name }) => name))
  return excluded.filter((name) => !known.has(name))
}

/**
 * The corpus of documents by a project's or a run's settings.
 *
 * @throws AppError corpus/empty, corpus/too-few-documents, documents/text-gone
 */
export async function corpusOf(
  folder: SketchedDocuments,
  { excluded, nearDuplicates, purpose }: CorpusSettings,
  seed: number,
): Promise<Corpus> {
  const shares = purpose === 'tune' ? TUNE_AND_EVALUATE : EVALUATE_ONLY
  return await prepareCorpus(folder, { seed, shares, excluded, nearDuplicates })
}
