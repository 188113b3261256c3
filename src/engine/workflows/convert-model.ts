import { resolve } from 'node:path'

import type { CorpusSettings } from '../../shared/documents.ts'
import { AppError } from '../../shared/errors.ts'
import {
  assertKvHeads,
  calibrationWindows,
  collectHeadStatistics,
  convertModel,
  type ConversionMethod,
  type ModelWeights,
} from '../conversion/index.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { provenanceFile, roundToStored, writeHfFolder } from '../models/index.ts'
import { openBackend } from '../runtime/index.ts'
import { ParameterStore } from '../tuning/index.ts'
import { chooseConversion, type ConversionLosses } from './measure-conversions.ts'
import { measureLoss, type MeasuredLoss } from './measure-loss.ts'
import { assertFolderFree, documentBoundary, readModel, type ModelInMemory } from './model-in-memory.ts'
import { readTuningCorpus, type TuningCorpus } from './tuning-corpus.ts'

export { CONVERSION_METHODS } from '../conversion/index.ts'

export interface ConvertModelInput {
  /** A Hugging Face model folder. */
  readonly model: string
  /** The folder to make; it must be new or empty. */
  readonly out: string
  /** n_kv of the result; divides the source's. */
  readonly kvHeads: number
  /** `auto` takes the method with the lowest loss on the validation documents. */
  readonly method: ConversionMethod | 'auto'
  /** Folder of documents for calibration; only `mean` works without. */
  readonly documents: string | null
  readonly corpus: CorpusSettings
  readonly seed: number
  /** Soroban's own folder. */
  readonly home: string
  readonly threads: number
}

export interface ConvertModelReport {
  /** Absolute path. */
  readonly folder: string
  readonly method: ConversionMethod
  readonly kvHeads: { readonly from: number; readonly to: number }
  /** On the held-out documents; null without documents. */
  readonly losses: { readonly source: MeasuredLoss; readonly converted: MeasuredLoss } | null
  /** For `auto`: every method's loss on the validation documents. */
  readonly candidates: readonly { readonly method: ConversionMethod; readonly validation: MeasuredLoss }[]
  readonly skipped: TuningCorpus['skipped']
  readonly unknownExclusions: TuningCorpus['unknownExclusions']
}

const CALIBRATION_WINDOWS = 32
const CALIBRATION_LENGTH = 512
/** Positions in a window when losses are measured. */
const MEASURING_WINDOW = 1024

/**
 * Converts a model to fewer KV heads and writes it as a Hugging Face folder. The losses are those of the weights as
 * they are written.
 *
 * @throws AppError conversion/heads, conversion/no-documents, conversion/not-finite, models/*, documents/*, corpus/*, runtime/*, cancelled
 */
export async function convertModelFolder(
  input: ConvertModelInput,
  ctx: RunContext,
): Promise<ConvertModelReport> {
  const { kvHeads, documents } = input
  await assertFolderFree(input.out)
  const source = await readModel(input.model, ctx)
  const { config } = source.store
  assertKvHeads(config, kvHeads)
  const { model, seenTexts, ...report } =
    documents === null
      ? await convertWithoutDocuments(source, input, ctx)
      : await convertOnDocuments(
          source,
          await readTuningCorpus({ ...input, folder: documents }, ctx),
          input,
          ctx,
        )
  await writeHfFolder(input.out, {
    ...model,
    dtype: source.dtype,
    tokenizerJson: source.tokenizerJson,
    extraFiles: provenanceFile([...source.seenTexts, ...seenTexts]),
  })
  return { folder: resolve(input.out), kvHeads: { from: config.kvHeads, to: kvHeads }, ...report }
}

interface Converted extends Pick<
  ConvertModelReport,
  'method' | 'losses' | 'candidates' | 'skipped' | 'unknownExclusions'
> {
  readonly model: ModelWeights
  readonly seenTexts: readonly string[]
}

/** @throws AppError conversion/no-documents unless the method is `mean` */
async function convertWithoutDocuments(
  { store }: ModelInMemory,
  { kvHeads, method }: ConvertModelInput,
  ctx: RunContext,
): Promise<Converted> {
  if (method !== 'mean') throw new AppError('conversion/no-documents', { method })
  const source: ModelWeights = { config: store.config, weights: store.tensors() }
  const model = await convertModel(source, { kvHeads, method, statistics: null }, ctx)
  return { method, model, losses: null, candidates: [], skipped: [], unknownExclusions: [], seenTexts: [] }
}

async function convertOnDocuments(
  { store, tokenizer, dtype }: ModelInMemory,
  corpus: TuningCorpus,
  { kvHeads, method, threads, out }: ConvertModelInput,
  ctx: RunContext,
): Promise<Converted> {
  const { config } = store
  const source: ModelWeights = { config, weights: store.tensors() }
  const backend = await openBackend(ctx)
  const measuring = { tokenizer, backend, window: Math.min(MEASURING_WINDOW, config.maxPositions), threads }
  const loss = (measured: ParameterStore, part: 'validation' | 'heldOut'): Promise<MeasuredLoss> =>
    measureLoss(measured, corpus[part], measuring, ctx)

  const tokens = corpus.tuning.map(({ text }) => tokenizer.encode(text))
  const length = Math.min(CALIBRATION_LENGTH, config.maxPositions)
  const windows = calibrationWindows(tokens, documentBoundary(tokenizer), CALIBRATION_WINDOWS, length)
  const statistics = await collectHeadStatistics({ ...source, kvHeads, windows, backend, threads }, ctx)
  const options = { kvHeads, statistics }
  const validationLosses = async (candidate: ParameterStore): Promise<ConversionLosses> => ({
    validation: await loss(candidate, 'validation'),
  })
  const chosen =
    method === 'auto'
      ? await chooseConversion(source, options, validationLosses, ctx)
      : { method, model: await convertModel(source, { ...options, method }, ctx), candidates: [] }
  const result = ParameterStore.from(chosen.model.config, chosen.model.weights)
  const weights = result.tensors()
  roundToStored(weights, dtype, out)
  return {
    method: chosen.method,
    model: { config: result.config, weights },
    losses: { source: await loss(store, 'heldOut'), converted: await loss(result, 'heldOut') },
    candidates: chosen.candidates.map((candidate) => ({
      method: candidate.method,
      validation: candidate.losses.validation,
    })),
    skipped: corpus.skipped,
    unknownExclusions: corpus.unknownExclusions,
    seenTexts: corpus.seenTexts,
  }
}
