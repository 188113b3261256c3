import { createHash } from 'node:crypto'

import { listFiles } from './list-files.ts'

/**
 * A digest over names, sizes and times of the files below a folder: equal as long as reading them again would give the
 * same.
 *
 * @throws AppError as listing the folder does
 */
export async function folderDigest(folder: string, signal: AbortSignal): Promise<string> {
  const { files, skipped } = await listFiles(folder, signal)
  const hash = createHash('sha256')
  for (const { name, bytes, changed } of files) hash.update(`${JSON.stringify([name, bytes, changed])}\n`)
  for (const { name, error } of skipped) hash.update(`${JSON.stringify([name, error.code])}\n`)
  return hash.digest('hex')
}
