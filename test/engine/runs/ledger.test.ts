import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { sha256 } from '../../../src/engine/kernel/files.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { executeRun, RunLedger } from '../../../src/engine/runs/index.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { deterministicPerformers, inputs, smallPlan } from './plans.ts'

let folder: string
let path: string
let ledger: RunLedger
let clock: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'soroban-runs-'))
  path = join(folder, 'soroban.db')
  clock = Date.UTC(2026, 0, 5, 9, 30, 12)
  ledger = RunLedger.open(path, () => new Date((clock += 1000)))
})
afterEach(() => {
  ledger[Symbol.dispose]()
  rmSync(folder, { recursive: true, force: true })
})

const errorOf = (work: () => unknown): Pick<AppError, 'code' | 'params'> => {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, params: error.params }
    throw error
  }
  throw new Error('no error')
}

/** Runs SQL behind the ledger's back. */
const tamper = (sql: string): void => {
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
}

describe('createRun', () => {
  it('records the plan, hashed over its canonical text', () => {
    const plan = smallPlan()
    const run = ledger.createRun(plan)
    const reordered = Object.fromEntries(Object.entries(plan).toReversed()) as typeof plan
    expect(run.id).toMatch(/^20260105-093013-[0-9a-f]{6}$/)
    expect(run.createdAt).toBe('2026-01-05T09:30:13.000Z')
    expect(run.plan).toEqual(plan)
    expect(ledger.createRun(reordered).planSha256).toBe(run.planSha256)
    expect(ledger.createRun({ ...plan, seed: 8 }).planSha256).not.toBe(run.planSha256)
    expect(run.status).toEqual({ state: 'created', failure: null, unitsDone: 0, unitsTotal: 11 })
    expect(ledger.createRun(plan, 'known-before').id).toBe('known-before')
  })

  it('refuses a plan that is not one, naming the field', () => {
    const plan = smallPlan()
    const twice = { ...plan, units: [...plan.units, plan.units[0]!] }
    expect(errorOf(() => ledger.createRun(twice))).toEqual({
      code: 'runs/plan-invalid',
      params: { field: 'units.11', reason: 'same as units.0' },
    })
    const unhashed = { ...plan, inputs: { corpus: 'not a hash' } }
    expect(errorOf(() => ledger.createRun(unhashed)).params['field']).toBe('inputs.corpus')
    expect(ledger.listRuns()).toEqual([])
  })
})

describe('execution', () => {
  it('commits samples that come back exactly, also in another process’s ledger', async () => {
    const run = ledger.createRun(smallPlan())
    await executeRun(run, inputs, deterministicPerformers, quietContext())
    using again = RunLedger.open(path)
    const samples = again.run(run.id).allSamples()
    expect(samples.map(({ unit }) => unit)).toEqual(run.plan.units)
    for (const { unit, samples: found } of samples) {
      const perform = deterministicPerformers[unit.phase] as (of: typeof unit) => Promise<unknown>
      expect(found).toEqual(await perform(unit))
    }
    expect(again.run(run.id).status).toMatchObject({ state: 'done', unitsDone: 11 })
    expect(again.run(run.id).pendingUnits()).toEqual([])
    expect(
      again
        .run(run.id)
        .samples('quality', 'gqa')
        .map(({ ordinal }) => ordinal),
    ).toEqual([1, 3])
  })

  it('refuses samples of the wrong shape or phase', () => {
    const run = ledger.createRun(smallPlan())
    using execution = run.begin(inputs)
    const [first] = run.pendingUnits()
    const logProbs = Float32Array.of(-1, -2)
    const kl = Float32Array.of(1)
    const pair = { kl, sameTop1: Uint8Array.of(1, 1), pBase: logProbs, pCand: logProbs }
    for (const wrong of [
      { firstPosition: 0, logProbs, pair },
      { firstPosition: 0, logProbs },
      { kvBytes: 1, peakRssBytes: 1 },
    ]) {
      expect(errorOf(() => execution.commit(first!, wrong as never)).code).toBe('runs/samples-invalid')
    }
    expect(run.status.unitsDone).toBe(0)
  })

  it('is one at a time, and shows as running meanwhile', () => {
    const run = ledger.createRun(smallPlan())
    const execution = run.begin(inputs)
    using other = RunLedger.open(path)
    const same = other.run(run.id)
    expect(same.status.state).toBe('running')
    expect(errorOf(() => same.begin(inputs)).code).toBe('runs/locked')
    expect(errorOf(() => other.deleteRun(run.id)).code).toBe('runs/locked')
    execution[Symbol.dispose]()
    expect(run.status.state).toBe('interrupted')
    run.begin(inputs)[Symbol.dispose]()
  })

  it('resumes only with the same inputs, naming each that changed', () => {
    const run = ledger.createRun(smallPlan())
    const changed = sha256('corpus, edited')
    const { code, params } = errorOf(() => run.begin({ corpus: changed, 'model:gqa': changed }))
    expect(code).toBe('runs/inputs-changed')
    expect(params['changed']).toBe(
      `corpus (${inputs.corpus.slice(0, 8)} → ${changed.slice(0, 8)}), ` +
        `model:baseline (${inputs['model:baseline'].slice(0, 8)} → –), model:gqa (– → ${changed.slice(0, 8)})`,
    )
    expect(run.status.state).toBe('created')
    run.begin(inputs)[Symbol.dispose]() // The refusal left no lock behind.
  })
})

