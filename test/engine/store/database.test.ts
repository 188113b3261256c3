import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { Database } from '../../../src/engine/store/index.ts'
import { SCHEMA_VERSION } from '../../../src/engine/store/migrations.ts'
import { AppError } from '../../../src/shared/errors.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'soroban-store-'))
  path = join(folder, 'soroban.db')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const errorOf = (work: () => unknown): AppError => {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('no error')
}

const pragma = (database: Database, name: string): unknown =>
  Object.values(database.get(z.record(z.string(), z.unknown()), `PRAGMA ${name}`) ?? {})[0]

describe('a new database', () => {
  it('is made with its folder, durable and secure', () => {
    using database = Database.open(join(folder, 'deep', 'soroban.db'))
    expect(
      ['journal_mode', 'synchronous', 'secure_delete', 'foreign_keys', 'user_version'].map((name) =>
        pragma(database, name),
      ),
    ).toEqual(['wal', 2, 1, 1, SCHEMA_VERSION])
  })

  it('opens again as it was, also beside another connection', () => {
    using first = Database.open(path)
    first.run(`INSERT INTO runs VALUES ('r', 't', 'created', '{}', 'h', NULL)`)
    using second = Database.open(path)
    expect(second.get(z.object({ id: z.string() }), 'SELECT id FROM runs')).toEqual({ id: 'r' })
  })
})

describe('a file that is not a sound database of this version', () => {
  it('is refused and left alone: not SQLite at all', () => {
    writeFileSync(path, 'minutes of the meeting '.repeat(300))
    const before = readFileSync(path)
    const error = errorOf(() => Database.open(path))
    expect([error.code, error.params['path']]).toEqual(['store/corrupt', path])
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('is refused: a page overwritten', () => {
    {
      using database = Database.open(path)
      for (let i = 0; i < 200; i++) {
        database.run(
          'INSERT INTO runs VALUES (?, ?, ?, ?, ?, NULL)',
          `r${i}`,
          't',
          'created',
          'p'.repeat(500),
          'h',
        )
      }
    }
    const bytes = readFileSync(path)
    bytes.fill(0xa5, 3 * 4096, 9 * 4096)
    writeFileSync(path, bytes)
    expect(errorOf(() => Database.open(path)).code).toBe('store/corrupt')
  })

  it("is refused: another program's database", () => {
    const other = new DatabaseSync(path)
    other.exec('CREATE TABLE recipes (name TEXT)')
    other.close()
    expect(errorOf(() => Database.open(path)).code).toBe('store/corrupt')
  })

  it('is refused: made by a newer version', () => {
    Database.open(path)[Symbol.dispose]()
    const newer = new DatabaseSync(path)
    newer.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`)
    newer.close()
    const error = errorOf(() => Database.open(path))
    expect([error.code, error.params]).toEqual([
      'store/newer',
      { path, found: SCHEMA_VERSION + 1, supported: SCHEMA_VERSION },
    ])
  })

  it('is refused: a folder', () => {
    expect(errorOf(() => Database.open(folder)).code).toBe('store/unusable')
  })
})

it('tells that a deletion is not complete while another connection reads, and the next to open completes it', () => {
  using database = Database.open(path, 50)
  database.run(`INSERT INTO runs VALUES ('r', 't', 'created', 'TOP-SECRET', 'h', NULL)`)
  database.truncateLog()
  const traces = (): string[] =>
    [path, `${path}-wal`].filter((file) => readFileSync(file).includes('TOP-SECRET'))
  expect(traces()).toEqual([path])
  const reader = new DatabaseSync(path)
  try {
    reader.exec('BEGIN; SELECT * FROM runs')
    database.run(`DELETE FROM runs`)
    expect(errorOf(() => database.truncateLog())).toMatchObject({
      code: 'store/deletion-unfinished',
      params: { path },
    })
    expect(traces()).toEqual([path])
    // Not even the next one can while the reader goes on, and it does not wait for it.
    Database.open(path, 60_000)[Symbol.dispose]()
    expect(traces()).toEqual([path])
    reader.exec('COMMIT')
    using next = Database.open(path)
    expect(traces()).toEqual([])
    expect(pragma(next, 'busy_timeout')).toBe(10_000)
  } finally {
    reader.close()
  }
})

it('refuses a row that is not what the schema says, naming the column', () => {
  using database = Database.open(path)
  const row = z.object({ n: z.string() })
  expect(errorOf(() => database.get(row, 'SELECT 1 AS n')).params['reason']).toMatch(/^n: /)
})
