import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ADAMW_DEFAULTS } from '../../../src/engine/autodiff/index.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { quietContext, type RunContext } from '../../../src/engine/kernel/run-context.ts'
import { openHfFolder } from '../../../src/engine/models/index.ts'
import { buildReferenceModels, type ReferenceInput } from '../../../src/engine/workflows/reference.ts'
import { openBench } from '../../../src/engine/workflows/reference/reference-bench.ts'
import {
  referenceCardSchema,
  type ReferenceCard,
} from '../../../src/engine/workflows/reference/reference-card.ts'
import type { ReferencePlan } from '../../../src/engine/workflows/reference/reference-plan.ts'
import type { Progress } from '../../../src/shared/job.ts'

/** The whole build at a size that takes seconds. */
const PLAN: ReferencePlan = {
  vocabSize: 300,
  parts: { heldOut: 0.2, validation: 0.3 },
  architecture: {
    family: 'llama',
    hiddenSize: 32,
    intermediateSize: 48,
    layers: 2,
    queryHeads: 4,
    kvHeads: 4,
    headDim: 8,
    maxPositions: 64,
    normEpsilon: 1e-5,
    rope: { theta: 10000, scaling: null },
    tiedEmbeddings: true,
    qkvBias: false,
    outputBias: false,
    mlpBias: false,
    qkNorm: false,
  },
  kvHeads: 1,
  baseline: {
    phases: [
      { steps: 8, batch: 2, length: 32, accumulate: 2 },
      { steps: 4, batch: 1, length: 64, accumulate: 1 },
    ],
    schedule: { kind: 'trapezoid', peak: 1e-2, warmupSteps: 2, floor: 0.02, decayFraction: 0.35 },
    optimizer: ADAMW_DEFAULTS,
    validateEvery: 4,
    patience: null,
  },
  tuning: {
    phases: [{ steps: 6, batch: 2, length: 32, accumulate: 1 }],
    schedule: { kind: 'cosine', peak: 1e-3, warmupSteps: 1, floor: 0.05 },
    optimizer: { ...ADAMW_DEFAULTS, weightDecay: 0 },
    validateEvery: 3,
    patience: null,
  },
  klWeight: 0.5,
  evaluationWindow: 32,
  calibrationWindows: 4,
  calibrationLength: 32,
  validationWindow: 32,
  sliceBytes: 2000,
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-reference-'))
  await writeFile(join(folder, 'corpus.jsonl.gz'), gzipSync(corpus()))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

/** Documents of made-up words, each in one of two languages. */
function corpus(): string {
  const random = new SeededRandom(8)
  const word = (): string =>
    'kasetonimuraheyoki'.slice(2 * random.integer(8)).slice(0, 2 + 2 * random.integer(4))
  return Array.from({ length: 60 }, (_, index) => {
    const language = index % 3 === 0 ? 'en' : 'ja'
    const text = Array.from({ length: 60 + random.integer(60) }, word).join(' ')
    return `${JSON.stringify({ id: `${index}.md`, source: `source-${language}`, license: 'CC0', language, text })}\n`
  }).join('')
}

function input(name: string): ReferenceInput {
  return {
    corpus: join(folder, 'corpus.jsonl.gz'),
    out: join(folder, name, 'models'),
    workFolder: join(folder, name, 'work'),
    seed: 1,
    threads: 2,
    plan: PLAN,
  }
}

/** A card without wall time and machine. */
function figures(card: ReferenceCard): unknown {
  return JSON.parse(
    JSON.stringify(card, (key, value: unknown) => (['seconds', 'hardware'].includes(key) ? null : value)),
  )
}

/** Every file of a build but the cards, which carry wall times. */
async function weights({ out }: ReferenceInput): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(out, { recursive: true })).filter((name) =>
    /safetensors$|jsonl$|tokenizer.json$/.test(name),
  )
  return new Map(
    await Promise.all(
      names.sort().map(async (name) => [name, await readFile(join(out, name), 'base64')] as const),
    ),
  )
}

describe('the tokenizer in the work folder', () => {
  it('serves the corpus, seed and size that it was trained for, and no other', async () => {
    const opened = async (name: string, seed: number): Promise<string> =>
      (await openBench({ ...input(name), seed }, quietContext())).tokenizerJson
    const first = await opened('tokenizer', 1)
    const other = await opened('tokenizer', 2)
    expect(other).not.toBe(first)
    expect(other).toBe(await opened('tokenizer-fresh', 2))
    expect(await opened('tokenizer', 2)).toBe(other)
  })
})

describe('building the reference pair', () => {
  it('writes both folders with cards, and goes on after interruptions to the same bits', async () => {
    const straight = input('straight')
    const { cards, folders } = await buildReferenceModels(straight, quietContext())
    expect(folders).toEqual([join(straight.out, 'reference-mha'), join(straight.out, 'reference-gqa')])

    const broken = input('broken')
    for (const [label, step] of [
      ['baseline', 5],
      ['distillation', 2],
      ['control', 4],
    ] as const) {
      const controller = new AbortController()
      const report = (progress: Progress): void => {
        if (progress.kind === 'train' && progress.label === label && progress.done === step)
          controller.abort()
      }
      const ctx: RunContext = { ...quietContext(controller.signal), report }
      await expect(buildReferenceModels(broken, ctx)).rejects.toThrow()
    }
    const resumed = await buildReferenceModels(broken, quietContext())
    expect(resumed.cards.map(figures)).toEqual(cards.map(figures))
    expect(await weights(broken)).toEqual(await weights(straight))
  })

  it('the cards describe the folders they lie in', async () => {
    const { out } = input('straight')
    const [mha, gqa] = await Promise.all(
      ['reference-mha', 'reference-gqa'].map(async (name) => {
        const card = referenceCardSchema.parse(
          JSON.parse(await readFile(join(out, name, 'card.json'), 'utf8')),
        )
        const model = await openHfFolder(join(out, name), quietContext())
        expect(card.weights.sha256).toBe(
          model.files.find((file) => file.name === 'model.safetensors')?.sha256,
        )
        expect(card.model).toMatchObject({ parameters: model.parameters, kvHeads: model.config.kvHeads })
        expect(await readFile(join(out, name, 'README.md'), 'utf8')).toContain(card.heldOut.nll.toFixed(4))
        return card
      }),
    )
    expect([mha!.model.kvHeads, gqa!.model.kvHeads]).toEqual([4, 1])
    expect(mha!.training).toMatchObject({ steps: 12, tokens: 8 * 128 + 4 * 64 })
    expect(gqa!.training).toMatchObject({ steps: 6, tokens: 6 * 64 })
    expect(gqa!.conversion!.control.training).toMatchObject({ steps: 6, tokens: 6 * 64 })
    expect(gqa!.conversion!.baseline).toEqual({ heldOut: mha!.heldOut, weightsSha256: mha!.weights.sha256 })
    expect(gqa!.conversion!.relativeToBaseline).toBeCloseTo(gqa!.heldOut.nll / mha!.heldOut.nll - 1, 12)
    const validation = Object.entries(gqa!.conversion!.validation).sort(([, a], [, b]) => a.nll - b.nll)
    expect(validation.map(([method]) => method)).toHaveLength(3)
    expect(gqa!.conversion!.method).toBe(validation[0]![0])
  })
})
