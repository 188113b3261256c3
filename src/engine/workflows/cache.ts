import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { CacheFacts } from '../../shared/contract/settings.ts'
import { fileError } from '../kernel/files.ts'
import { cacheFolder } from './home.ts'

/** What compiled graphs and texts of documents take. @throws AppError file/unreadable */
export async function measureCache(home: string): Promise<CacheFacts> {
  const folder = cacheFolder(home)
  try {
    return { folder, ...(await measure(folder)) }
  } catch (error) {
    throw fileError(error, folder, 'read')
  }
}

/** Deletes compiled graphs and texts of documents; they are made again when needed. @throws AppError file/undeletable */
export async function clearCache(home: string): Promise<CacheFacts> {
  const folder = cacheFolder(home)
  try {
    // A folder that fills meanwhile, or that a virus scanner has open, is tried again.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  } catch (error) {
    throw fileError(error, folder, 'delete')
  }
  return await measureCache(home)
}

async function measure(folder: string): Promise<Pick<CacheFacts, 'bytes' | 'files'>> {
  let bytes = 0
  let files = 0
  for (const entry of (await unlessGone(readdir(folder, { withFileTypes: true }))) ?? []) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      const inside = await measure(path)
      bytes += inside.bytes
      files += inside.files
    } else {
      bytes += (await unlessGone(lstat(path)))?.size ?? 0
      files += 1
    }
  }
  return { bytes, files }
}

/** Runs make entries and take away unfinished ones meanwhile. */
async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
