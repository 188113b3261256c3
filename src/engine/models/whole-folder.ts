import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import { fileError, removeAbandoned, syncFolder } from '../kernel/files.ts'

/**
 * Makes a folder that appears whole or not at all: `fill` writes into a temporary neighbour, which then takes the
 * name. A folder that exists must be empty, and is checked before any work. Neighbours that killed processes left
 * behind are removed a day later.
 *
 * @throws AppError models/folder-not-empty, file/unwritable, file/disk-full, and what `fill` throws; cancelled
 */
export async function writeWholeFolder(
  path: string,
  fill: (temporary: string) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const folder = resolve(path)
  const exists = await existsEmpty(folder)
  const temporary = `${folder}.${randomBytes(6).toString('hex')}.part`
  try {
    await mkdir(temporary, { recursive: true })
    await removeAbandoned(dirname(folder), isTemporaryOf(basename(folder)))
    await fill(temporary)
    if (exists) await rmdir(folder) // Empty; Windows does not rename onto it.
    await rename(temporary, folder)
    await syncFolder(dirname(folder))
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    signal?.throwIfAborted()
    throw fileError(error, folder, 'write')
  }
}

/** Tells, by their names, the temporary neighbours of a folder from all else beside it. */
const isTemporaryOf = (target: string) => (name: string) =>
  name.startsWith(`${target}.`) && /^[0-9a-f]{12}\.part$/.test(name.slice(target.length + 1))

/** Whether there is an empty folder. @throws AppError models/folder-not-empty when it is not empty */
async function existsEmpty(folder: string): Promise<boolean> {
  let names: readonly string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw fileError(error, folder, 'write')
  }
  if (names.length > 0) throw new AppError('models/folder-not-empty', { folder })
  return true
}
