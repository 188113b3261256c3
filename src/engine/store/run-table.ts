import { z } from 'zod'

import type { Database } from './database.ts'

const runRowSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  state: z.string(),
  plan: z.string(),
  planSha256: z.string(),
  failure: z.string().nullable(),
})

/** A run as stored; what `state`, `plan` and `failure` mean is the ledger's business. */
export type RunRow = z.infer<typeof runRowSchema>

const unitRowSchema = z.object({
  ordinal: z.int().nonnegative(),
  committedAt: z.string(),
  samples: z.instanceof(Uint8Array),
})

/** A finished unit as stored: its place in the plan and its encoded samples. */
export type UnitRow = z.infer<typeof unitRowSchema>

const RUN_COLUMNS = 'id, created_at AS createdAt, state, plan, plan_sha256 AS planSha256, failure'

/** The tables of the run ledger. Every writing method is one durable transaction. */
export class RunTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  insert(row: RunRow): void {
    this.#database.run(
      'INSERT INTO runs (id, created_at, state, plan, plan_sha256, failure) VALUES (?, ?, ?, ?, ?, ?)',
      row.id,
      row.createdAt,
      row.state,
      row.plan,
      row.planSha256,
      row.failure,
    )
  }

  find(id: string): RunRow | undefined {
    return this.#database.get(runRowSchema, `SELECT ${RUN_COLUMNS} FROM runs WHERE id = ?`, id)
  }

  /** All runs, the newest first. */
  list(): RunRow[] {
    return this.#database.all(
      runRowSchema,
      `SELECT ${RUN_COLUMNS} FROM runs ORDER BY created_at DESC, rowid DESC`,
    )
  }

  setState(id: string, state: string, failure: string | null): void {
    this.#database.run('UPDATE runs SET state = ?, failure = ? WHERE id = ?', state, failure, id)
  }

  /** Stores a finished unit; storing the same ordinal twice fails. */
  insertUnit(run: string, row: UnitRow): void {
    this.#database.run(
      'INSERT INTO units (run, ordinal, committed_at, samples) VALUES (?, ?, ?, ?)',
      run,
      row.ordinal,
      row.committedAt,
      row.samples,
    )
  }

  /** Places in the plan of the finished units, ascending. */
  committedOrdinals(run: string): number[] {
    const schema = z.object({ ordinal: z.int().nonnegative() })
    return this.#database
      .all(schema, 'SELECT ordinal FROM units WHERE run = ? ORDER BY ordinal', run)
      .map(({ ordinal }) => ordinal)
  }

  findUnit(run: string, ordinal: number): UnitRow | undefined {
    const sql =
      'SELECT ordinal, committed_at AS committedAt, samples FROM units WHERE run = ? AND ordinal = ?'
    return this.#database.get(unitRowSchema, sql, run, ordinal)
  }

  /** Removes a run and its units. The database's log keeps them until `Database.truncateLog`. */
  delete(id: string): void {
    this.#database.run('DELETE FROM runs WHERE id = ?', id)
  }
}
