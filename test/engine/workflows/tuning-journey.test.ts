import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { quietContext, type RunContext } from '../../../src/engine/kernel/run-context.ts'
import { openHfFolder } from '../../../src/engine/models/index.ts'
import { convertModelFolder, type ConvertModelInput } from '../../../src/engine/workflows/convert-model.ts'
import { trainModelFolder, type TrainModelInput } from '../../../src/engine/workflows/train-model.ts'
import { tuneModelFolder, type TuneModelInput } from '../../../src/engine/workflows/tune-model.ts'
import type { Progress } from '../../../src/shared/job.ts'

const ctx = quietContext()
let folder: string
let documents: string

/** Notes in a small made-up language, enough for a tiny model to learn a little. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-tuning-'))
  documents = join(folder, 'documents')
  await mkdir(documents)
  const random = new SeededRandom(12)
  const words = ['kasa', 'tomo', 'niru', 'hako', 'yuki', 'mesa', 'rono', 'seki']
  for (let index = 0; index < 20; index++) {
    let at = random.integer(words.length)
    const text = Array.from({ length: 120 }, () => {
      at = random.uniform() < 0.8 ? (at + 1) % words.length : random.integer(words.length)
      return words[at]
    })
    await writeFile(join(documents, `note-${index}.txt`), `${text.join(' ')}\n`)
  }
  await trainModelFolder(training(), ctx)
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

function training(changes: Partial<TrainModelInput> = {}): TrainModelInput {
  return {
    shape: {
      layers: 2,
      hiddenSize: 32,
      intermediateSize: 48,
      queryHeads: 4,
      kvHeads: 4,
      headDim: 8,
      maxPositions: 64,
    },
    vocabSize: 280,
    documents,
    out: join(folder, 'baseline'),
    workFolder: join(folder, 'baseline.work'),
    steps: 12,
    window: 64,
    learningRate: 1e-2,
    patience: null,
    seed: 1,
    threads: 2,
    ...changes,
  }
}

function conversion(changes: Partial<ConvertModelInput> = {}): ConvertModelInput {
  return {
    model: join(folder, 'baseline'),
    out: join(folder, 'converted'),
    kvHeads: 1,
    method: 'auto',
    documents,
    seed: 1,
    threads: 2,
    ...changes,
  }
}

function tuning(changes: Partial<TuneModelInput> = {}): TuneModelInput {
  return {
    model: join(folder, 'converted'),
    teacher: join(folder, 'baseline'),
    documents,
    out: join(folder, 'tuned'),
    workFolder: join(folder, 'tuned.work'),
    steps: 4,
    window: 64,
    learningRate: 1e-3,
    klWeight: 0.5,
    attentionOnly: false,
    patience: null,
    control: true,
    seed: 1,
    threads: 2,
    ...changes,
  }
}

function abortingAfter(label: string, step: number): RunContext {
  const controller = new AbortController()
  const report = (progress: Progress): void => {
    if (progress.kind === 'train' && progress.label === label && progress.done === step) controller.abort()
  }
  return { ...quietContext(controller.signal), report }
}

async function weights(name: string): Promise<string> {
  return await readFile(join(folder, name, 'model.safetensors'), 'base64')
}

describe('train, convert, tune', () => {
  it('an interrupted training ends with the same weights, and leaves no checkpoint behind', async () => {
    const again = training({ out: join(folder, 'again'), workFolder: join(folder, 'again.work') })
    await expect(trainModelFolder(again, abortingAfter('training', 5))).rejects.toThrow()
    expect(await readdir(again.workFolder)).toEqual(['training.checkpoint'])
    const report = await trainModelFolder(again, ctx)
    expect(report).toMatchObject({ folder: again.out, steps: 12, tokens: 12 * 4096, stoppedEarly: false })
    expect(await weights('again')).toBe(await weights('baseline'))
    expect(await readdir(folder)).not.toContain('again.work')
    // A guess among 280 tokens costs 5.6 nats.
    expect(report.heldOut.nll).toBeLessThan(3)
  })

  it('auto converts by the method with the lowest validation loss', async () => {
    const report = await convertModelFolder(conversion(), ctx)
    const best = [...report.candidates].sort((a, b) => a.validation.nll - b.validation.nll)[0]!
    expect(report).toMatchObject({
      folder: join(folder, 'converted'),
      method: best.method,
      kvHeads: { from: 4, to: 1 },
    })
    expect(report.candidates.map(({ method }) => method)).toEqual(['mean', 'align', 'subspace'])
    expect(report.losses!.converted.nll).toBeGreaterThan(report.losses!.source.nll)
    const model = await openHfFolder(join(folder, 'converted'), ctx)
    expect(model.config.kvHeads).toBe(1)
  })

  it('tuning wins back loss, with the control beside it; interrupted, it ends with the same weights', async () => {
    const report = await tuneModelFolder(tuning(), ctx)
    const { before, after, teacher, control } = report.heldOut
    expect(after.nll).toBeLessThan(before.nll)
    expect(new Set([before, after, teacher!, control!].map(({ tokens }) => tokens)).size).toBe(1)
    const again = tuning({ out: join(folder, 'retuned'), workFolder: join(folder, 'retuned.work') })
    await expect(tuneModelFolder(again, abortingAfter('tuning', 2))).rejects.toThrow()
    await expect(tuneModelFolder(again, abortingAfter('control', 3))).rejects.toThrow()
    expect((await tuneModelFolder(again, ctx)).heldOut).toEqual(report.heldOut)
    expect(await weights('retuned')).toBe(await weights('tuned'))
  })

  it('tunes without a teacher, the attention weights only', async () => {
    const alone = tuning({
      teacher: null,
      attentionOnly: true,
      out: join(folder, 'alone'),
      workFolder: join(folder, 'alone.work'),
    })
    const { heldOut } = await tuneModelFolder(alone, ctx)
    expect(heldOut).toMatchObject({ teacher: null, control: null })
    expect(heldOut.after.nll).toBeLessThan(heldOut.before.nll)
  })
})

describe('refusals, before any work', () => {
  it.each([
    [
      'an output folder with files',
      () => convertModelFolder(conversion({ out: documents }), ctx),
      'models/folder-not-empty',
    ],
    [
      'KV heads that do not divide',
      () => convertModelFolder(conversion({ out: join(folder, 'x'), kvHeads: 3 }), ctx),
      'conversion/heads',
    ],
    [
      'no documents to calibrate on',
      () => convertModelFolder(conversion({ out: join(folder, 'x'), method: 'align', documents: null }), ctx),
      'conversion/no-documents',
    ],
    [
      'a window beyond the positions',
      () => tuneModelFolder(tuning({ out: join(folder, 'x'), window: 65 }), ctx),
      'tuning/window',
    ],
    [
      'an odd head size',
      () =>
        trainModelFolder(
          training({ out: join(folder, 'x'), shape: { ...training().shape, headDim: 7 } }),
          ctx,
        ),
      'tuning/shape',
    ],
  ])('%s', async (_name, attempt, code) => {
    await expect(attempt()).rejects.toMatchObject({ code })
    expect(await readdir(folder)).not.toContain('x')
  })

  it('a teacher with another tokenizer', async () => {
    const other = training({
      vocabSize: 270,
      steps: 1,
      out: join(folder, 'other'),
      workFolder: join(folder, 'other.work'),
    })
    await trainModelFolder(other, ctx)
    const attempt = tuneModelFolder(tuning({ teacher: other.out, out: join(folder, 'x') }), ctx)
    await expect(attempt).rejects.toMatchObject({ code: 'tuning/teacher-differs' })
  })
})
