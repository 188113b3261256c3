import { basename } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'

import type { CorpusOverview, Lengths } from '../../../shared/contract/corpus.ts'
import { CORPUS_SPLITS, NORMALIZATION_STEPS, READ_STEPS } from '../../../shared/documents.ts'
import { withoutStack } from '../../../shared/errors.ts'
import { type Corpus, coverage, lengthHistogram } from '../../corpus/index.ts'
import { assertSomeRead, type DocumentFolder } from '../../documents/index.ts'
import { ProgressMeter } from '../../kernel/eta.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import { loadTokenizer, type Tokenizer } from '../../tokens/index.ts'
import { corpusOf, readingChoices } from './corpus-of.ts'
import { type DocumentsInput, isForgotten } from './overview.ts'

export interface CorpusInput extends DocumentsInput {
  readonly seed: number
  /** Model folders whose tokenizers count. */
  readonly models: readonly string[]
}

/** Tokens of texts by tokenizer and text (SHA-256 of each), so that a text is counted once. */
export type TokenCounts = Map<string, number>

/** Some megabytes of counts; beyond, the oldest are made again. */
const MOST_COUNTS = 100_000

const COVERED_SHARES = [0.5, 0.9, 0.99] as const

/**
 * The corpus that a run would use: what counts, how long its documents are in characters and in each model's tokens,
 * and how it is split. A model whose tokenizer cannot be read is told with its reason.
 *
 * @throws AppError documents/*, corpus/*, file/*, cancelled
 */
export async function corpusOverview(
  input: CorpusInput,
  counts: TokenCounts,
  ctx: RunContext,
): Promise<CorpusOverview> {
  const { folder, corpus, surveys } = input
  const overview = async (found: DocumentFolder): Promise<CorpusOverview> =>
    await overviewOf(found, input, counts, ctx)
  return await surveys.with(folder, readingChoices(corpus, surveys.texts), overview, ctx)
}

async function overviewOf(
  found: DocumentFolder,
  { folder, corpus: settings, seed, models }: CorpusInput,
  counts: TokenCounts,
  ctx: RunContext,
): Promise<CorpusOverview> {
  assertSomeRead(found, folder)
  const corpus = await corpusOf(found, settings, seed)
  const tokens = await tokensOf({ corpus, textOf: found.textOf }, models, counts, ctx)
  const { documents, duplicates, nearDuplicates, excluded } = corpus
  const forgotten = found.skipped.filter(({ error }) => isForgotten(error)).length
  return {
    sha256: corpus.sha256,
    documents: documents.length,
    seed,
    leftOut: {
      excluded: excluded.length,
      duplicate: duplicates.length,
      nearDuplicate: settings.nearDuplicates === 'drop' ? nearDuplicates.length : 0,
      skipped: found.skipped.length - forgotten,
      forgotten,
    },
    languages: corpus.languages,
    steps: [...READ_STEPS, ...NORMALIZATION_STEPS]
      .map((step) => ({ step, documents: documents.filter(({ steps }) => steps.includes(step)).length }))
      .filter((entry) => entry.documents > 0),
    characters: lengthsOf(documents.map(({ characters }) => characters)),
    tokens,
    splits: CORPUS_SPLITS.map((split) => {
      const own = documents.filter((document) => document.split === split)
      return {
        split,
        documents: own.length,
        characters: own.reduce((sum, { characters }) => sum + characters, 0),
        names: own.map(({ name }) => name),
      }
    }).filter((part) => part.documents > 0),
    clusters: corpus.clusters.map((names) => [...names]),
  }
}

type CorpusTexts = { readonly corpus: Corpus } & Pick<DocumentFolder, 'textOf'>

/** Each tokenizer once, with the models that share it. */
async function tokensOf(
  texts: CorpusTexts,
  models: readonly string[],
  counts: TokenCounts,
  ctx: RunContext,
): Promise<CorpusOverview['tokens']> {
  const entries: CorpusOverview['tokens'] = []
  const known = new Map<string, CorpusOverview['tokens'][number]>()
  for (const folder of models) {
    const name = basename(folder)
    try {
      const tokenizer = await loadTokenizer(folder, ctx)
      const same = known.get(tokenizer.sha256)
      if (same !== undefined) {
        same.models.push(name)
        continue
      }
      const lengths = await tokenLengths(texts, tokenizer, counts, ctx)
      const entry = { models: [name], counted: { ok: true as const, lengths } }
      known.set(tokenizer.sha256, entry)
      entries.push(entry)
    } catch (error) {
      ctx.signal.throwIfAborted()
      entries.push({ models: [name], counted: { ok: false, problem: withoutStack(error) } })
    }
  }
  return entries
}

async function tokenLengths(
  { corpus: { documents }, textOf }: CorpusTexts,
  tokenizer: Tokenizer,
  counts: TokenCounts,
  ctx: RunContext,
): Promise<Lengths> {
  const meter = new ProgressMeter({ kind: 'tokenize', unit: 'documents' }, documents.length, ctx.report)
  const lengths: number[] = []
  for (const document of documents) {
    const key = `${tokenizer.sha256} ${document.textSha256}`
    let length = counts.get(key)
    if (length === undefined) {
      // Whoever cancels is heard between two documents.
      await nextTurn()
      ctx.signal.throwIfAborted()
      length = tokenizer.encode(await textOf(document)).length
      counts.set(key, length)
      if (counts.size > MOST_COUNTS) counts.delete(counts.keys().next().value!)
    }
    lengths.push(length)
    meter.advance()
  }
  return lengthsOf(lengths)
}

const lengthsOf = (lengths: readonly number[]): Lengths => ({
  total: lengths.reduce((sum, length) => sum + length, 0),
  histogram: lengthHistogram(lengths),
  coverage: [...coverage(lengths, COVERED_SHARES)],
})
