import { AppError } from '../../shared/errors.ts'
import type { Document } from '../documents/index.ts'
import { sha256 } from '../kernel/files.ts'
import { type HistogramBucket, lengthHistogram } from './histogram.ts'
import { guessLanguage, type Language } from './language.ts'
import { groupNearDuplicates } from './near-duplicates.ts'
import { type NormalizationStep, normalizeText } from './normalize.ts'
import { assignSplits, type CorpusSplit, EVALUATE_ONLY, type SplitShares } from './split.ts'

export interface CorpusDocument {
  readonly name: string
  /** SHA-256 of the file it came from. */
  readonly sha256: string
  /** SHA-256 of `text`. */
  readonly textSha256: string
  /** The normalised text. */
  readonly text: string
  /** UTF-16 code units of `text`. */
  readonly characters: number
  /** UTF-8 bytes of `text`. */
  readonly bytes: number
  readonly language: Language
  readonly split: CorpusSplit
  readonly steps: readonly NormalizationStep[]
}

export interface DistinctTexts {
  /** Sorted by name. */
  readonly distinct: readonly Omit<CorpusDocument, 'split'>[]
  /** Left out because their normalised text equals that of an earlier name. */
  readonly duplicates: readonly { readonly name: string; readonly of: string }[]
  /** Left out because nothing remained after normalisation. */
  readonly blank: readonly string[]
}

export interface Corpus extends Pick<DistinctTexts, 'duplicates' | 'blank'> {
  /** Sorted by name. */
  readonly documents: readonly CorpusDocument[]
  /** SHA-256 over the texts; the same for the same set of texts, whatever their names, order or machine. */
  readonly sha256: string
  readonly characters: number
  readonly bytes: number
  readonly languages: Readonly<Record<Language, number>>
  /** Documents by characters. */
  readonly lengths: readonly HistogramBucket[]
}

export interface CorpusOptions {
  readonly seed: number
  /** All documents are held out unless told otherwise. */
  readonly shares?: SplitShares
}

/**
 * Normalises, drops exact duplicates, splits by document, near-copies together, and describes the result. Pure: the
 * same documents and seed give the same corpus in any order and on any machine.
 *
 * @throws AppError corpus/empty, corpus/split-shares, corpus/too-few-documents
 */
export function prepareCorpus(
  documents: readonly Document[],
  { seed, shares = EVALUATE_ONLY }: CorpusOptions,
): Corpus {
  const { distinct, duplicates, blank } = distinctTexts(documents)
  if (distinct.length === 0) throw new AppError('corpus/empty', { documents: documents.length })

  const splits = assignSplits(groupsForSplit(distinct, shares), shares, seed)
  const kept = distinct.map((document) => ({ ...document, split: splits.get(document.textSha256)! }))
  const languages = { ja: 0, en: 0, other: 0 }
  for (const { language } of kept) languages[language]++
  return {
    documents: kept,
    duplicates,
    blank,
    sha256: textsSha256(kept),
    characters: kept.reduce((sum, { characters }) => sum + characters, 0),
    bytes: kept.reduce((sum, { bytes }) => sum + bytes, 0),
    languages,
    lengths: lengthHistogram(kept.map(({ characters }) => characters)),
  }
}

/** The normalised texts of documents, each once, and what was left out. Pure, in any order the same. */
export function distinctTexts(documents: readonly Document[]): DistinctTexts {
  const firstByText = new Map<string, Omit<CorpusDocument, 'split'>>()
  const duplicates: { name: string; of: string }[] = []
  const blank: string[] = []
  for (const { name, sha256: fileSha256, text: original } of documents.toSorted(byName)) {
    const { text, steps } = normalizeText(original)
    const textSha256 = sha256(text)
    const first = firstByText.get(textSha256)
    if (text === '') blank.push(name)
    else if (first !== undefined) duplicates.push({ name, of: first.name })
    else {
      firstByText.set(textSha256, {
        name,
        sha256: fileSha256,
        textSha256,
        text,
        characters: text.length,
        bytes: Buffer.byteLength(text),
        language: guessLanguage(text),
        steps,
      })
    }
  }
  return { distinct: [...firstByText.values()], duplicates, blank }
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

/** Content hashes of the documents that must come into one split. */
function groupsForSplit(
  documents: readonly Pick<CorpusDocument, 'text' | 'textSha256'>[],
  shares: SplitShares,
): string[][] {
  // With a single split there is nothing to keep apart.
  if (Object.values(shares).includes(1)) return documents.map(({ textSha256 }) => [textSha256])
  const groupOf = groupNearDuplicates(documents.map(({ text }) => text))
  const groups = Map.groupBy(documents.entries(), ([index]) => groupOf[index]!)
  return Array.from(groups.values(), (members) => members.map(([, { textSha256 }]) => textSha256))
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
