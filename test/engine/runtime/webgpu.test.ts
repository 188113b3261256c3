import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { GraphBuilder, serializeModel } from '../../../src/engine/graph/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { Arm, type DecoderGraphs } from '../../../src/engine/runtime/index.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import { describeOnGpu } from '../../fixtures/software-gpu.ts'
import { randomIds, tinyConfig, tinyDecoder, type TinyDecoder } from './tiny-decoder.ts'

// Shaders are compiled for a CPU here: seconds of work when cores are free, far more when they are shared.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const options = { threads: 1, forbidCpuFallback: true } as const
// float32 on both sides, sums in another order; measured 1e-5.
const TOLERANCE = 1e-3

describeOnGpu('a decoder', (env) => {
  let arm: Arm
  let decoder: TinyDecoder

  beforeAll(async () => {
    decoder = await tinyDecoder(1, { ...tinyConfig, layers: 1 })
    arm = await Arm.start({ name: 'webgpu', env }, quietContext())
    await load('cpu', 'cpu', decoder)
  })

  afterAll(async () => {
    await arm?.close()
  })

  const load = (model: string, provider: 'cpu' | 'webgpu', graphs: DecoderGraphs) =>
    arm.call('load', { model, graphs, options: { ...options, provider } })

  it('has all its graphs on the device, and long runs recognised as wrong', async () => {
    // SwiftShader's subgroups of four make WebGPU's attention kernel for long runs wrong.
    expect(await load('gpu', 'webgpu', decoder)).toEqual({ longestRun: 16 })
  })

  it('scores as the CPU does', async () => {
    const window = { ids: randomIds(49, 1), targetsFrom: 1 }
    const gpu = await arm.call('score', { model: 'gpu', window })
    const cpu = await arm.call('score', { model: 'cpu', window })
    const differences = cpu.logProbs.map((value, index) => Math.abs(value - gpu.logProbs[index]!))
    expect(differences).toHaveLength(48)
    expect(Math.max(...differences)).toBeLessThan(TOLERANCE)
    expect(gpu.top1).toEqual(cpu.top1)
  })

  it('has the logits of the CPU', async () => {
    const window = { ids: randomIds(49, 3), targetsFrom: 10 }
    const { candidates } = await arm.call('scorePair', { baseline: 'cpu', candidates: ['gpu'], window })
    expect(Math.max(...candidates[0]!.kl)).toBeLessThan(TOLERANCE)
    expect(candidates[0]!.sameTop1).toEqual(new Uint8Array(39).fill(1))
  })

  it('generates the same tokens from a cache that stays on the device', async () => {
    const call = { prompt: randomIds(32, 2), maxTokens: 6 }
    const gpu = await arm.call('generate', { ...call, model: 'gpu' })
    expect(gpu.tokens).toEqual((await arm.call('generate', { ...call, model: 'cpu' })).tokens)
  })

  it('is refused when a part of it would fall back to the CPU', async () => {
    const graph = new GraphBuilder()
    // The size of the result depends on the values, which a GPU cannot tell before it has run.
    graph.output(graph.node('Unique', [graph.input('x', 'float32', ['n'])], 'float32', ['m']))
    const graphPath = join(dirname(decoder.score.graphPath), 'unique.onnx')
    await writeFile(graphPath, serializeModel(graph.build()))
    const score = { ...decoder.score, graphPath }
    expect(await failureOf(() => load('other', 'webgpu', { score }))).toEqual({
      code: 'runtime/cpu-fallback',
      params: { model: graphPath, provider: 'webgpu' },
    })
  })
})

describe.runIf(process.platform === 'linux')('a machine without a GPU (Linux)', () => {
  it('is told so', async () => {
    const { generate } = await tinyDecoder(1)
    // Vulkan's loader looks nowhere else for drivers.
    const env = { VK_ICD_FILENAMES: '/nonexistent.json', VK_DRIVER_FILES: '/nonexistent.json' }
    await using arm = await Arm.start({ name: 'webgpu', env }, quietContext())
    const question = {
      model: 'gpu',
      graphs: { generate },
      options: { ...options, provider: 'webgpu' },
    } as const
    expect(await failureOf(() => arm.call('load', question))).toMatchObject({
      code: 'runtime/device-missing',
      params: { provider: 'webgpu' },
    })
  })
})
