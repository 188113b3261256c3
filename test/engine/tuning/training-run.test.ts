import { copyFileSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { ADAMW_DEFAULTS } from '../../../src/engine/autodiff/index.ts'
import { canonicalJson, sha256 } from '../../../src/engine/kernel/files.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { quietContext, type RunContext } from '../../../src/engine/kernel/run-context.ts'
import { openBackend, type Backend } from '../../../src/engine/runtime/index.ts'
import {
  LossEvaluator,
  ParameterStore,
  runTraining,
  TokenStream,
  type TrainingGoal,
  type TrainingOutcome,
  type TrainingSettings,
} from '../../../src/engine/tuning/index.ts'
import type { CheckpointHeader } from '../../../src/engine/tuning/checkpoint.ts'
import type { Progress } from '../../../src/shared/job.ts'
import { TINY } from '../autodiff/support.ts'

const ctx = quietContext()
let backend: Backend
let folder: string
beforeAll(async () => {
  backend = await openBackend(ctx)
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-training-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** Text with something to learn: every token is followed by its successor most of the time. */
const DOCUMENTS = (() => {
  const random = new SeededRandom(4)
  return Array.from({ length: 12 }, () => {
    let token = 1 + random.integer(30)
    return Int32Array.from({ length: 50 }, () => {
      token = random.uniform() < 0.9 ? (token % 30) + 1 : 1 + random.integer(30)
      return token
    })
  })
})()
const [TRAIN, VALIDATION] = [DOCUMENTS.slice(0, 10), DOCUMENTS.slice(10)]

/** Two batch shapes, so that a run may be cut off before, in and after the change from one to the other. */
const SETTINGS: TrainingSettings = {
  phases: [
    { steps: 6, batch: 2, length: 16, accumulate: 2 },
    { steps: 4, batch: 1, length: 32, accumulate: 1 },
  ],
  schedule: { kind: 'cosine', peak: 1e-2, warmupSteps: 2, floor: 0.1 },
  optimizer: ADAMW_DEFAULTS,
  validateEvery: 3,
  patience: null,
}

interface Attempt {
  readonly settings?: TrainingSettings
  readonly goal?: TrainingGoal
  readonly trainable?: (name: string) => boolean
  readonly keepBest?: boolean
  readonly everySeconds?: number
  readonly name?: string
  readonly ctx?: RunContext
}

async function train(attempt: Attempt = {}): Promise<{ store: ParameterStore; outcome: TrainingOutcome }> {
  const store = ParameterStore.initialized(TINY, new SeededRandom(1))
  const outcome = await runTraining(
    {
      label: 'tiny',
      backend,
      threads: 2,
      student: store,
      goal: attempt.goal ?? { kind: 'cross-entropy' },
      trainable: attempt.trainable ?? (() => true),
      stream: new TokenStream(TRAIN, 0, 2),
      validation: { documents: VALIDATION, shape: { batch: 2, length: 16 } },
      settings: attempt.settings ?? SETTINGS,
      keepBest: attempt.keepBest ?? false,
      checkpoint: {
        path: join(folder, `${attempt.name ?? 'run'}.checkpoint`),
        everySeconds: attempt.everySeconds ?? 3600,
        inputs: {},
      },
    },
    attempt.ctx ?? ctx,
  )
  return { store, outcome }
}

/** A context that aborts when the training reports that `step` is done. */
function abortingAfter(step: number): RunContext {
  const controller = new AbortController()
  const report = ({ done }: Progress): void => {
    if (done === step) controller.abort()
  }
  return { ...quietContext(controller.signal), report }
}

/** What a training leaves, without its wall time. */
function figures({
  outcome: { seconds: _, ...rest },
  store,
}: {
  store: ParameterStore
  outcome: TrainingOutcome
}): unknown {
  return { ...rest, values: store.values }
}

describe('training', () => {
  it('learns, and gives the same bits when run twice', async () => {
    const settings: TrainingSettings = {
      ...SETTINGS,
      phases: [{ steps: 60, batch: 2, length: 32, accumulate: 1 }],
      validateEvery: 20,
    }
    const first = await train({ settings, name: 'first' })
    const second = await train({ settings, name: 'second' })
    expect(figures(second)).toEqual(figures(first))
    const losses = first.outcome.validationCurve.map(({ loss }) => loss)
    // Guessing is ln 31 = 3.43; the rule of the text allows about 0.66.
    expect(losses[0]).toBeLessThan(3.3)
    expect(losses.at(-1)).toBeLessThan(1.6)
    expect(first.outcome).toMatchObject({ steps: 60, tokens: 60 * 64, stoppedEarly: false })
  })

  describe('interrupted', () => {
    let straight: unknown
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'soroban-training-'))
      straight = figures(await train())
      await rm(folder, { recursive: true })
    })

    it.each([1, 3, 5, 6, 8, 9])(
      'cut off after step %d and resumed, ends with the same bits',
      async (step) => {
        await expect(train({ ctx: abortingAfter(step) })).rejects.toThrow()
        expect(figures(await train())).toEqual(straight)
      },
    )

    it('killed without warning, continues from the last checkpoint to the same bits', async () => {
      const path = join(folder, 'run.checkpoint')
      const copy = `${path}.copy`
      // With a checkpoint after every step, the one on disk when step 5 is reported is that of step 4.
      const report = ({ done }: Progress): void => {
        if (done === 5) copyFileSync(path, copy)
      }
      await train({ everySeconds: 0, ctx: { ...ctx, report } })
      await rename(copy, path)
      expect(figures(await train())).toEqual(straight)
    })
  })

  it('a finished training is not done again', async () => {
    const { store } = await train()
    let steps = 0
    const again = await train({ ctx: { ...ctx, report: () => void steps++ } })
    expect(steps).toBe(0)
    expect(again.store.values).toEqual(store.values)
  })

  it('trains only what it is told to', async () => {
    const start = ParameterStore.initialized(TINY, new SeededRandom(1))
    const { store } = await train({ trainable: (name) => name.includes('self_attn') })
    for (const name of store.shapes.keys()) {
      const same = Buffer.from(store.view(name).slice().buffer).equals(
        Buffer.from(start.view(name).slice().buffer),
      )
      expect(same, name).toBe(!name.includes('self_attn'))
    }
  })

  it('distils: the loss against a teacher falls and the teacher stays as it is', async () => {
    const teacher = ParameterStore.initialized({ ...TINY, kvHeads: 4 }, new SeededRandom(9))
    const before = teacher.values.slice()
    const settings: TrainingSettings = {
      ...SETTINGS,
      phases: [{ steps: 12, batch: 2, length: 16, accumulate: 1 }],
    }
    const { outcome } = await train({ settings, goal: { kind: 'distillation', teacher, klWeight: 0.5 } })
    expect(outcome.trainingCurve.at(-1)!.loss).toBeLessThan(outcome.trainingCurve[0]!.loss)
    expect(teacher.values).toEqual(before)
  })

  it('stops early and keeps the best weights', async () => {
    // A rate far too high: the validation loss soon rises.
    const settings: TrainingSettings = {
      ...SETTINGS,
      phases: [{ steps: 40, batch: 2, length: 16, accumulate: 1 }],
      schedule: { kind: 'linear', peak: 0.3, warmupSteps: 8, floor: 1 },
      validateEvery: 2,
      patience: 3,
    }
    const { store, outcome } = await train({ settings, keepBest: true })
    const losses = outcome.validationCurve.map(({ loss }) => loss)
    expect(outcome.stoppedEarly).toBe(true)
    expect(outcome.steps).toBeLessThan(40)
    using evaluator = await LossEvaluator.open(backend, store, { batch: 2, length: 16 }, 2)
    const { nllSum, tokens } = await evaluator.documents(VALIDATION, ctx.signal)
    expect(nllSum / tokens).toBe(Math.min(...losses))
  })
})

