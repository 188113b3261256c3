import { setImmediate as nextTurn } from 'node:timers/promises'

import { AppError } from '../../../shared/errors.ts'
import type { ArmResult, Results } from '../../../shared/results.ts'
import type { Provider } from '../../../shared/settings.ts'
import type { DocumentFacts } from '../../comparison/index.ts'
import { type Corpus, type CorpusDocument, textsSha256 } from '../../corpus/index.ts'
import { type DocumentFolder, readDocuments } from '../../documents/index.ts'
import { ProgressMeter } from '../../kernel/eta.ts'
import { sha256 } from '../../kernel/files.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import { packageVersion } from '../../kernel/version.ts'
import type { RunPlan } from '../../runs/index.ts'
import { assertProviderAvailable, probeBackend } from '../../runtime/index.ts'
import {
  encodeDocument,
  rollingWindows,
  type ScorableDocument,
  type ScoringWindow,
  type Tokenizer,
  tokenizersAgree,
} from '../../tokens/index.ts'
import { type ArmModel, checkModel, type CheckedModel, compileModel } from '../arm-model.ts'
import { corpusOf, readingChoices, unknownExclusions } from '../documents/corpus-of.ts'
import type { Storage } from '../home.ts'
import { armIds, planUnits } from './plan-units.ts'
import {
  LONGEST_QUALITY_WINDOW,
  MEASURED_TOKENS,
  type PocSettings,
  SELF_CHECK_WINDOWS,
  SPEED_REPETITIONS,
} from './settings.ts'
import { inputWarnings, type Warning } from './warnings.ts'

/** A document under one tokenizer. */
export interface WindowedDocument {
  readonly scorable: ScorableDocument
  readonly windows: readonly ScoringWindow[]
}

export interface PreparedArm {
  readonly id: string
  readonly role: ArmResult['role']
  readonly model: ArmModel
  /** Same tokenizer and logits of the same size as the baseline: scored side by side with it. True for the baseline. */
  readonly paired: boolean
  readonly documents: ReadonlyMap<string, WindowedDocument>
}

/** Everything a run needs in memory, and the plan that identifies it. */
export interface PreparedPoc {
  readonly settings: PocSettings
  readonly arms: readonly PreparedArm[]
  readonly documents: readonly DocumentFacts[]
  readonly corpus: Results['corpus']
  readonly window: number
  readonly warnings: readonly Warning[]
  readonly plan: RunPlan
}

/**
 * Reads and checks all inputs of a proof of concept, cheap checks first, then compiles the models and lays out the
 * units. Documents that are set apart for tuning, or that one of the models was made from, are left out.
 *
 * @throws AppError documents/*, corpus/*, models/*, tokens/*, poc/*, cancelled
 */
export async function preparePoc(
  settings: PocSettings,
  { graphs, texts }: Pick<Storage, 'graphs' | 'texts'>,
  ctx: RunContext,
): Promise<PreparedPoc> {
  await checkProvider(settings.provider, ctx)
  const checked: CheckedModel[] = []
  for (const model of [settings.baseline, ...settings.candidates]) {
    checked.push(await checkModel(model, settings.quantization, ctx))
  }
  const ids = armIds(checked.map(({ facts }) => facts.name))
  checkContexts(settings, checked, ids)
  checked.forEach(checkScores)
  const folder = await readDocuments(settings.documents, readingChoices(settings.corpus, texts), ctx)
  const split = await corpusOf(folder, settings.corpus, settings.seed)
  const whole = heldOutOf(split)
  const corpus = withoutSeenTexts(whole, checked)
  if (corpus.documents.length === 0)
    throw new AppError('poc/all-documents-seen', { path: settings.documents })
  const models: ArmModel[] = []
  for (const model of checked) {
    models.push(await compileModel(model, { quantization: settings.quantization, cacheFolder: graphs }, ctx))
  }
  const window = Math.min(LONGEST_QUALITY_WINDOW, ...models.map(({ maxPositions }) => maxPositions))
  const encoded = await encodeAll({ corpus, textOf: folder.textOf }, models, ids, window, ctx)
  const usable = corpus.documents.filter(({ name }) =>
    encoded.every(({ documents }) => (documents.get(name)?.windows.length ?? 0) > 0),
  )
  if (usable.length === 0) throw new AppError('poc/nothing-to-score', { path: settings.documents })
  return {
    settings,
    arms: encoded,
    documents: usable.map((document) => documentFacts(document, encoded)),
    corpus: corpusFacts(corpus, usable, encoded[0]!),
    window,
    warnings: inputWarnings(
      {
        folder,
        split,
        whole,
        corpus,
        usable,
        arms: encoded,
        dropsNearDuplicates: settings.corpus.nearDuplicates === 'drop',
        unknownExclusions: unknownExclusions(settings.corpus, folder),
      },
      settings.locale,
    ),
    plan: planOf(settings, encoded, corpus, usable),
  }
}

/** @throws AppError runtime/provider-missing */
async function checkProvider(provider: Provider, ctx: RunContext): Promise<void> {
  if (provider === 'cpu') return // Part of every build.
  assertProviderAvailable(provider, (await probeBackend(ctx)).report.providers)
}

/** What is set apart for tuning is not measured on. */
function heldOutOf(corpus: Corpus): Corpus {
  return only(
    corpus,
    corpus.documents.filter(({ split }) => split === 'held-out'),
  )
}

