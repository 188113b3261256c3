import { ADAMW_DEFAULTS } from '../autodiff/index.ts'
import type { TrainingPhase, TrainingSettings } from './training-run.ts'

/** Tokens of one optimizer step, and at most of one micro-batch where a window is not longer. */
const STEP_TOKENS = 4096
const MICRO_BATCH_TOKENS = 2048

/** A training is validated about this often. */
const VALIDATIONS = 20

export interface TrainingLength {
  readonly steps: number
  /** Tokens in a window. */
  readonly window: number
  readonly learningRate: number
  readonly patience: number | null
}

/** For a model that has converged: a small rate falling by a cosine, no weight decay. */
export function tuningSettings({ steps, window, learningRate, patience }: TrainingLength): TrainingSettings {
  return {
    phases: [phase(steps, window)],
    schedule: { kind: 'cosine', peak: learningRate, warmupSteps: Math.min(10, steps), floor: 0.05 },
    optimizer: { ...ADAMW_DEFAULTS, weightDecay: 0 },
    validateEvery: Math.max(1, Math.round(steps / VALIDATIONS)),
    patience,
  }
}

/** From scratch: the rate stays at its peak and falls linearly over the last third. */
export function pretrainingSettings({
  steps,
  window,
  learningRate,
  patience,
}: TrainingLength): TrainingSettings {
  return {
    phases: [phase(steps, window)],
    schedule: {
      kind: 'trapezoid',
      peak: learningRate,
      warmupSteps: Math.min(100, Math.ceil(steps / 10)),
      floor: 0.02,
      decayFraction: 0.35,
    },
    optimizer: ADAMW_DEFAULTS,
    validateEvery: Math.max(1, Math.round(steps / VALIDATIONS)),
    patience,
  }
}

function phase(steps: number, window: number): TrainingPhase {
  const batch = Math.max(1, Math.floor(MICRO_BATCH_TOKENS / window))
  return { steps, batch, length: window, accumulate: Math.max(1, Math.round(STEP_TOKENS / (batch * window))) }
}
