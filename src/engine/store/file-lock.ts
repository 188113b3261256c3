import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { fileError } from '../kernel/files.ts'
import { guarded, isBusy } from './sqlite-errors.ts'

/** Connections that hold a lock; without a reference, the garbage collector would close them and let go. */
const holders = new Set<DatabaseSync>()

/**
 * Takes an exclusive lock that lasts until it is disposed or its process ends, however it ends. SQLite's file lock
 * belongs to the operating system: a killed holder leaves nothing stale behind, and no process id can be confused with
 * another's. The (empty) lock file stays.
 *
 * @param waitMs how long to wait (blocking) for another holder to let go
 * @returns null when another holder, in this or another process, still has it
 */
export function tryLock(path: string, waitMs: number): Disposable | null {
  try {
    mkdirSync(dirname(path), { recursive: true })
  } catch (error) {
    throw fileError(error, dirname(path), 'write')
  }
  return guarded(path, () => {
    const connection = new DatabaseSync(path, { timeout: waitMs })
    try {
      connection.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      connection.close()
      if (isBusy(error)) return null
      throw error
    }
    holders.add(connection)
    return {
      [Symbol.dispose](): void {
        holders.delete(connection)
        if (connection.isOpen) connection.close()
      },
    }
  })
}