describe('listing', () => {
  it('shows the newest first, and damaged runs as such', () => {
    const [first, second] = [ledger.createRun(smallPlan()), ledger.createRun(smallPlan(3))]
    tamper(`UPDATE runs SET plan = replace(plan, '"seed":7', '"seed":9') WHERE id = '${first.id}'`)
    expect(ledger.listRuns()).toMatchObject([
      { id: second.id, state: 'created', unitsTotal: 13 },
      { id: first.id, state: 'damaged', failure: { code: 'runs/record-damaged' } },
    ])
    expect(errorOf(() => ledger.run(first.id)).params).toMatchObject({ run: first.id, field: 'plan' })
    ledger.deleteRun(first.id)
    expect(ledger.listRuns().map(({ id }) => id)).toEqual([second.id])
  })

  it('names the unit whose samples cannot be read', async () => {
    const run = ledger.createRun(smallPlan())
    await executeRun(run, inputs, deterministicPerformers, quietContext())
    tamper(`UPDATE units SET samples = x'00ff' WHERE ordinal = 2`)
    expect(errorOf(() => run.samples('quality'))).toMatchObject({
      code: 'runs/record-damaged',
      params: { run: run.id, field: 'units.2' },
    })
  })

  it('knows no other runs', () => {
    expect(errorOf(() => ledger.run('20260101-000000-abcdef')).code).toBe('runs/unknown')
    expect(errorOf(() => ledger.deleteRun('../secrets')).code).toBe('runs/unknown')
  })
})

describe('deleteRun', () => {
  it('leaves no trace in the database, its log or the run’s folder, and spares other runs', async () => {
    const kept = ledger.createRun(smallPlan())
    const run = ledger.createRun(smallPlan(2, 'TOP-SECRET-MERGER.txt'))
    await executeRun(run, inputs, deterministicPerformers, quietContext())
    mkdirSync(run.folder, { recursive: true })
    writeFileSync(join(run.folder, 'answers.json'), 'x')
    const traces = (): string[] =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => file.includes(run.id) || readFileSync(file).includes('TOP-SECRET-MERGER'))
    expect(traces()).not.toEqual([])

    ledger.deleteRun(run.id)
    expect(traces()).toEqual([])
    expect(existsSync(run.folder)).toBe(false)
    expect(ledger.listRuns().map(({ id }) => id)).toEqual([kept.id])
    expect(errorOf(() => run.status).code).toBe('runs/unknown')
  })
})
