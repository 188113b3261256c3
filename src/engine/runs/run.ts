import { z } from 'zod'

import { AppError, isErrorCode, serializeError, type SerializedError } from '../../shared/errors.ts'
import { sha256 } from '../kernel/files.ts'
import type { RunRow, RunTable } from '../store/index.ts'
import { changedInputs, parsePlan, type RunInputs, type RunPlan } from './plan.ts'
import { decodeSamples, encodeSamples } from './sample-codec.ts'
import {
  describeUnit,
  type FinishedUnit,
  type Phase,
  type PlannedUnit,
  type SamplesOf,
  samplesSchemas,
  type Unit,
} from './units.ts'

const RUN_STATES = ['created', 'running', 'interrupted', 'failed', 'done'] as const
export type RunState = (typeof RUN_STATES)[number]
const runStateSchema = z.enum(RUN_STATES)

const failureSchema = z.object({
  code: z.string().refine(isErrorCode),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

export interface RunStatus {
  readonly state: RunState
  /** Why it failed; null in every other state. */
  readonly failure: SerializedError | null
  readonly unitsDone: number
  readonly unitsTotal: number
}

/** What a run needs from the ledger that holds it. */
export interface RunHome {
  readonly table: RunTable
  readonly now: () => Date
  /** Where the run may keep files of its own; removed when the run is deleted. */
  folderOf(run: string): string
  /** The run's lock, or null when another process holds it. */
  lock(run: string, waitMs: number): Disposable | null
}

/** Longer than another process needs to look whether the lock is free. */
const LOCK_WAIT_MS = 1000

/** One run of the ledger: its plan, and the samples of the units that are done. */
export class Run {
  readonly id: string
  readonly createdAt: string
  readonly plan: RunPlan
  readonly planSha256: string
  readonly folder: string
  readonly #home: RunHome

  /** @throws AppError runs/record-damaged when the stored plan is not the one that was hashed */
  constructor(home: RunHome, row: RunRow) {
    this.#home = home
    this.id = row.id
    this.createdAt = row.createdAt
    this.planSha256 = row.planSha256
    this.folder = home.folderOf(row.id)
    this.plan = readBack(row.id, 'plan', () => {
      if (sha256(row.plan) !== row.planSha256) throw new RangeError('SHA-256 differs')
      return parsePlan(JSON.parse(row.plan))
    })
  }

  /** State and counts as of now. A run whose process died without a word is `interrupted`. */
  get status(): RunStatus {
    const row = this.#home.table.find(this.id)
    if (row === undefined) throw new AppError('runs/unknown', { run: this.id })
    const stored = readBack(this.id, 'state', () => runStateSchema.parse(row.state))
    const { failure } = row
    return {
      state: stored === 'running' && this.#isAbandoned() ? 'interrupted' : stored,
      failure:
        failure === null
          ? null
          : readBack(this.id, 'failure', () => failureSchema.parse(JSON.parse(failure))),
      unitsDone: this.#home.table.committedOrdinals(this.id).length,
      unitsTotal: this.plan.units.length,
    }
  }

  /** Units still to be done, in the plan's order. */
  pendingUnits(): readonly PlannedUnit[] {
    const done = new Set(this.#home.table.committedOrdinals(this.id))
    return this.plan.units
      .map((unit, ordinal) => ({ ordinal, unit }))
      .filter(({ ordinal }) => !done.has(ordinal))
  }

  /**
   * Samples of finished units of one phase, in the plan's order.
   *
   * @throws AppError runs/record-damaged
   */
  samples<P extends Phase>(phase: P, arm?: string): FinishedUnit<P>[] {
    const found: FinishedUnit<P>[] = []
    for (const [ordinal, unit] of this.plan.units.entries()) {
      if (unit.phase !== phase || (arm !== undefined && unit.arm !== arm)) continue
      const row = this.#home.table.findUnit(this.id, ordinal)
      if (row === undefined) continue
      const samples = readBack(this.id, `units.${ordinal}`, () =>
        samplesSchemas[phase].parse(decodeSamples(row.samples)),
      )
      found.push({ ordinal, unit, samples } as FinishedUnit<P>)
    }
    return found
  }

  /** Samples of every finished unit, phase by phase. @throws AppError runs/record-damaged */
  allSamples(): FinishedUnit[] {
    return [
      ...this.samples('quality'),
      ...this.samples('self-check'),
      ...this.samples('speed'),
      ...this.samples('memory'),
    ]
  }

  /**
   * Starts or resumes the run in this process, which from here on is the only one that may commit to it.
   *
   * @param inputs hashes of the inputs as they are now
   * @throws AppError runs/locked, runs/inputs-changed naming what changed
   */
  begin(inputs: RunInputs): RunExecution {
    const lock = this.#home.lock(this.id, LOCK_WAIT_MS)
    if (lock === null) throw new AppError('runs/locked', { run: this.id })
    try {
      const changed = changedInputs(this.plan.inputs, inputs)
      if (changed.length > 0) {
        throw new AppError('runs/inputs-changed', { run: this.id, changed: shortList(changed) })
      }
      this.#home.table.setState(this.id, 'running', null)
    } catch (error) {
      lock[Symbol.dispose]()
      throw error
    }
    return new RunExecution(this, this.#home, lock)
  }

  #isAbandoned(): boolean {
    using lock = this.#home.lock(this.id, 0)
    return lock !== null
  }
}

/** The right to work on a run: held by one process at a time, given back when disposed. */
export class RunExecution implements Disposable {
  readonly run: Run
  readonly #home: RunHome
  readonly #lock: Disposable
  #state: RunState = 'running'

  /** Made by `Run.begin`. */
  constructor(run: Run, home: RunHome, lock: Disposable) {
    this.run = run
    this.#home = home
    this.#lock = lock
  }

  /**
   * Records a finished unit; once this returns, it survives a killed process and a power cut.
   *
   * @throws AppError runs/samples-invalid, file/disk-full, store/…
   */
  commit({ ordinal, unit }: PlannedUnit, samples: SamplesOf<Phase>): void {
    const encoded = encodeChecked(this.run.id, unit, samples)
    const committedAt = this.#home.now().toISOString()
    this.#home.table.insertUnit(this.run.id, { ordinal, committedAt, samples: encoded })
  }

  /** Every unit is done. */
  finish(): void {
    this.#end('done', null)
  }

  /** The work stopped on an error; the run can be resumed once its cause is gone. Never throws. */
  fail(error: unknown): void {
    const { code, params } = serializeError(error)
    this.#tryToEnd('failed', JSON.stringify({ code, params }))
  }

  /** Gives the run back; what is neither finished nor failed is interrupted. */
  [Symbol.dispose](): void {
    if (this.#state === 'running') this.#tryToEnd('interrupted', null)
    this.#lock[Symbol.dispose]()
  }

  /** What stopped the work (a full disk) may stop this too; unrecorded, the run reads as interrupted once let go. */
  #tryToEnd(state: RunState, failure: string | null): void {
    try {
      this.#end(state, failure)
    } catch {
      this.#state = state
    }
  }

  #end(state: RunState, failure: string | null): void {
    this.#home.table.setState(this.run.id, state, failure)
    this.#state = state
  }
}

/** The first few in full; how many there are beyond them. */
function shortList(changed: readonly string[], shown = 6): string {
  const rest = changed.length - shown
  return [...changed.slice(0, shown), ...(rest > 0 ? [`… +${rest}`] : [])].join(', ')
}

function encodeChecked(run: string, unit: Unit, samples: object): Uint8Array<ArrayBuffer> {
  const parsed = samplesSchemas[unit.phase].safeParse(samples)
  if (parsed.success) return encodeSamples(parsed.data)
  const issue = parsed.error.issues[0]
  const reason = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`
  throw new AppError(
    'runs/samples-invalid',
    { run, unit: describeUnit(unit), reason },
    { cause: parsed.error },
  )
}

/** Parses a part of a stored record; a failure names the run and the part. */
function readBack<T>(run: string, field: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('runs/record-damaged', { run, field, reason }, { cause: error })
  }
}
