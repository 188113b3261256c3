import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { SeededRandom } from '../../src/engine/kernel/random.ts'
import { RunLedger } from '../../src/engine/runs/index.ts'
import { databasePathIn } from '../../src/engine/store/index.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { Results } from '../../src/shared/results.ts'
import { type Company, openCompany } from './company.ts'
import { filesBelow, lastingPart, readResults } from './results.ts'
import { type Finished, RunningSoroban, soroban, sorobanJson } from './soroban.ts'

const TIMEOUT = 300_000

let company: Company
let uninterrupted: Results
beforeAll(async () => {
  company = await openCompany()
  const { status } = await poc(company.home, company.path('uninterrupted')).finished
  expect(status).toBe(0)
  uninterrupted = await readResults(company.path('uninterrupted'))
}, TIMEOUT)
afterAll(() => company[Symbol.asyncDispose]())

function poc(home: string, out: string): RunningSoroban {
  const { documents, baseline, gqa, foreign } = company
  const models = ['--baseline', baseline, '--candidate', gqa, foreign]
  const rest = ['--out', out, '--contexts', '64,128', '--threads', '1']
  return new RunningSoroban(['poc', '--documents', documents, ...models, ...rest], { home })
}

const resume = (home: string, run: string): RunningSoroban =>
  new RunningSoroban(['runs', 'resume', run], { home })

/** The id, once the run is in the ledger. */
const started = async (process: RunningSoroban): Promise<string> =>
  (await process.said(/Run (\S+) (?:started|resumed)\./))[1]!

const stateOf = async (home: string, run: string): Promise<string> =>
  (await sorobanJson<{ state: string }>(['runs', 'show', run], { home })).state

/** Finished units and all units, read beside the process that works on them. */
function unitsOf(home: string, run: string): { readonly done: number; readonly total: number } {
  using ledger = RunLedger.open(databasePathIn(home))
  const record = ledger.run(run)
  const total = record.plan.units.length
  return { done: total - record.pendingUnits().length, total }
}

/** Waits until the run has this many finished units. */
const reached = (process: RunningSoroban, home: string, run: string, units: number): Promise<true> =>
  process.until(() => (unitsOf(home, run).done >= units ? true : undefined))

it(
  'a run killed at random moments and resumed gives the results of an uninterrupted one; no process outlives it',
  async () => {
    const { home } = company
    const out = company.path('killed')
    const kills = 4
    const random = new SeededRandom(20260105)
    let current = poc(home, out)
    const run = await started(current)
    for (let kill = 0; kill < kills; kill++) {
      const { done, total } = unitsOf(home, run)
      // Spread over what is left: the first hits the process that scores, the last the ones that are timed.
      const further = random.integer(Math.floor((1.6 * (total - done)) / (kills - kill)))
      await reached(current, home, run, Math.min(done + further, total - 5))
      // By turns the parent alone and the whole group, as when a session ends.
      if (kill % 2 === 0) current.kill('SIGKILL')
      else current.killGroup('SIGKILL')
      expect((await current.finished).signal).toBe('SIGKILL')
      await current.gone()
      expect(await filesBelow(out)).toEqual([])
      expect(await stateOf(home, run)).toBe('interrupted')
      current = resume(home, run)
      expect(await started(current)).toBe(run)
    }
    expect((await current.finished).status).toBe(0)
    await current.gone()
    const results = await readResults(out)
    expect(results.run.id).toBe(run)
    expect(lastingPart(results)).toEqual(lastingPart(uninterrupted))
    expect(await filesBelow(out)).toEqual([join(out, 'report.xlsx'), join(out, 'results.json')])

    // Resuming what is finished measures nothing again.
    expect((await resume(home, run).finished).status).toBe(0)
    const { arms, comparisons } = await readResults(out)
    expect({ arms, comparisons }).toEqual({ arms: results.arms, comparisons: results.comparisons })
  },
  TIMEOUT,
)

it(
  'a run killed before it began leaves nothing in the way; Ctrl-C, changed inputs and a rival leave it resumable',
  async () => {
    const home = company.path('second-home')
    const out = company.path('interrupted')

    const early = poc(home, out)
    await early.until(() => existsSync(join(home, 'cache')) || undefined)
    early.killGroup('SIGKILL')
    await early.finished
    expect(await filesBelow(out)).toEqual([])
    expect(await sorobanJson(['runs', 'list'], { home })).toEqual([])

    // Ctrl-C reaches the parent alone under a launcher that forwards it, and the whole group in a terminal.
    let current = poc(home, out)
    const run = await started(current)
    await reached(current, home, run, 3)
    current.kill('SIGINT')
    await expectCancelled(current)
    expect(await stateOf(home, run)).toBe('interrupted')
    current = resume(home, run)
    await started(current)
    await reached(current, home, run, unitsOf(home, run).total - 20)
    current.killGroup('SIGINT')
    await expectCancelled(current)
    expect(await stateOf(home, run)).toBe('interrupted')
    expect(await filesBelow(out)).toEqual([])

    const document = join(company.documents, '規程', '点検規程.txt')
    const original = await readFile(document)
    await writeFile(document, `${original.toString('utf8')}\n改定。`)
    const changed = await resume(home, run).finished
    expect([changed.status, changed.stdout]).toEqual([1, ''])
    expect(changed.stderr).toMatch(/cannot be resumed/)
    expect(changed.stderr).toMatch(/document:規程\/点検規程\.txt \([0-9a-f]{8} → [0-9a-f]{8}\)/)
    await writeFile(document, original)

    // A stopped process keeps its lock; what it says to its rival does not depend on how fast it is.
    current = resume(home, run)
    await reachedLock(current, run)
    current.killGroup('SIGSTOP')
    const locked = `${new AppError('runs/locked', { run }).localized('en')}\n`
    const rivals = await Promise.all([resume(home, run).finished, soroban(['runs', 'delete', run], { home })])
    current.killGroup('SIGCONT')
    for (const { status, stderr } of rivals) expect([status, stderr]).toEqual([1, locked])
    expect((await current.finished).status).toBe(0)
    expect(lastingPart(await readResults(out))).toEqual(lastingPart(uninterrupted))
  },
  TIMEOUT,
)

/** Waits until the process holds the run's lock: it has committed a unit more than there were. */
async function reachedLock(process: RunningSoroban, run: string): Promise<void> {
  const home = company.path('second-home')
  const before = unitsOf(home, run).done
  await started(process)
  await reached(process, home, run, before + 1)
}

async function expectCancelled(process: RunningSoroban): Promise<void> {
  const { status, stdout, stderr }: Finished = await process.finished
  expect([status, stdout]).toEqual([130, ''])
  expect(stderr.endsWith(`${new AppError('cancelled').localized('en')}\n`)).toBe(true)
  await process.gone()
}
