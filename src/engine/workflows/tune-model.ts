import { resolve } from 'node:path'

import type { CorpusSettings } from '../../shared/documents.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { provenanceFile, roundToStored, writeHfFolder } from '../models/index.ts'
import { tokenizersAgree } from '../tokens/index.ts'
import { tuningSettings, type CurvePoint, type TrainingGoal } from '../tuning/index.ts'
import type { MeasuredLoss } from './measure-loss.ts'
import { assertFolderFree, readModel, type ModelInMemory } from './model-in-memory.ts'
import { assertWindow, TrainingBench } from './training-bench.ts'
import { readTuningCorpus, type TuningCorpus } from './tuning-corpus.ts'

export interface TuneModelInput {
  /** Hugging Face folder of the model to tune, usually a converted one. */
  readonly model: string
  /** Hugging Face folder of the baseline that teaches it; null tunes by cross-entropy alone. */
  readonly teacher: string | null
  /** Folder of documents; only their tuning part is trained on. */
  readonly documents: string
  /** The folder to make; it must be new or empty. */
  readonly out: string
  /** Checkpoints; run again with the same one to resume. */
  readonly workFolder: string
  readonly steps: number
  /** Tokens in a training window. */
  readonly window: number
  readonly learningRate: number
  /** Weight of KL(teacher ‖ model) against cross-entropy, 0 to 1. */
  readonly klWeight: number
  /** Train the attention weights only: quicker, a little less good. */
  readonly attentionOnly: boolean
  /** Validations without a better loss after which tuning stops; null never stops. */
  readonly patience: number | null
  /** Also train the teacher on for as many steps with cross-entropy: is it the tuning or the heads? */
  readonly control: boolean
  readonly corpus: CorpusSettings
  readonly seed: number
  /** Soroban's own folder. */
  readonly home: string
  readonly threads: number
}

export interface TuneModelReport {
  /** Absolute path. */
  readonly folder: string
  readonly steps: number
  readonly tokens: number
  readonly seconds: number
  readonly stoppedEarly: boolean
  readonly validationCurve: readonly CurvePoint[]
  /** On the held-out documents. */
  readonly heldOut: {
    readonly before: MeasuredLoss
    readonly after: MeasuredLoss
    readonly teacher: MeasuredLoss | null
    readonly control: MeasuredLoss | null
  }
  readonly skipped: TuningCorpus['skipped']
  readonly unknownExclusions: TuningCorpus['unknownExclusions']
}

/**
 * Tunes a model on the tuning part of a document folder, with a baseline as its teacher, and writes the weights of
 * the best validation loss as a Hugging Face folder, those before tuning included. Losses are those of the weights as
 * they are written. An interrupted tuning continues when run again.
 *
 * @throws AppError tuning/*, models/*, tokens/*, documents/*, corpus/*, runtime/*, cancelled
 */
export async function tuneModelFolder(input: TuneModelInput, ctx: RunContext): Promise<TuneModelReport> {
  await assertFolderFree(input.out)
  const student = await readModel(input.model, ctx)
  const teacher = input.teacher === null ? null : await readTeacher(input.teacher, student, ctx)
  const { config } = student.store
  assertWindow(input.window, Math.min(config.maxPositions, teacher?.store.config.maxPositions ?? Infinity))
  const corpus = await readTuningCorpus({ ...input, folder: input.documents }, ctx)
  const trainable = input.attentionOnly ? isAttentionWeight : () => true
  const bench = await TrainingBench.open({ ...input, corpus, tokenizer: student.tokenizer, trainable }, ctx)

  const before = await bench.heldOutLoss(student.store, ctx)
  const goal: TrainingGoal =
    teacher === null
      ? { kind: 'cross-entropy' }
      : { kind: 'distillation', teacher: teacher.store, klWeight: input.klWeight }
  const teacherLoss = teacher === null ? null : await bench.heldOutLoss(teacher.store, ctx)
  const settings = tuningSettings(input)
  const inputs = {
    model: student.model.sha256,
    teacher: teacher?.model.sha256 ?? null,
    klWeight: input.klWeight,
    attentionOnly: input.attentionOnly,
  }
  const outcome = await bench.train({ name: 'tuning', student: student.store, goal, settings, inputs }, ctx)
  const { tokenizerJson, dtype } = student
  const weights = student.store.tensors()
  roundToStored(weights, dtype, input.out)
  const after = await bench.heldOutLoss(student.store, ctx)

  let control: MeasuredLoss | null = null
  if (teacher !== null && input.control) {
    const sameSteps = { ...settings, patience: null, stopAfter: outcome.steps }
    const goal = { kind: 'cross-entropy' } as const
    await bench.train({ name: 'control', student: teacher.store, goal, settings: sameSteps, inputs }, ctx)
    roundToStored(teacher.store.tensors(), dtype, input.out)
    control = await bench.heldOutLoss(teacher.store, ctx)
  }
  const seen = [...student.seenTexts, ...(teacher?.seenTexts ?? []), ...corpus.seenTexts]
  await writeHfFolder(input.out, { config, weights, dtype, tokenizerJson, extraFiles: provenanceFile(seen) })
  await bench.removeCheckpoints()
  const { steps, tokens, seconds, stoppedEarly, validationCurve } = outcome
  return {
    folder: resolve(input.out),
    steps,
    tokens,
    seconds,
    stoppedEarly,
    validationCurve,
    heldOut: { before, after, teacher: teacherLoss, control },
    skipped: corpus.skipped,
    unknownExclusions: corpus.unknownExclusions,
  }
}

function isAttentionWeight(name: string): boolean {
  return name.includes('.self_attn.')
}

/** @throws AppError tuning/teacher-differs when their ids or logits cannot be compared */
async function readTeacher(folder: string, student: ModelInMemory, ctx: RunContext): Promise<ModelInMemory> {
  const teacher = await readModel(folder, ctx)
  const sameVocabulary = teacher.store.config.vocabSize === student.store.config.vocabSize
  if (!sameVocabulary || !tokenizersAgree(teacher.tokenizer, student.tokenizer)) {
    throw new AppError('tuning/teacher-differs', {
      teacher: teacher.model.folder,
      model: student.model.folder,
    })
  }
  return teacher
}
