import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { AppError, serializeError } from '../../shared/errors.ts'
import { fileError } from '../kernel/files.ts'
import { Database, RunTable, tryLock } from '../store/index.ts'
import { type RunPlan, sealPlan } from './plan.ts'
import { Run, type RunHome, type RunStatus } from './run.ts'

export interface RunSummary extends Omit<RunStatus, 'state'> {
  readonly id: string
  readonly createdAt: string
  readonly state: RunStatus['state'] | 'damaged'
}

/** All runs of this user. Beside the database lies `runs/`, with a folder and a lock file for each run. */
export class RunLedger implements Disposable {
  readonly #database: Database
  readonly #home: RunHome

  private constructor(database: Database, now: () => Date) {
    const runsFolder = join(dirname(database.path), 'runs')
    this.#database = database
    this.#home = {
      table: new RunTable(database),
      now,
      folderOf: (run) => join(runsFolder, run),
      lock: (run, waitMs) => tryLock(lockPath(runsFolder, run), waitMs),
    }
  }

  /** Opens the ledger in a database file, made when there is none. @throws AppError store/…, file/… */
  static open(databasePath: string, now: () => Date = () => new Date()): RunLedger {
    return new RunLedger(Database.open(databasePath), now)
  }

  /**
   * Records a new run; nothing is executed yet.
   *
   * @param id from `newRunId`, where it had to be known before
   * @throws AppError runs/plan-invalid
   */
  createRun(plan: RunPlan, id?: string): Run {
    const { text, sha256 } = sealPlan(plan)
    const now = this.#home.now()
    const run = id ?? newRunId(now)
    this.#home.table.insert({
      id: run,
      createdAt: now.toISOString(),
      state: 'created',
      plan: text,
      planSha256: sha256,
      failure: null,
    })
    return this.run(run)
  }

  /** @throws AppError runs/unknown, runs/record-damaged */
  run(id: string): Run {
    const row = this.#home.table.find(id)
    if (row === undefined) throw new AppError('runs/unknown', { run: id })
    return new Run(this.#home, row)
  }

  /** Every run, the newest first; one whose record cannot be read is listed as damaged. */
  listRuns(): RunSummary[] {
    return this.#home.table.list().map((row) => {
      const { id, createdAt } = row
      try {
        return { id, createdAt, ...new Run(this.#home, row).status }
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'runs/record-damaged')) throw error
        const failure = serializeError(error)
        return { id, createdAt, state: 'damaged', failure, unitsDone: 0, unitsTotal: 0 }
      }
    })
  }

  /**
   * Deletes a run beyond recovery: its rows, overwritten in the database, and its files. A damaged run can be deleted.
   *
   * @param removeMore removes what else there is of the run, elsewhere
   * @throws AppError runs/unknown, runs/locked, file/undeletable, store/deletion-unfinished, and as `removeMore`
   */
  deleteRun(id: string, removeMore: () => void = () => {}): void {
    if (this.#home.table.find(id) === undefined) throw new AppError('runs/unknown', { run: id })
    const lock = this.#home.lock(id, 1000)
    if (lock === null) throw new AppError('runs/locked', { run: id })
    const folder = this.#home.folderOf(id)
    try {
      // Files go first: should this stop half-way, the run is still listed and can be deleted again.
      removeMore()
      remove(folder)
      this.#home.table.delete(id)
    } finally {
      lock[Symbol.dispose]()
    }
    remove(lockPath(dirname(folder), id))
    this.#database.truncateLog()
  }

  [Symbol.dispose](): void {
    this.#database[Symbol.dispose]()
  }
}

const lockPath = (runsFolder: string, run: string): string => join(runsFolder, `${run}.lock`)

/** "20260105-093012-4f1c2a": sorts by time, easy to type, unlikely to repeat. */
export function newRunId(now = new Date()): string {
  const [date, time] = now.toISOString().replace(/[-:]/g, '').split(/[T.]/)
  return `${date}-${time}-${randomBytes(3).toString('hex')}`
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch (error) {
    throw fileError(error, path, 'delete')
  }
}
