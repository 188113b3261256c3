import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import { AppError, toAppError } from '../../shared/errors.ts'

const FAILURES = { read: 'file/unreadable', write: 'file/unwritable', delete: 'file/undeletable' } as const

/**
 * A file-system failure as an AppError naming the path: not found, disk full, unreadable, unwritable or undeletable.
 * What is no file-system failure keeps its own meaning.
 */
export function fileError(error: unknown, path: string, doing: keyof typeof FAILURES): AppError {
  const code = (error as NodeJS.ErrnoException | null)?.code
  // An abort or a defect inside a callback is not the file's fault.
  if (error instanceof AppError || typeof code !== 'string' || !/^E[A-Z]/.test(code)) return toAppError(error)
  if (code === 'ENOENT' && doing === 'read') return new AppError('file/not-found', { path }, { cause: error })
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('file/disk-full', { path }, { cause: error })
  return new AppError(FAILURES[doing], { path, reason: code }, { cause: error })
}

/** Reads a whole file as UTF-8. @throws AppError file/not-found, file/unreadable */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw fileError(error, path, 'read')
  }
}

/**
 * Fills `target` with a file's bytes from `position`, in pieces, since one system call reads less than 2 GiB.
 *
 * @returns the bytes read, fewer than asked for only at the end of the file
 */
export async function readFully(
  file: FileHandle,
  target: Uint8Array,
  position: number,
  pieceBytes = 2 ** 30,
): Promise<number> {
  let done = 0
  while (done < target.length) {
    const length = Math.min(target.length - done, pieceBytes)
    const { bytesRead } = await file.read(target, done, length, position + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return done
}

export interface FileSink {
  write(bytes: Uint8Array): Promise<void>
}

/**
 * Writes a file whole or not at all: to a temporary neighbour, fsync, rename, fsync of the folder. On any failure
 * the temporary file is removed and an existing file stays as it was.
 *
 * @throws AppError file/disk-full, file/unwritable
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array | ((sink: FileSink) => Promise<void>),
): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.part`
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(temporary, 'wx')
    try {
      if (typeof content === 'function') {
        await content({
          async write(bytes) {
            let offset = 0
            while (offset < bytes.length) {
              // One call takes less than 2 GiB.
              const length = Math.min(bytes.length - offset, 2 ** 30)
              const { bytesWritten } = await file.write(bytes, offset, length)
              offset += bytesWritten
            }
          },
        })
      } else {
        await file.writeFile(content)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    // The failure that led here is the one to report.
    await rm(temporary, { force: true }).catch(() => {})
    throw fileError(error, path, 'write')
  }
}

/** What is half-written and this old belongs to no living process. */
const ABANDONED_MS = 24 * 3600 * 1000

/** Removes old half-written files and folders; what cannot be removed is in nobody's way. */
export async function removeAbandoned(folder: string, isTemporary: (name: string) => boolean): Promise<void> {
  for (const found of await readdir(folder).catch(() => [])) {
    if (!isTemporary(found)) continue
    const path = join(folder, found)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true }).catch(() => {})
  }
}

/** Makes renames inside a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return // Windows cannot fsync a directory handle.
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** SHA-256 of a file, streamed. @throws AppError file/not-found, file/unreadable */
export async function sha256File(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, signal ? { signal } : {})
  } catch (error) {
    signal?.throwIfAborted()
    throw fileError(error, path, 'read')
  }
  return hash.digest('hex')
}

/** JSON with sorted keys and no spaces: equal values give equal text, for hashing. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : item,
  )
}
