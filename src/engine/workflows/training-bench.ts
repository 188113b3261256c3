import { rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { openBackend, type Backend } from '../runtime/index.ts'
import { encodeDocument, type Tokenizer } from '../tokens/index.ts'
import {
  runTraining,
  TokenStream,
  type ParameterStore,
  type TrainingGoal,
  type TrainingOutcome,
  type TrainingSettings,
} from '../tuning/index.ts'
import { measureLoss, type MeasuredLoss } from './measure-loss.ts'
import { documentBoundary } from './model-in-memory.ts'
import type { TuningCorpus } from './tuning-corpus.ts'

export interface TrainingBenchInput {
  readonly corpus: TuningCorpus
  readonly tokenizer: Tokenizer
  readonly trainable: (name: string) => boolean
  /** Checkpoints. */
  readonly workFolder: string
  readonly seed: number
  readonly threads: number
}

export interface TrainingTask {
  /** Of the checkpoint, and in the progress. */
  readonly name: string
  /** Trained in place. */
  readonly student: ParameterStore
  readonly goal: TrainingGoal
  readonly settings: TrainingSettings
  /** What determines the course beside corpus, seed and settings. */
  readonly inputs: Readonly<Record<string, unknown>>
}

/** Positions in a window when losses are measured. */
const MEASURING_WINDOW = 1024
/** Windows in one run while validating. */
const VALIDATION_BATCH = 2
const CHECKPOINT_SECONDS = 60

/** Trains and measures on one split corpus under one tokenizer. */
export class TrainingBench {
  readonly #input: TrainingBenchInput
  readonly #backend: Backend
  readonly #tokens: readonly Int32Array[]
  readonly #checkpoints = new Set<string>()

  private constructor(input: TrainingBenchInput, backend: Backend) {
    this.#input = input
    this.#backend = backend
    this.#tokens = input.corpus.tuning.map(({ text }) => input.tokenizer.encode(text))
  }

  static async open(input: TrainingBenchInput, ctx: RunContext): Promise<TrainingBench> {
    return new TrainingBench(input, await openBackend(ctx))
  }

  async train(
    { name, student, goal, settings, inputs }: TrainingTask,
    ctx: RunContext,
  ): Promise<TrainingOutcome> {
    const { corpus, tokenizer, trainable, workFolder, seed, threads } = this.#input
    const path = join(workFolder, `${name}.checkpoint`)
    this.#checkpoints.add(path)
    const length = settings.phases.at(-1)?.length ?? MEASURING_WINDOW
    return await runTraining(
      {
        label: name,
        backend: this.#backend,
        threads,
        student,
        goal,
        trainable,
        stream: new TokenStream(this.#tokens, documentBoundary(tokenizer), seed),
        validation: {
          documents: corpus.validation.map(({ text }) => encodeDocument(tokenizer, text).ids),
          shape: { batch: VALIDATION_BATCH, length },
        },
        settings,
        keepBest: true,
        checkpoint: {
          path,
          everySeconds: CHECKPOINT_SECONDS,
          inputs: {
            ...inputs,
            goal: goal.kind,
            seed,
            tuning: corpus.tuningSha256,
            tokenizer: tokenizer.sha256,
          },
        },
      },
      ctx,
    )
  }

  /** Loss on the held-out documents, which nothing is trained on or chosen by. */
  async heldOutLoss(store: ParameterStore, ctx: RunContext): Promise<MeasuredLoss> {
    const { corpus, tokenizer, threads } = this.#input
    const window = Math.min(MEASURING_WINDOW, store.config.maxPositions)
    return await measureLoss(
      store,
      corpus.heldOut,
      { tokenizer, backend: this.#backend, window, threads },
      ctx,
    )
  }

  /** Removes the checkpoints of finished work, and their folder when nothing else is in it. */
  async removeCheckpoints(): Promise<void> {
    for (const path of this.#checkpoints) await rm(path, { force: true })
    try {
      await rmdir(this.#input.workFolder)
    } catch {
      // Someone else's files are in it: the folder stays.
    }
  }
}

/** @throws AppError tuning/window */
export function assertWindow(window: number, positions: number): void {
  if (!Number.isInteger(window) || window < 2 || window > positions) {
    throw new AppError('tuning/window', { window, positions })
  }
}
