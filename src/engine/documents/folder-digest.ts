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
  const states = files.map(({ name, bytes, changed }) => [name, bytes, changed])
  return sha256(JSON.stringify([states, skipped.map(({ name, error }) => [name, error.code])]))
}
