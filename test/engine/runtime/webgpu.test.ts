import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { Arm } from '../../../src/engine/runtime/index.ts'
import { randomIds, tinyDecoder, type TinyDecoder } from './tiny-decoder.ts'

/** SwiftShader, a Vulkan driver that runs on the CPU; Debian's chromium-common brings it. */
const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json'
// Shaders are compiled for a CPU here: seconds of work when cores are free, far more when they are shared.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const options = { threads: 1, forbidCpuFallback: true } as const
// float32 on both sides, sums in another order; measured 1e-5.
const TOLERANCE = 1e-3

if (existsSync(DRIVER)) describe('WebGPU through SwiftShader', throughSwiftShader)
else describe(`WebGPU is NOT tested: ${DRIVER} is missing (Debian: chromium-common)`, withoutDriver)

function throughSwiftShader(): void {
  let arm: Arm
  let decoder: TinyDecoder

  beforeAll(async () => {
    decoder = await tinyDecoder(1)
    const env = { VK_ICD_FILENAMES: DRIVER, LD_LIBRARY_PATH: dirname(DRIVER) }
    arm = await Arm.start({ name: 'webgpu', env }, quietContext())
    const graphs = { generate: decoder.generate, logits: decoder.logits }
    for (const [model, provider] of [
      ['cpu', 'cpu'],
      ['gpu', 'webgpu'],
    ] as const) {
      const { longestRun } = await arm.call('load', { model, graphs, options: { ...options, provider } })
      // SwiftShader's subgroups of four make WebGPU's kernel for long runs wrong; the runtime must have noticed.
      expect(longestRun).toBe(provider === 'webgpu' ? 16 : null)
    }
  })

  afterAll(async () => {
    await arm?.close()
  })

  it('scores as the CPU does, without a node on the CPU', async () => {
    const window = { ids: randomIds(49, 1), targetsFrom: 1 }
    const gpu = await arm.call('score', { model: 'gpu', window })
    const cpu = await arm.call('score', { model: 'cpu', window })
    const differences = cpu.logProbs.map((value, index) => Math.abs(value - gpu.logProbs[index]!))
    expect(differences).toHaveLength(48)
    expect(Math.max(...differences)).toBeLessThan(TOLERANCE)
    expect(gpu.top1).toEqual(cpu.top1)
  })

  it('generates the same tokens from a cache that stays on the device', async () => {
    const call = { prompt: randomIds(32, 2), maxTokens: 6 }
    const gpu = await arm.call('generate', { ...call, model: 'gpu' })
    expect(gpu.tokens).toEqual((await arm.call('generate', { ...call, model: 'cpu' })).tokens)
  })

  it('compares models across providers', async () => {
    const window = { ids: randomIds(49, 3), targetsFrom: 10 }
    const { candidates } = await arm.call('scorePair', { baseline: 'cpu', candidates: ['gpu'], window })
    expect(Math.max(...candidates[0]!.kl)).toBeLessThan(TOLERANCE)
    expect(candidates[0]!.sameTop1).toEqual(new Uint8Array(39).fill(1))
  })
}

function withoutDriver(): void {
  it('says what there is instead when a device is asked for', async () => {
    const decoder = await tinyDecoder(1)
    await using arm = await Arm.start({ name: 'webgpu' }, quietContext())
    const graphs = { generate: decoder.generate }
    const loading = arm.call('load', { model: 'gpu', graphs, options: { ...options, provider: 'webgpu' } })
    const outcome = await loading.then(
      () => 'loaded',
      (error: { code: string }) => error.code,
    )
    expect(['loaded', 'runtime/device-missing', 'runtime/provider-missing']).toContain(outcome)
  })
}
