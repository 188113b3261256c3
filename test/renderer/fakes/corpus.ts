import type { CorpusOverview, Lengths } from '../../../src/shared/contract/corpus.ts'
import type { DocumentEntry, DocumentsOverview } from '../../../src/shared/contract/documents.ts'
import type { CorpusSettings, CorpusSplit } from '../../../src/shared/documents.ts'
import { BASELINE, CANDIDATE } from './models.ts'

const BUCKETS = 8

/** Lengths in equal buckets, and those that cover so many of them. */
function lengthsOf(lengths: readonly number[]): Lengths {
  const sorted = lengths.toSorted((a, b) => a - b)
  const width = Math.ceil(((sorted.at(-1) ?? 0) + 1) / BUCKETS)
  return {
    total: sorted.reduce((sum, length) => sum + length, 0),
    histogram: Array.from({ length: BUCKETS }, (_, index) => ({
      from: index * width,
      to: (index + 1) * width,
      count: sorted.filter((length) => Math.floor(length / width) === index).length,
    })),
    coverage: [0.5, 0.9, 0.99].map((share) => ({
      share,
      length: sorted[Math.ceil(share * sorted.length) - 1] ?? 0,
    })),
  }
}

const shareOf = (documents: readonly DocumentEntry[], from: number, to: number): readonly DocumentEntry[] =>
  documents.slice(Math.floor(documents.length * from), Math.floor(documents.length * to))

/** What the documents that count come to. @param models folders of the chosen models, as far as they are chosen */
export function corpusOverview(
  { documents }: DocumentsOverview,
  { purpose }: CorpusSettings,
  seed: number,
  models: readonly (string | null)[],
): CorpusOverview {
  const counted = documents.filter(({ state }) => state === 'ready' || state === 'damaged')
  const count = (state: DocumentEntry['state']): number =>
    documents.filter((each) => each.state === state).length
  const language = (of: DocumentEntry['language']): number =>
    counted.filter((each) => each.language === of).length
  const splits: readonly (readonly [CorpusSplit, readonly DocumentEntry[]])[] =
    purpose === 'evaluate'
      ? [['held-out', counted]]
      : [
          ['held-out', shareOf(counted, 0, 0.2)],
          ['tuning', shareOf(counted, 0.2, 0.9)],
          ['validation', shareOf(counted, 0.9, 1)],
        ]
  const known = [BASELINE, CANDIDATE].filter(({ folder }) => models.includes(folder))
  return {
    sha256: '4be10c77'.repeat(8),
    documents: counted.length,
    seed,
    leftOut: {
      excluded: count('excluded'),
      duplicate: count('duplicate'),
      nearDuplicate: count('near-duplicate'),
      skipped: count('skipped'),
      forgotten: count('forgotten'),
    },
    languages: { ja: language('ja'), en: language('en'), other: language('other') },
    steps: [
      { step: 'page-furniture', documents: 4 },
      { step: 'line-joins', documents: 4 },
      { step: 'ocr', documents: 2 },
      { step: 'line-ends', documents: counted.length - 2 },
      { step: 'compatibility-characters', documents: 1 },
    ],
    characters: lengthsOf(counted.map(({ characters }) => characters ?? 0)),
    tokens:
      known.length === 0
        ? []
        : [
            {
              models: known.map(({ name }) => name),
              counted: {
                ok: true,
                lengths: lengthsOf(counted.map(({ characters }) => Math.round((characters ?? 0) * 0.62))),
              },
            },
          ],
    splits: splits.map(([split, of]) => ({
      split,
      documents: of.length,
      characters: of.reduce((sum, { characters }) => sum + (characters ?? 0), 0),
      names: of.map(({ name }) => name),
    })),
    clusters: [counted.slice(0, 3).map(({ name }) => name), counted.slice(5, 7).map(({ name }) => name)],
  }
}
