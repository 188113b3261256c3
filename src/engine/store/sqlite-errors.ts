import { AppError } from '../../shared/errors.ts'

const SQLITE_BUSY = 5
const SQLITE_LOCKED = 6
const SQLITE_CORRUPT = 11
const SQLITE_FULL = 13
const SQLITE_NOTADB = 26

/** SQLite's primary result code; undefined for an error that is not SQLite's. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined
  return error.errcode & 0xff // Extended codes carry the primary one in their low byte.
}

export const isBusy = (error: unknown): boolean => {
  const code = resultCode(error)
  return code === SQLITE_BUSY || code === SQLITE_LOCKED
}

/** Runs database work; what SQLite throws becomes an AppError that names the file. */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = resultCode(error)
    if (code === undefined) throw error
    const reason = error instanceof Error ? error.message : String(error)
    if (isBusy(error)) throw new AppError('store/busy', { path }, { cause: error })
    if (code === SQLITE_FULL) throw new AppError('file/disk-full', { path }, { cause: error })
    const isDamaged = code === SQLITE_CORRUPT || code === SQLITE_NOTADB
    throw new AppError(isDamaged ? 'store/corrupt' : 'store/unusable', { path, reason }, { cause: error })
  }
}
