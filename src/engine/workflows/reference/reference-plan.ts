import type { DecoderConfig } from '../../graph/index.ts'
import { ADAMW_DEFAULTS } from '../../autodiff/index.ts'
import type { TrainingSettings } from '../../tuning/index.ts'

/** What is trained and for how long; every figure of the reference models follows from it, the corpus and the seed. */
export interface ReferencePlan {
  readonly vocabSize: number
  /** Largest parts of each language's documents, by UTF-8 bytes; the rest is for training. */
  readonly parts: { readonly heldOut: number; readonly validation: number }
  /** The MHA baseline; the vocabulary's size is set when the tokenizer is there. */
  readonly architecture: Omit<DecoderConfig, 'vocabSize' | 'bosTokenId' | 'eosTokenIds'>
  /** n_kv of the candidate. */
  readonly kvHeads: number
  readonly baseline: TrainingSettings
  /** Distillation of the candidate, and the control on the baseline. */
  readonly tuning: TrainingSettings
  /** Weight of KL in the distillation's loss. */
  readonly klWeight: number
  /** Positions in one window when losses are measured. */
  readonly evaluationWindow: number
  /** Windows of training text that calibrate the conversion, and their length in tokens. */
  readonly calibrationWindows: number
  readonly calibrationLength: number
  /** Tokens in a window of the validations during training. */
  readonly validationWindow: number
  /** UTF-8 bytes of held-out text that are committed with the models. */
  readonly sliceBytes: number
}

/** An hour or more on two cores. Most tokens at 512 positions, the last tenth at 2,048. */
export const REFERENCE_PLAN: ReferencePlan = {
  vocabSize: 6144,
  parts: { heldOut: 0.05, validation: 0.012 },
  architecture: {
    family: 'llama',
    hiddenSize: 256,
    intermediateSize: 704,
    layers: 4,
    queryHeads: 8,
    kvHeads: 8,
    headDim: 32,
    maxPositions: 2048,
    normEpsilon: 1e-5,
    rope: { theta: 10000, scaling: null },
    tiedEmbeddings: true,
    qkvBias: false,
    outputBias: false,
    mlpBias: false,
    qkNorm: false,
  },
  kvHeads: 2,
  baseline: {
    phases: [
      { steps: 1430, batch: 4, length: 512, accumulate: 2 },
      { steps: 170, batch: 1, length: 2048, accumulate: 2 },
    ],
    schedule: { kind: 'trapezoid', peak: 2.5e-3, warmupSteps: 100, floor: 0.02, decayFraction: 0.35 },
    optimizer: ADAMW_DEFAULTS,
    validateEvery: 100,
    patience: null,
  },
  tuning: {
    phases: [
      { steps: 180, batch: 4, length: 512, accumulate: 2 },
      { steps: 40, batch: 1, length: 2048, accumulate: 2 },
    ],
    schedule: { kind: 'cosine', peak: 4e-4, warmupSteps: 10, floor: 0.05 },
    optimizer: { ...ADAMW_DEFAULTS, weightDecay: 0 },
    validateEvery: 20,
    patience: null,
  },
  klWeight: 0.5,
  evaluationWindow: 1024,
  calibrationWindows: 32,
  calibrationLength: 512,
  validationWindow: 512,
  sliceBytes: 64_000,
}
