import { resolve } from 'node:path'

import type { CorpusSettings } from '../../shared/documents.ts'
import { AppError } from '../../shared/errors.ts'
import type { DecoderConfig } from '../graph/index.ts'
import { SeededRandom } from '../kernel/random.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { provenanceFile, roundToStored, writeHfFolder } from '../models/index.ts'
import { createTokenizer, tokenizerConfigJson, trainByteLevelBpe } from '../tokens/index.ts'
import { ParameterStore, pretrainingSettings, type CurvePoint } from '../tuning/index.ts'
import type { MeasuredLoss } from './measure-loss.ts'
import { assertFolderFree } from './model-in-memory.ts'
import { assertWindow, TrainingBench } from './training-bench.ts'
import { readTuningCorpus, type TuningCorpus } from './tuning-corpus.ts'

/** The part of a decoder's configuration that a user chooses; the rest is that of the Llama family. */
export interface TrainableShape {
  readonly layers: number
  /** d */
  readonly hiddenSize: number
  readonly intermediateSize: number
  /** n_h */
  readonly queryHeads: number
  /** n_kv; divides queryHeads */
  readonly kvHeads: number
  /** d_h, even */
  readonly headDim: number
  readonly maxPositions: number
}

export interface TrainModelInput {
  readonly shape: TrainableShape
  /** Tokens of the tokenizer that is trained first. */
  readonly vocabSize: number
  /** Folder of documents; only their tuning part is trained on. */
  readonly documents: string
  /** The folder to make; it must be new or empty. */
  readonly out: string
  /** Tokenizer and checkpoint; run again with the same one to resume. */
  readonly workFolder: string
  readonly steps: number
  /** Tokens in a training window. */
  readonly window: number
  readonly learningRate: number
  readonly patience: number | null
  readonly corpus: CorpusSettings
  readonly seed: number
  /** Soroban's own folder. */
  readonly home: string
  readonly threads: number
}

const STORED_DTYPE = 'F16'

export interface TrainModelReport {
  /** Absolute path. */
  readonly folder: string
  readonly parameters: number
  readonly vocabSize: number
  readonly steps: number
  readonly tokens: number
  readonly seconds: number
  readonly stoppedEarly: boolean
  readonly trainingCurve: readonly CurvePoint[]
  readonly validationCurve: readonly CurvePoint[]
  readonly heldOut: MeasuredLoss
  readonly skipped: TuningCorpus['skipped']
  readonly unknownExclusions: TuningCorpus['unknownExclusions']
}

/**
 * Trains a small decoder and its tokenizer from scratch on the tuning part of a document folder and writes it as a
 * Hugging Face folder: the weights of the best validation loss, in float16, in which they are measured too. An
 * interrupted training continues when run again.
 *
 * @throws AppError tuning/*, tokens/*, documents/*, corpus/*, models/*, runtime/*, cancelled
 */
export async function trainModelFolder(input: TrainModelInput, ctx: RunContext): Promise<TrainModelReport> {
  const { shape } = input
  assertShape(shape)
  assertWindow(input.window, shape.maxPositions)
  await assertFolderFree(input.out)
  const corpus = await readTuningCorpus({ ...input, folder: input.documents }, ctx)
  const texts = corpus.tuning.map(({ text }) => text)
  const tokenizerJson = await trainByteLevelBpe(texts, { vocabSize: input.vocabSize }, ctx)
  const tokenizer = createTokenizer(tokenizerJson, tokenizerConfigJson(tokenizerJson))
  const config = decoderConfig(shape, tokenizer.vocabSize, tokenizer.endId)
  const student = ParameterStore.initialized(config, new SeededRandom(input.seed))
  const bench = await TrainingBench.open({ ...input, corpus, tokenizer, trainable: () => true }, ctx)
  const task = {
    name: 'training',
    student,
    goal: { kind: 'cross-entropy' },
    settings: pretrainingSettings(input),
    inputs: { config },
  } as const
  const outcome = await bench.train(task, ctx)
  const weights = student.tensors()
  roundToStored(weights, STORED_DTYPE, input.out)
  const heldOut = await bench.heldOutLoss(student, ctx)
  const extraFiles = provenanceFile(corpus.seenTexts)
  await writeHfFolder(input.out, { config, weights, dtype: STORED_DTYPE, tokenizerJson, extraFiles })
  await bench.removeCheckpoints()
  return {
    folder: resolve(input.out),
    parameters: student.values.length,
    vocabSize: config.vocabSize,
    ...outcome,
    heldOut,
    skipped: corpus.skipped,
    unknownExclusions: corpus.unknownExclusions,
  }
}

function decoderConfig(shape: TrainableShape, vocabSize: number, boundary: number | null): DecoderConfig {
  return {
    family: 'llama',
    vocabSize,
    ...shape,
    normEpsilon: 1e-5,
    rope: { theta: 10000, scaling: null },
    tiedEmbeddings: true,
    qkvBias: false,
    outputBias: false,
    mlpBias: false,
    qkNorm: false,
    bosTokenId: boundary,
    eosTokenIds: boundary === null ? [] : [boundary],
  }
}

/** @throws AppError tuning/shape naming the field */
function assertShape(shape: TrainableShape): void {
  const refuse = (field: keyof TrainableShape): never => {
    throw new AppError('tuning/shape', { field, value: shape[field] })
  }
  for (const field of SHAPE_FIELDS) {
    if (!Number.isInteger(shape[field]) || shape[field] < 1) refuse(field)
  }
  if (shape.queryHeads % shape.kvHeads !== 0) refuse('kvHeads')
  if (shape.headDim % 2 !== 0) refuse('headDim')
}

const SHAPE_FIELDS = [
  'layers',
  'hiddenSize',
  'intermediateSize',
  'queryHeads',
  'kvHeads',
  'headDim',
  'maxPositions',
] as const satisfies readonly (keyof TrainableShape)[]
