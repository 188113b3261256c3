import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { quietContext, type RunContext } from '../../../src/engine/kernel/run-context.ts'
import { openHfFolder, readSeenTexts } from '../../../src/engine/models/index.ts'
import { openBackend } from '../../../src/engine/runtime/index.ts'
import { convertModelFolder, type ConvertModelInput } from '../../../src/engine/workflows/convert-model.ts'
import { measureLoss, type MeasuredLoss } from '../../../src/engine/workflows/measure-loss.ts'
import { readModel } from '../../../src/engine/workflows/model-in-memory.ts'
import { trainModelFolder, type TrainModelInput } from '../../../src/engine/workflows/train-model.ts'
import { tuneModelFolder, type TuneModelInput } from '../../../src/engine/workflows/tune-model.ts'
import { readTuningCorpus, type TuningCorpus } from '../../../src/engine/workflows/tuning-corpus.ts'
import { DEFAULT_CORPUS_SETTINGS } from '../../../src/shared/documents.ts'
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
    corpus: DEFAULT_CORPUS_SETTINGS,
    seed: 1,
    home: join(folder, 'home'),
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
    corpus: DEFAULT_CORPUS_SETTINGS,
    seed: 1,
    home: join(folder, 'home'),
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
    corpus: DEFAULT_CORPUS_SETTINGS,
    seed: 1,
    home: join(folder, 'home'),
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

const corpusWith = (seed: number): Promise<TuningCorpus> =>
  readTuningCorpus(
    { folder: documents, corpus: DEFAULT_CORPUS_SETTINGS, seed, home: join(folder, 'home') },
    ctx,
  )

/** The loss of a model as its folder holds it, on the held-out documents. */
async function heldOutLossOf(name: string): Promise<MeasuredLoss> {
  const { store, tokenizer } = await readModel(join(folder, name), ctx)
  const { heldOut } = await corpusWith(1)
  return await measureLoss(
    store,
    heldOut,
    { tokenizer, backend: await openBackend(ctx), window: 64, threads: 2 },
    ctx,
  )
}

/** What a model made with this seed has seen. */
async function seenWith(seed: number): Promise<readonly string[]> {
  return (await corpusWith(seed)).seenTexts
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
    expect(report.heldOut).toEqual(await heldOutLossOf('again'))
    expect(await readSeenTexts(again.out)).toEqual([...(await seenWith(1))].sort())
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
    const { source, converted } = report.losses!
    expect(converted).toMatchObject({
      window: 64,
      documents: source.documents,
      tokens: source.tokens,
      bytes: source.bytes,
    })
    expect(converted.nll).not.toBe(source.nll)
    expect(source).toEqual(await heldOutLossOf('baseline'))
    expect(converted).toEqual(await heldOutLossOf('converted'))
    const model = await openHfFolder(join(folder, 'converted'), ctx)
    expect(model.config.kvHeads).toBe(1)
  })

  it('tuning wins back loss, with the control beside it; interrupted, it ends with the same weights', async () => {
    const report = await tuneModelFolder(tuning(), ctx)
    const { before, after, teacher, control } = report.heldOut
    expect(after.nll).toBeLessThan(before.nll)
    expect(before).toEqual(await heldOutLossOf('converted'))
    expect(after).toEqual(await heldOutLossOf('tuned'))
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

describe('what a model has seen', () => {
  it('is handed on from model to model, from the teacher too', async () => {
    const seen = (...lists: (readonly string[])[]): string[] => [...new Set(lists.flat())].sort()
    const [first, second, third] = await Promise.all([seenWith(1), seenWith(2), seenWith(3)])
    const converted = conversion({ out: join(folder, 'converted-2'), method: 'align', seed: 2 })
    await convertModelFolder(converted, ctx)
    expect(await readSeenTexts(converted.out)).toEqual(seen(first, second))
    const pooled = conversion({ out: join(folder, 'pooled'), method: 'mean', documents: null })
    await convertModelFolder(pooled, ctx)
    expect(await readSeenTexts(pooled.out)).toEqual(seen(first))
    const tuned = tuning({
      model: pooled.out,
      teacher: pooled.out,
      control: false,
      steps: 1,
      seed: 3,
      out: join(folder, 'tuned-3'),
      workFolder: join(folder, 'tuned-3.work'),
    })
    await tuneModelFolder(tuned, ctx)
    expect(await readSeenTexts(tuned.out)).toEqual(seen(first, third))
    expect(seen(first).length).toBeLessThan(seen(first, third).length)
  })

  it('tuning that only hurts leaves the model as it was', async () => {
    const harmful = tuning({
      learningRate: 3,
      control: false,
      out: join(folder, 'unharmed'),
      workFolder: join(folder, 'unharmed.work'),
    })
    const { heldOut, validationCurve } = await tuneModelFolder(harmful, ctx)
    expect(validationCurve[0]).toMatchObject({ step: 0, tokens: 0 })
    expect(heldOut.after).toEqual(heldOut.before)
    expect(await weights('unharmed')).toBe(await weights('converted'))
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
