import { stat } from 'node:fs/promises'

import { sha256 } from '../kernel/files.ts'
import { listFiles } from './list-files.ts'

/**
 * A digest over names, sizes and times of the files below a folder: equal as long as reading them again would give the
 * same.
 *
 * @throws AppError as listing the folder does
 */
export async function folderDigest(folder: string, signal: AbortSignal): Promise<string> {
  const { files, skipped } = await listFiles(folder, signal)
  const states = await Promise.all(
    files.map(async ({ name, path }) => {
      const state = await stat(path).catch(() => null)
      return [name, state?.size ?? null, state?.mtimeMs ?? null, state?.ctimeMs ?? null]
    }),
  )
  return sha256(JSON.stringify([states, skipped.map(({ name, error }) => [name, error.code])]))
}
