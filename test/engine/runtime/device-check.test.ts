import { beforeAll, describe, expect, it } from 'vitest'

import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { longestCorrectRun } from '../../../src/engine/runtime/device-check.ts'
import { openBackend, type Backend, type Binding } from '../../../src/engine/runtime/index.ts'

let cpu: Backend

beforeAll(async () => {
  cpu = await openBackend(quietContext())
})

/** The CPU under the name of WebGPU, with outputs spoiled in runs of at least `wrongFrom` tokens. */
function device(wrongFrom: number): Backend {
  return {
    driver: cpu.driver,
    version: cpu.version,
    availableProviders: () => ['cpu', 'webgpu'],
    async createSession(model, options) {
      const session = await cpu.createSession(model, { ...options, provider: 'cpu' })
      const wrong = options.provider === 'webgpu'
      return {
        inputNames: session.inputNames,
        outputNames: session.outputNames,
        bind: () => (wrong ? spoiled(session.bind(), wrongFrom) : session.bind()),
        allocate: (type, dims) => session.allocate(type, dims),
        peakArenaBytes: () => null,
        [Symbol.dispose]: () => session[Symbol.dispose](),
      }
    },
  }
}

function spoiled(binding: Binding, wrongFrom: number): Binding {
  let attended: { readonly dims: readonly number[]; readonly data?: unknown } = { dims: [] }
  return {
    input: (name, tensor) => binding.input(name, tensor),
    output: (name, tensor) => {
      if (name === 'attended') attended = tensor
      binding.output(name, tensor)
    },
    async run(signal) {
      await binding.run(signal)
      // One row, as a wrong kernel may spare the others.
      if ((attended.dims[1] ?? 0) >= wrongFrom) (attended.data as Float32Array).fill(0.5, 0, 8)
    },
    [Symbol.dispose]: () => binding[Symbol.dispose](),
  }
}

describe('longestCorrectRun', () => {
  it('does not limit the CPU, nor a device that agrees with it', async () => {
    expect(await longestCorrectRun(cpu, 'cpu', 16)).toBe(Infinity)
    expect(await longestCorrectRun(device(Infinity), 'webgpu', 16)).toBe(Infinity)
  })

  it('keeps to short runs where only long ones are wrong', async () => {
    expect(await longestCorrectRun(device(32), 'webgpu', 16)).toBe(16)
  })

  it('refuses a device that is wrong at every length', async () => {
    await expect(longestCorrectRun(device(1), 'webgpu', 16)).rejects.toMatchObject({
      code: 'runtime/device-wrong',
      params: { provider: 'webgpu' },
    })
  })
})
