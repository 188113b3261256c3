import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it, vi } from 'vitest'

import {
  type DocumentsScore,
  type PocOutcome,
  type PocSettings,
  resumePoc,
  runPoc,
  scoreDocuments,
  storageIn,
} from '../../../src/engine/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { DEFAULT_CORPUS_SETTINGS } from '../../../src/shared/documents.ts'
import { RANDOM_CONFIGS, randomModel, writeRandomModel } from '../../fixtures/random-models.ts'
import { describeOnGpu } from '../../fixtures/software-gpu.ts'

// Every process compiles its shaders for a CPU here: seconds of work when cores are free, far more when they are shared.
vi.setConfig({ testTimeout: 1_200_000, hookTimeout: 60_000 })

/** Nats: the acceptance line; float32 on both sides differs by 1e-6. */
const TOLERANCE = 1e-3

const ctx = quietContext()

describeOnGpu('a proof of concept', (environment) => {
  let folder: string
  const path = (name: string): string => join(folder, name)
  const common = { corpus: DEFAULT_CORPUS_SETTINGS, quantization: 'none', threads: 1 } as const

  beforeAll(async () => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    folder = await mkdtemp(join(tmpdir(), 'soroban-poc-webgpu-'))
    const config = { ...RANDOM_CONFIGS.llama, layers: 1 }
    await writeRandomModel(path('mha'), randomModel(config, 1))
    await writeRandomModel(path('gqa'), randomModel({ ...config, kvHeads: 2 }, 2))
    await mkdir(path('documents'))
    // Only characters of the tiny vocabulary; the first document needs two windows.
    await writeFile(
      path('documents/long.txt'),
      'MEASURE-TWICE,CUT-ONCE.THE-SAME-LOSS-ON-EVERY-DEVICE!'.repeat(2),
    )
    await writeFile(path('documents/short.txt'), 'A-TEXT-OF-ANOTHER-KIND:0123456789.')
  })

  afterAll(async () => {
    vi.unstubAllEnvs()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  const poc = (provider: PocSettings['provider']): Promise<PocOutcome> =>
    runPoc(
      {
        ...common,
        documents: path('documents'),
        baseline: path('mha'),
        candidates: [path('gqa')],
        out: path(`out-${provider}`),
        contexts: [64],
        provider,
        marginNll: 0.01,
        seed: 1,
        locale: 'en',
      },
      storageIn(path('home')),
      ctx,
    )

  it('runs wholly on the device, with the losses of the CPU, and tells that the device was limited', async () => {
    const cpu = await poc('cpu')
    const gpu = await poc('webgpu')
    const [expected, actual] = [cpu.results, gpu.results]
    expect(actual.environment).toMatchObject({ providerRequested: 'webgpu', providerUsed: 'webgpu' })
    expect(actual.selfCheck).toEqual({ windows: 2, maxAbsoluteDifference: 0, passed: true })
    const losses = ({ arms }: PocOutcome['results']): (readonly [string, number])[] =>
      arms.map(({ id, quality }) => [id, quality.nll.value ?? Number.NaN])
    expect(losses(actual).map(([id]) => id)).toEqual(['mha', 'gqa'])
    losses(actual).forEach(([, nll], index) => {
      expect(Math.abs(nll - losses(expected)[index]![1])).toBeLessThan(TOLERANCE)
    })

    const limited = ({ warnings }: PocOutcome['results']) =>
      warnings.filter(({ code }) => code === 'poc/provider-limited').map(({ params }) => params)
    expect(limited(expected)).toEqual([])
    expect(limited(actual)).toEqual([{ provider: 'webgpu', arms: 'mha, gqa', tokens: 16 }])
    // Nothing is left to do and no device is opened, yet what the first process met is still told.
    const resumed = await resumePoc(gpu.run, storageIn(path('home')), ctx)
    expect(limited(resumed.results)).toEqual(limited(actual))
  })

  it('scores documents as the CPU does', async () => {
    const score = (provider: PocSettings['provider']): Promise<DocumentsScore> =>
      scoreDocuments(
        { ...common, model: path('gqa'), documents: path('documents'), provider, home: path('home') },
        ctx,
      )
    const cpu = await score('cpu')
    const gpu = await score('webgpu')
    expect(gpu.total.tokens).toBe(cpu.total.tokens)
    expect(Math.abs(gpu.total.nll - cpu.total.nll)).toBeLessThan(TOLERANCE)
  })
})
