import {
  adamWStep,
  type AdamWSettings,
  type BatchShape,
  type Moments,
  type ParameterRange,
} from '../autodiff/index.ts'
import { AppError } from '../../shared/errors.ts'
import { ProgressMeter } from '../kernel/eta.ts'
import { canonicalJson, sha256 } from '../kernel/files.ts'
import type { RunContext } from '../kernel/run-context.ts'
import type { Backend } from '../runtime/index.ts'
import {
  readCheckpoint,
  writeCheckpoint,
  type CheckpointArrays,
  type CheckpointHeader,
  type CurvePoint,
} from './checkpoint.ts'
import { GradientSession, type TrainingGoal } from './gradient-session.ts'
import { LossEvaluator } from './loss-evaluator.ts'
import type { ParameterStore } from './parameter-store.ts'
import { learningRate, type Schedule } from './schedule.ts'
import type { TokenStream } from './token-stream.ts'

/** Steps of one batch shape; a step takes `accumulate` micro-batches. */
export interface TrainingPhase extends BatchShape {
  readonly steps: number
  readonly accumulate: number
}

export interface TrainingSettings {
  readonly phases: readonly TrainingPhase[]
  readonly schedule: Schedule
  readonly optimizer: AdamWSettings
  /** Steps between validations, which are also the points of the curves. */
  readonly validateEvery: number
  /** Stop after this many validations without a better loss; null never stops. */
  readonly patience: number | null
  /** Stop after this step although the schedule goes on: as far as another training came. */
  readonly stopAfter?: number
}

export interface TrainingRun {
  /** Shown with progress. */
  readonly label: string
  readonly backend: Backend
  readonly threads: number
  /** Trained in place. */
  readonly student: ParameterStore
  readonly goal: TrainingGoal
  readonly trainable: (name: string) => boolean
  readonly stream: TokenStream
  readonly validation: { readonly documents: readonly Int32Array[]; readonly shape: BatchShape }
  readonly settings: TrainingSettings
  /**
   * Validate the weights before the first step too, and end with those of the best validation loss; otherwise with
   * the last ones.
   */
  readonly keepBest: boolean
  readonly checkpoint: {
    readonly path: string
    readonly everySeconds: number
    /** Everything beside the settings that determines the course of the training: hashes of weights and tokens. */
    readonly inputs: unknown
  }
}

export interface TrainingOutcome {
  readonly steps: number
  readonly tokens: number
  /** Wall time over all sessions of a resumed training. */
  readonly seconds: number
  readonly trainingCurve: readonly CurvePoint[]
  readonly validationCurve: readonly CurvePoint[]
  readonly stoppedEarly: boolean
}

/**
 * Trains `student` in place, resuming from the checkpoint when there is one. A resumed training ends with the same
 * bits as an uninterrupted one on the CPU.
 *
 * @throws AppError tuning/checkpoint-mismatch when the checkpoint belongs to other settings or inputs,
 *   tuning/diverged when the loss is not finite, cancelled (a checkpoint is written first)
 */
export async function runTraining(run: TrainingRun, ctx: RunContext): Promise<TrainingOutcome> {
  const { settings, keepBest, checkpoint } = run
  const course = { settings, inputs: checkpoint.inputs, ...(keepBest && { keepBest }) }
  const loop = new TrainingLoop(run, sha256(canonicalJson(course)))
  const header = await readCheckpoint(checkpoint.path, (saved) => loop.arraysFor(saved))
  if (header !== null) loop.restore(header)
  return await loop.run(ctx)
}

class TrainingLoop {
  readonly #run: TrainingRun
  readonly #fingerprint: string
  readonly #gradients: Float32Array
  readonly #moments: Moments
  readonly #ranges: readonly ParameterRange[]
  readonly #total: number
  #step = 0
  #tokens = 0
  #clockStart = 0
  #savedSeconds = 0
  #trainingCurve: CurvePoint[] = []
  #validationCurve: CurvePoint[] = []
  #pending = { sum: 0, count: 0 }
  #best: Float32Array | null = null

