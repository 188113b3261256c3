import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { CacheFacts } from '../../shared/contract/settings.ts'
import { fileError } from '../kernel/files.ts'
import { graphCache } from './home.ts'

/** What the compiled graphs take. @throws AppError file/unreadable */
export async function measureGraphCache(home: string): Promise<CacheFacts> {
  const folder = graphCache(home)
  try {
    return { folder, ...(await measure(folder)) }
  } catch (error) {
    throw fileError(error, folder, 'read')
  }
}

/** Deletes the compiled graphs; they are made again when needed. @throws AppError file/undeletable */
export async function clearGraphCache(home: string): Promise<CacheFacts> {
  const folder = graphCache(home)
  try {
    await rm(folder, { recursive: true, force: true })
  } catch (error) {
    throw fileError(error, folder, 'delete')
  }
  return await measureGraphCache(home)
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