/** Documents that a model was converted or trained on would flatter it. */
function withoutSeenTexts(corpus: Corpus, models: readonly CheckedModel[]): Corpus {
  const seen = new Set(models.flatMap(({ seenTexts }) => seenTexts))
  return only(
    corpus,
    corpus.documents.filter(({ textSha256 }) => !seen.has(textSha256)),
  )
}

function only(corpus: Corpus, documents: readonly CorpusDocument[]): Corpus {
  if (documents.length === corpus.documents.length) return corpus
  return { ...corpus, documents, sha256: textsSha256(documents) }
}

/** @throws AppError poc/cannot-score for an ONNX folder whose graph keeps the last row only */
function checkScores({ opened, folder }: CheckedModel): void {
  if (opened.kind !== 'onnx') return
  const { outputs } = opened.model.io
  if (outputs.kind === 'logits' && outputs.rows === 'last') throw new AppError('poc/cannot-score', { folder })
}

/** @throws AppError poc/context-too-short, poc/context-beyond-positions */
function checkContexts(
  { contexts }: PocSettings,
  models: readonly CheckedModel[],
  ids: readonly string[],
): void {
  const least = 2 * MEASURED_TOKENS
  for (const context of contexts) {
    if (context < least) throw new AppError('poc/context-too-short', { context, least })
    models.forEach(({ maxPositions: positions }, index) => {
      if (context > positions) {
        throw new AppError('poc/context-beyond-positions', { context, arm: ids[index] ?? '', positions })
      }
    })
  }
}

async function encodeAll(
  { corpus, textOf }: { readonly corpus: Corpus } & Pick<DocumentFolder, 'textOf'>,
  models: readonly ArmModel[],
  ids: readonly string[],
  window: number,
  ctx: RunContext,
): Promise<PreparedArm[]> {
  const baseline = models[0]!
  const known: { tokenizer: Tokenizer; documents: ReadonlyMap<string, WindowedDocument> }[] = []
  const arms: PreparedArm[] = []
  for (const [index, model] of models.entries()) {
    let shared = known.find(({ tokenizer }) => tokenizersAgree(tokenizer, model.tokenizer))
    if (shared === undefined) {
      const documents = await windowAll({ documents: corpus.documents, textOf }, model.tokenizer, window, ctx)
      shared = { tokenizer: model.tokenizer, documents }
      known.push(shared)
    }
    arms.push({
      id: ids[index]!,
      role: index === 0 ? 'baseline' : 'candidate',
      model,
      paired: tokenizersAgree(baseline.tokenizer, model.tokenizer) && baseline.vocabSize === model.vocabSize,
      documents: shared.documents,
    })
  }
  return arms
}

async function windowAll(
  { documents, textOf }: { readonly documents: readonly CorpusDocument[] } & Pick<DocumentFolder, 'textOf'>,
  tokenizer: Tokenizer,
  window: number,
  ctx: RunContext,
): Promise<ReadonlyMap<string, WindowedDocument>> {
  const meter = new ProgressMeter({ kind: 'tokenize', unit: 'documents' }, documents.length, ctx.report)
  const windowed = new Map<string, WindowedDocument>()
  for (const { name } of documents) {
    // A large corpus takes minutes; whoever watches this process, or cancels, is heard between two documents.
    await nextTurn()
    ctx.signal.throwIfAborted()
    const scorable = encodeDocument(tokenizer, await textOf({ name }))
    windowed.set(name, { scorable, windows: rollingWindows(scorable.ids.length, window) })
    meter.advance()
  }
  return windowed
}

const documentFacts = (
  { name, sha256: hash, textBytes: bytes, characters }: CorpusDocument,
  arms: readonly PreparedArm[],
): DocumentFacts => ({
  name,
  sha256: hash,
  bytes,
  characters,
  scoredBytes: Object.fromEntries(
    arms.map(({ id, documents }) => [id, documents.get(name)!.scorable.scoredBytes]),
  ),
})

const corpusFacts = (
  corpus: Corpus,
  usable: readonly CorpusDocument[],
  baseline: PreparedArm,
): Results['corpus'] => ({
  documents: usable.length,
  bytes: usable.reduce((sum, { textBytes }) => sum + textBytes, 0),
  tokens: usable.reduce((sum, { name }) => sum + baseline.documents.get(name)!.scorable.scoredTokens, 0),
  sha256: corpus.sha256,
})

function planOf(
  settings: PocSettings,
  arms: readonly PreparedArm[],
  corpus: Corpus,
  usable: readonly CorpusDocument[],
): RunPlan {
  const names = usable.map(({ name }) => name)
  return {
    schema: 'soroban.plan/1',
    seed: settings.seed,
    settings,
    inputs: {
      software: sha256(`soroban ${packageVersion()}`),
      corpus: corpus.sha256,
      // One by one, so that a change is told by name.
      ...Object.fromEntries(usable.map(({ name, textSha256 }) => [`document:${name}`, textSha256])),
      ...Object.fromEntries(
        arms.flatMap(({ id, model }) => [
          [`model:${id}`, model.facts.sha256],
          [`tokenizer:${id}`, model.tokenizer.sha256],
        ]),
      ),
    },
    units: planUnits(
      names,
      arms.map(({ id, paired, documents }) => ({
        id,
        paired,
        windows: names.map((name) => documents.get(name)?.windows.length ?? 0),
      })),
      settings.contexts,
      { repetitions: SPEED_REPETITIONS, selfCheckWindows: SELF_CHECK_WINDOWS },
    ),
  }
}