describe('keeping the best weights', () => {
  /** A rate far too high from the first step on: every step hurts. */
  const harmful: TrainingSettings = {
    ...SETTINGS,
    phases: [{ steps: 6, batch: 2, length: 16, accumulate: 1 }],
    schedule: { kind: 'linear', peak: 3, warmupSteps: 0, floor: 1 },
    validateEvery: 2,
  }

  it('a training that only hurts ends with the weights it began with', async () => {
    const { store, outcome } = await train({ settings: harmful, keepBest: true })
    expect(store.values).toEqual(ParameterStore.initialized(TINY, new SeededRandom(1)).values)
    expect(outcome.validationCurve.map(({ step }) => step)).toEqual([0, 2, 4, 6])
    expect(outcome.trainingCurve.map(({ step }) => step)).toEqual([2, 4, 6])
    const [start, ...later] = outcome.validationCurve.map(({ loss }) => loss)
    expect(Math.min(...later)).toBeGreaterThan(start!)
  })

  it('otherwise it ends with the last ones, whatever the patience', async () => {
    const { store, outcome } = await train({ settings: { ...harmful, patience: 2 } })
    const losses = outcome.validationCurve.map(({ loss }) => loss)
    using evaluator = await LossEvaluator.open(backend, store, { batch: 2, length: 16 }, 2)
    const { nllSum, tokens } = await evaluator.documents(VALIDATION, ctx.signal)
    expect(nllSum / tokens).toBe(losses.at(-1))
    expect(losses.at(-1)).not.toBe(Math.min(...losses))
  })

  it('cut off and resumed, ends with the same bits', async () => {
    const straight = figures(await train({ keepBest: true, name: 'straight' }))
    await expect(train({ keepBest: true, ctx: abortingAfter(4) })).rejects.toThrow()
    expect(figures(await train({ keepBest: true }))).toEqual(straight)
  })

  it('a checkpoint without it is known by settings and inputs alone, as ever', async () => {
    await train()
    const file = await readFile(join(folder, 'run.checkpoint'))
    const header = JSON.parse(file.toString('utf8', 4, 4 + file.readUInt32LE(0))) as CheckpointHeader
    expect(header.fingerprint).toBe(sha256(canonicalJson({ settings: SETTINGS, inputs: {} })))
    await expect(train({ keepBest: true })).rejects.toMatchObject({ code: 'tuning/checkpoint-mismatch' })
  })
})

describe('refusals', () => {
  it('a checkpoint of other settings', async () => {
    await train()
    const settings = { ...SETTINGS, optimizer: { ...ADAMW_DEFAULTS, weightDecay: 0 } }
    await expect(train({ settings })).rejects.toMatchObject({
      code: 'tuning/checkpoint-mismatch',
      params: { path: join(folder, 'run.checkpoint') },
    })
  })

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -4), 'size'],
    ['empty', () => Buffer.alloc(0), 'size'],
    ['not a checkpoint', () => Buffer.from('\u0008\0\0\0not JSON and longer'), 'header'],
  ])('a checkpoint that is %s', async (_name, damage, part) => {
    await train()
    const path = join(folder, 'run.checkpoint')
    await writeFile(path, damage(await readFile(path)))
    await expect(train()).rejects.toMatchObject({ code: 'tuning/checkpoint-damaged', params: { path, part } })
  })

  it('a loss that is no number', async () => {
    const settings: TrainingSettings = {
      ...SETTINGS,
      schedule: { kind: 'linear', peak: 1e38, warmupSteps: 0, floor: 1 },
    }
    await expect(train({ settings })).rejects.toMatchObject({ code: 'tuning/diverged' })
  })
})
