import { setImmediate as nextTurn } from 'node:timers/promises'

import type { CorpusSettings } from '../../shared/documents.ts'
import { AppError } from '../../shared/errors.ts'
import type { Provider, Quantization } from '../../shared/settings.ts'
import { readDocuments } from '../documents/index.ts'
import { ProgressMeter } from '../kernel/eta.ts'
import type { RunContext } from '../kernel/run-context.ts'
import {
  bitsPerByte,
  type DocumentScores,
  evaluate,
  nll,
  perplexity,
  type WindowScores,
} from '../metrics/index.ts'
import { Arm } from '../runtime/index.ts'
import { encodeDocument, rollingWindows, type ScorableDocument, type ScoringWindow } from '../tokens/index.ts'
import { openArmModel } from './arm-model.ts'
import { corpusOf, readingChoices, unknownExclusions } from './documents/corpus-of.ts'
import { graphCache, textCache } from './home.ts'
import { graphFor, loadOptions } from './load-options.ts'
import { LONGEST_QUALITY_WINDOW } from './poc/settings.ts'

export interface ScoreDocumentsInput {
  readonly model: string
  /** Folder of documents. */
  readonly documents: string
  readonly corpus: CorpusSettings
  readonly provider: Provider
  readonly quantization: Quantization
  readonly threads: number
  /** Soroban's own folder. */
  readonly home: string
}

interface Score {
  /** Mean negative log-likelihood per token, nats. */
  readonly nll: number
  readonly bitsPerByte: number
  readonly perplexity: number
  readonly tokens: number
  readonly bytes: number
}

export interface DocumentsScore {
  readonly model: { readonly name: string; readonly sha256: string }
  readonly window: number
  /** Sorted by name. */
  readonly documents: readonly (Score & { readonly name: string })[]
  readonly total: Score
  /** Files that were not scored, with the reason. */
  readonly skipped: readonly { readonly name: string; readonly error: AppError }[]
  /** Names that were to be left out and are no documents of the folder. */
  readonly unknownExclusions: readonly string[]
}

/**
 * Scores every document of a folder with one model, over the same rolling windows as a proof of concept.
 *
 * @throws AppError documents/*, corpus/*, models/*, tokens/*, runtime/*, poc/nothing-to-score, cancelled
 */
export async function scoreDocuments(input: ScoreDocumentsInput, ctx: RunContext): Promise<DocumentsScore> {
  const { provider, threads, quantization } = input
  const model = await openArmModel(input.model, { quantization, cacheFolder: graphCache(input.home) }, ctx)
  const choices = readingChoices(input.corpus, textCache(input.home))
  const folder = await readDocuments(input.documents, choices, ctx)
  const corpus = await corpusOf(folder, input.corpus, 0)
  const window = Math.min(LONGEST_QUALITY_WINDOW, model.maxPositions)
  const documents: (ScorableDocument & { name: string; windows: readonly ScoringWindow[] })[] = []
  for (const document of corpus.documents) {
    // Whoever cancels is heard between two documents.
    await nextTurn()
    ctx.signal.throwIfAborted()
    const scorable = encodeDocument(model.tokenizer, await folder.textOf(document))
    const windows = rollingWindows(scorable.ids.length, window)
    documents.push({ name: document.name, ...scorable, windows })
  }
  const total = documents.reduce((sum, { windows }) => sum + windows.length, 0)
  if (total === 0) throw new AppError('poc/nothing-to-score', { path: input.documents })
  const meter = new ProgressMeter(
    { kind: 'score', label: model.facts.name, unit: 'windows' },
    total,
    ctx.report,
  )

  const id = model.facts.name
  await using process = await Arm.start({ name: id }, ctx)
  const options = loadOptions(provider, threads)
  const graphs = graphFor('score', model.graphs)
  await process.call('load', { model: id, graphs, options }, ctx)
  const scored: DocumentScores[] = []
  for (const { name, ids, scoredBytes, windows } of documents) {
    const scores: WindowScores[] = []
    for (const { start, end, scoreFrom } of windows) {
      const part = { ids: ids.slice(start, end), targetsFrom: scoreFrom - start }
      const { logProbs } = await process.call('score', { model: id, window: part }, { signal: ctx.signal })
      scores.push({ firstPosition: scoreFrom, logProbs })
      meter.advance()
    }
    if (scores.length > 0) scored.push({ document: name, bytes: scoredBytes, windows: scores })
  }
  return {
    model: { name: model.facts.name, sha256: model.facts.sha256 },
    window,
    documents: scored.map((document) => ({ name: document.document, ...scoreOf([document]) })),
    total: scoreOf(scored),
    skipped: folder.skipped,
    unknownExclusions: unknownExclusions(input.corpus, folder),
  }
}

function scoreOf(documents: readonly DocumentScores[]): Score {
  const tokens = documents.reduce(
    (sum, { windows }) => sum + windows.reduce((count, { logProbs }) => count + logProbs.length, 0),
    0,
  )
  return {
    nll: evaluate(nll, documents) ?? Number.NaN,
    bitsPerByte: evaluate(bitsPerByte, documents) ?? Number.NaN,
    perplexity: evaluate(perplexity, documents) ?? Number.NaN,
    tokens,
    bytes: documents.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