  constructor(run: TrainingRun, fingerprint: string) {
    const size = run.student.values.length
    this.#run = run
    this.#fingerprint = fingerprint
    this.#gradients = new Float32Array(size)
    this.#moments = { first: new Float32Array(size), second: new Float32Array(size) }
    this.#ranges = run.student.ranges(run.trainable)
    this.#total = run.settings.phases.reduce((sum, phase) => sum + phase.steps, 0)
  }

  /** What a checkpoint with this header is read into. @throws AppError tuning/checkpoint-mismatch */
  arraysFor(header: CheckpointHeader): CheckpointArrays {
    const size = this.#run.student.values.length
    if (header.fingerprint !== this.#fingerprint || header.parameters !== size) {
      throw new AppError('tuning/checkpoint-mismatch', { path: this.#run.checkpoint.path })
    }
    this.#best = header.hasBest ? new Float32Array(size) : null
    return this.#arrays()
  }

  #arrays(): CheckpointArrays {
    return { values: this.#run.student.values, ...this.#moments, best: this.#best }
  }

  restore(header: CheckpointHeader): void {
    this.#step = header.step
    this.#tokens = header.tokens
    this.#savedSeconds = header.seconds
    this.#trainingCurve = header.trainingCurve
    this.#validationCurve = header.validationCurve
    this.#pending = header.pending
    this.#run.stream.seek(header.stream)
  }

  async run(ctx: RunContext): Promise<TrainingOutcome> {
    if (!this.#finished()) {
      this.#clockStart = performance.now() - this.#savedSeconds * 1000
      try {
        await this.#trainPhases(ctx)
      } catch (error) {
        if (ctx.signal.aborted) await this.#save()
        throw error
      }
      await this.#save()
    }
    if (this.#best !== null) this.#run.student.values.set(this.#best)
    return {
      steps: this.#step,
      tokens: this.#tokens,
      seconds: this.#savedSeconds,
      trainingCurve: this.#trainingCurve,
      validationCurve: this.#validationCurve,
      stoppedEarly: this.#step < this.#total,
    }
  }

  async #trainPhases(ctx: RunContext): Promise<void> {
    const { backend, student, goal, trainable, threads, settings, label, checkpoint } = this.#run
    using evaluator = await LossEvaluator.open(backend, student, this.#run.validation.shape, threads)
    const meter = new ProgressMeter({ kind: 'train', label, unit: 'steps' }, this.#total, ctx.report, {
      initial: this.#step,
    })
    let phaseEnd = 0
    await this.#validateWhenDue(evaluator, ctx)
    for (const phase of settings.phases) {
      phaseEnd += phase.steps
      if (this.#step >= phaseEnd || this.#exhausted()) continue
      using session = await GradientSession.open(
        backend,
        student,
        this.#gradients,
        phase,
        goal,
        trainable,
        threads,
      )
      while (this.#step < phaseEnd && !this.#exhausted()) {
        ctx.signal.throwIfAborted()
        const figures = await this.#trainStep(session, phase, ctx.signal)
        meter.advance(1, { ...figures, tokensPerSecond: this.#tokens / this.#elapsed() })
        await this.#validateWhenDue(evaluator, ctx)
        if (this.#elapsed() - this.#savedSeconds >= checkpoint.everySeconds) await this.#save()
      }
    }
  }

  #elapsed(): number {
    return (performance.now() - this.#clockStart) / 1000
  }

  async #trainStep(
    session: GradientSession,
    phase: TrainingPhase,
    signal: AbortSignal,
  ): Promise<Record<'loss' | 'gradientNorm' | 'learningRate', number>> {
    const { settings, stream, student } = this.#run
    const before = stream.position
    this.#gradients.fill(0)
    let loss = 0
    try {
      for (let micro = 0; micro < phase.accumulate; micro++) {
        loss += await session.accumulate(stream.next(phase.batch, phase.length), 1 / phase.accumulate, signal)
      }
    } catch (error) {
      stream.seek(before)
      throw error
    }
    if (!Number.isFinite(loss)) throw new AppError('tuning/diverged', { step: this.#step + 1 })
    const rate = learningRate(settings.schedule, this.#step, this.#total)
    this.#step++
    const gradientNorm = adamWStep(
      student.values,
      this.#gradients,
      this.#moments,
      this.#ranges,
      this.#step,
      rate,
      settings.optimizer,
    )
    this.#tokens += phase.accumulate * phase.batch * phase.length
    this.#pending = { sum: this.#pending.sum + loss, count: this.#pending.count + 1 }
    return { loss, gradientNorm, learningRate: rate }
  }

  /** Whether this step is a point of the curve that is not there yet: a training may be cut off before it. */
  #validationDue(): boolean {
    const atPoint = this.#step % this.#run.settings.validateEvery === 0 || this.#step === this.#total
    const start = this.#run.keepBest ? null : 0
    return atPoint && this.#step !== (this.#validationCurve.at(-1)?.step ?? start)
  }

  async #validateWhenDue(evaluator: LossEvaluator, { signal, log }: RunContext): Promise<void> {
    if (!this.#validationDue()) return
    const { nllSum, tokens } = await evaluator.documents(this.#run.validation.documents, signal)
    if (tokens === 0) throw new RangeError('no tokens to validate on')
    const loss = nllSum / tokens
    if (!Number.isFinite(loss)) throw new AppError('tuning/diverged', { step: this.#step })
    const [step, seen] = [this.#step, this.#tokens]
    const best = this.#validationCurve.reduce((least, point) => Math.min(least, point.loss), Infinity)
    if (this.#run.keepBest && loss < best) {
      this.#best ??= new Float32Array(this.#run.student.values.length)
      this.#best.set(this.#run.student.values)
    }
    // Before the first step there is no training loss.
    const training = step === 0 ? null : this.#pending.sum / Math.max(1, this.#pending.count)
    if (training !== null)
      this.#trainingCurve = [...this.#trainingCurve, { step, tokens: seen, loss: training }]
    this.#validationCurve = [...this.#validationCurve, { step, tokens: seen, loss }]
    this.#pending = { sum: 0, count: 0 }
    log.info('validated', { label: this.#run.label, step, tokens: seen, training, validation: loss })
  }

  /** Whether `stopAfter` is reached or the last `patience` validations were all worse than the best before them. */
  #exhausted(): boolean {
    const { patience, stopAfter } = this.#run.settings
    if (stopAfter !== undefined && this.#step >= stopAfter) return true
    if (patience === null || this.#validationCurve.length <= patience) return false
    const losses = this.#validationCurve.map((point) => point.loss)
    const bestBefore = Math.min(...losses.slice(0, -patience))
    return losses.slice(-patience).every((loss) => loss >= bestBefore)
  }

  #finished(): boolean {
    return !this.#validationDue() && (this.#step === this.#total || this.#exhausted())
  }

  async #save(): Promise<void> {
    const seconds = this.#elapsed()
    const { position } = this.#run.stream
    const header: CheckpointHeader = {
      format: 'soroban.checkpoint/1',
      fingerprint: this.#fingerprint,
      step: this.#step,
      tokens: this.#tokens,
      seconds,
      stream: { ...position, random: [...position.random] },
      trainingCurve: this.#trainingCurve,
      validationCurve: this.#validationCurve,
      pending: this.#pending,
      parameters: this.#run.student.values.length,
      hasBest: this.#best !== null,
    }
    await writeCheckpoint(this.#run.checkpoint.path, header, this.#arrays())
    this.#savedSeconds = seconds
  }
}
