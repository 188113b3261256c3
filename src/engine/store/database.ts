import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { z } from 'zod'

import { AppError } from '../../shared/errors.ts'
import { fileError } from '../kernel/files.ts'
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from './migrations.ts'
import { guarded } from './sqlite-errors.ts'

const BUSY_TIMEOUT_MS = 10_000

/**
 * Soroban's SQLite file. A committed transaction survives a killed process and a power cut (WAL,
 * synchronous=FULL); deleted content is overwritten (secure_delete). Rows are parsed before anyone sees them.
 */
export class Database implements Disposable {
  readonly path: string
  readonly #connection: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  private constructor(path: string, connection: DatabaseSync) {
    this.path = path
    this.#connection = connection
  }

  /**
   * Opens the database, makes it when there is none, and brings an older one up to date.
   *
   * @param busyTimeoutMs how long to wait (blocking) for another connection
   * @throws AppError store/corrupt, store/newer, store/busy, store/unusable, file/unwritable, file/disk-full
   */
  static open(path: string, busyTimeoutMs = BUSY_TIMEOUT_MS): Database {
    try {
      mkdirSync(dirname(path), { recursive: true })
    } catch (error) {
      throw fileError(error, dirname(path), 'write')
    }
    return guarded(path, () => {
      const connection = new DatabaseSync(path, {
        timeout: busyTimeoutMs,
        enableForeignKeyConstraints: true,
      })
      try {
        verifyOwnership(path, connection)
        connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
        migrate(path, connection)
        finishDeletion(connection, busyTimeoutMs)
      } catch (error) {
        connection.close()
        throw error
      }
      return new Database(path, connection)
    })
  }

  /** Rows of a query, each parsed with the schema. @throws AppError store/corrupt naming the column */
  all<T>(row: z.ZodType<T>, sql: string, ...values: SQLInputValue[]): T[] {
    return guarded(this.path, () => this.#prepare(sql).all(...values)).map((found) => this.#parse(row, found))
  }

  /** The first row of a query, or undefined. @throws AppError store/corrupt naming the column */
  get<T>(row: z.ZodType<T>, sql: string, ...values: SQLInputValue[]): T | undefined {
    const found = guarded(this.path, () => this.#prepare(sql).get(...values))
    return found === undefined ? undefined : this.#parse(row, found)
  }

  /** Runs one statement; on its own it is one durable transaction. @returns the number of rows changed */
  run(sql: string, ...values: SQLInputValue[]): number {
    return guarded(this.path, () => Number(this.#prepare(sql).run(...values).changes))
  }

  /**
   * Moves the write-ahead log into the database and empties it, so that nothing deleted remains in either. SQLite waits
   * for other connections; one that reads on all the while keeps the log, and the next `open` tries again.
   *
   * @throws AppError store/deletion-unfinished
   */
  truncateLog(): void {
    if (!guarded(this.path, () => truncatedLog(this.#connection))) {
      throw new AppError('store/deletion-unfinished', { path: this.path })
    }
  }

  [Symbol.dispose](): void {
    this.#statements.clear()
    if (this.#connection.isOpen) this.#connection.close()
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#connection.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  #parse<T>(row: z.ZodType<T>, found: unknown): T {
    const parsed = row.safeParse(found)
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    const reason = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`
    throw new AppError('store/corrupt', { path: this.path, reason }, { cause: parsed.error })
  }
}

/** Refuses, before anything is written, a file that is damaged, another program's, or of a newer format. */
function verifyOwnership(path: string, connection: DatabaseSync): void {
  const check = pragma(connection, 'quick_check(1)')
  if (check !== 'ok') throw new AppError('store/corrupt', { path, reason: String(check) })
  const applicationId = pragma(connection, 'application_id')
  const found = Number(pragma(connection, 'user_version'))
  const isEmpty = pragma(connection, 'schema_version') === 0
  if (!isEmpty && applicationId !== APPLICATION_ID) {
    throw new AppError('store/corrupt', { path, reason: `application_id ${String(applicationId)}` })
  }
  if (found > SCHEMA_VERSION) throw new AppError('store/newer', { path, found, supported: SCHEMA_VERSION })
}

/** Applies the missing steps, each with its version in one transaction. */
function migrate(path: string, connection: DatabaseSync): void {
  if (pragma(connection, 'user_version') === SCHEMA_VERSION) return
  connection.exec('BEGIN IMMEDIATE')
  try {
    // Read again under the write lock: another process may have migrated meanwhile.
    const version = Number(pragma(connection, 'user_version'))
    if (version > SCHEMA_VERSION) {
      throw new AppError('store/newer', { path, found: version, supported: SCHEMA_VERSION })
    }
    for (const step of MIGRATIONS.slice(version)) connection.exec(step)
    connection.exec(
      `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`,
    )
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

/** Whether the write-ahead log is empty now; not while another connection needs it. */
function truncatedLog(connection: DatabaseSync): boolean {
  // Of the columns busy, log and checkpointed the first.
  return pragma(connection, 'wal_checkpoint(TRUNCATE)') === 0
}

/** Empties a log that an earlier deletion left behind; without waiting, for nothing else depends on it. */
function finishDeletion(connection: DatabaseSync, busyTimeoutMs: number): void {
  connection.exec('PRAGMA busy_timeout = 0')
  try {
    truncatedLog(connection)
  } catch {
    // A full disk, or another connection at the same work: the log stays for the next time.
  } finally {
    connection.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
  }
}

/** The first value that a pragma answers with. */
function pragma(connection: DatabaseSync, name: string): unknown {
  const row = connection.prepare(`PRAGMA ${name}`).get()
  return row === undefined ? undefined : Object.values(row)[0]
}
