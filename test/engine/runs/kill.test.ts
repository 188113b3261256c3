import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { executeRun, type Run, RunLedger } from '../../../src/engine/runs/index.ts'
import { deterministicPerformers, inputs, smallPlan } from './plans.ts'

const PROGRAM = fileURLToPath(new URL('ledger-process.ts', import.meta.url))

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'soroban-kill-'))
  path = join(folder, 'soroban.db')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const start = (run: Run, mode: 'execute' | 'hold'): ChildProcessByStdio<Writable, Readable, null> =>
  spawn(process.execPath, [PROGRAM, path, run.id, mode], { stdio: ['pipe', 'pipe', 'inherit'] })

it('a run killed at random moments and resumed ends with the samples of an uninterrupted one', async () => {
  const kills = 6
  const plan = smallPlan(45)
  using ledger = RunLedger.open(path)
  const killed = ledger.createRun(plan)
  const random = new SeededRandom(20260105)

  for (let kill = 0; kill < kills; kill++) {
    const before = killed.status.unitsDone
    const child = start(killed, 'execute')
    const closed = once(child, 'close')
    const fatalLine = 1 + random.integer(Math.floor((2 * 45 - before) / (kills - kill)))
    const begun: string[] = []
    for await (const line of createInterface(child.stdout)) {
      begun.push(line)
      if (begun.length === fatalLine) child.kill('SIGKILL')
    }
    expect((await closed)[1]).toBe('SIGKILL')

    const { state, unitsDone } = killed.status
    expect(state).toBe('interrupted')
    // Every announced unit but the one in flight was committed; nothing done before was done again.
    const inFlight = before + begun.length - unitsDone
    expect([0, 1]).toContain(inFlight)
    const announced = plan.units.slice(before, before + begun.length)
    expect(begun).toEqual(
      announced.map((unit) => (unit.phase === 'quality' ? `${unit.arm} ${unit.window}` : '')),
    )
  }

  expect(killed.status.unitsDone).toBeLessThan(plan.units.length)
  await executeRun(killed, inputs, deterministicPerformers, quietContext())
  const uninterrupted = ledger.createRun(plan)
  await executeRun(uninterrupted, inputs, deterministicPerformers, quietContext())
  expect(killed.allSamples()).toEqual(uninterrupted.allSamples())
  expect(killed.status).toEqual(uninterrupted.status)
})

it('a run held by another process is refused, and taken over once that process is dead', async () => {
  using ledger = RunLedger.open(path)
  const run = ledger.createRun(smallPlan())
  const holder = start(run, 'hold')
  const closed = once(holder, 'close')
  await Promise.race([once(holder.stdout, 'data'), closed])
  expect(run.status.state).toBe('running')
  expect(() => run.begin(inputs)).toThrow(expect.objectContaining({ code: 'runs/locked' }))

  holder.kill('SIGKILL')
  await closed
  expect(run.status.state).toBe('interrupted')
  await executeRun(run, inputs, deterministicPerformers, quietContext())
  expect(run.status.state).toBe('done')
})
