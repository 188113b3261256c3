import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { environmentOf, readMachine, type RuntimeFacts } from '../../../src/engine/measure/environment.ts'
import { parseAnswer, type Probe, processProbe } from '../../../src/engine/measure/probes.ts'
import { environmentSchema } from '../../../src/shared/results.ts'

const runtime: RuntimeFacts = {
  soroban: '0.1.0',
  onnxruntime: '1.30.0',
  runtimeDriver: 'native',
  providerRequested: 'cpu',
  providerUsed: 'cpu',
  quantization: 'none',
  threads: 2,
}

const ANSWERS = {
  cpu: { model: 'Abacus 9000', physicalCores: 4 },
  gpus: [{ name: 'Bead GPU', driver: '1.2', memoryBytes: 1024 }],
  power: { onBattery: true },
}
const knowing = ((name: keyof typeof ANSWERS) => Promise.resolve(ANSWERS[name])) as Probe
const ignorant: Probe = () => Promise.resolve(null)

describe('readMachine', () => {
  it('takes what the probes tell', async () => {
    const machine = await readMachine(knowing)
    expect(machine).toMatchObject({
      node: process.versions.node,
      cpu: { model: 'Abacus 9000', physicalCores: 4 },
      gpus: [{ name: 'Bead GPU', driver: '1.2', memoryBytes: 1024 }],
      onBattery: true,
    })
  })

  it('stays a valid environment when every probe fails', async () => {
    const machine = await readMachine(ignorant)
    expect(machine).toMatchObject({ gpus: [], onBattery: null })
    expect(machine.cpu.physicalCores).toBe(machine.cpu.logicalCores)
    expect(() => environmentSchema.parse(environmentOf(machine, runtime))).not.toThrow()
  })

  it('describes the machine at hand', async () => {
    const environment = environmentSchema.parse(environmentOf(await readMachine(), runtime))
    expect(environment.memoryBytes).toBeGreaterThan(2 ** 20)
    expect(environment.os).toContain(process.arch)
  })
})

describe('processProbe', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'soroban-probe-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const probeRunning = async (source: string, timeoutMs: number): Promise<unknown> => {
    const program = join(folder, 'probe.mjs')
    await writeFile(program, source)
    return processProbe(timeoutMs, program)('cpu')
  }

  it('kills a probe that hangs, even one that blocks its thread', async () => {
    expect(await probeRunning('for (;;);', 200)).toBeNull()
  })

  it('takes a crash or nonsense for "cannot tell"', async () => {
    expect(await probeRunning('process.exit(3)', 30_000)).toBeNull()
    expect(await probeRunning('process.send("warming up…")', 30_000)).toBeNull()
  })

  it('asks the real program, which ends with its parent', async () => {
    expect(await processProbe(30_000)('power')).toEqual({ onBattery: expect.any(Boolean) })
    const program = new URL('../../../src/engine/measure/probe-process.ts', import.meta.url)
    const child = fork(fileURLToPath(program), ['cpu'], { execArgv: [] })
    const [answer] = (await once(child, 'message')) as [unknown]
    expect(parseAnswer('cpu', answer)).toEqual(answer)
    const ended = once(child, 'exit')
    child.disconnect()
    expect(await ended).toEqual([0, null])
  })

  it('passes a good answer on', async () => {
    const answer = await probeRunning('process.send({ model: "x", physicalCores: 8 })', 30_000)
    expect(answer).toEqual({ model: 'x', physicalCores: 8 })
  })
})

it('refuses answers of the wrong shape', () => {
  expect(parseAnswer('cpu', { model: 'x', physicalCores: 0 })).toBeNull()
  expect(parseAnswer('gpus', [])).toEqual([])
})
