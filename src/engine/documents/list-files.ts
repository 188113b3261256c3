import { isUtf8 } from 'node:buffer'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import { fileError } from '../kernel/files.ts'
import { formatOf } from './read-document.ts'

/** A file that was not read, and why. */
export interface SkippedFile {
  readonly name: string
  readonly error: AppError
}

export interface FolderListing {
  /** Files to read, sorted by name. */
  readonly files: readonly { readonly name: string; readonly path: string }[]
  readonly skipped: readonly SkippedFile[]
}

const MAX_FILES = 20_000

/**
 * The files below a folder, sorted by name (code units, so alike on every machine). Hidden files and folders and
 * Office's lock files are left out without a word; links are not followed.
 *
 * @throws AppError file/not-found, file/unreadable, documents/not-a-folder, documents/too-many
 */
export async function listFiles(folder: string, signal: AbortSignal): Promise<FolderListing> {
  const kind = await stat(folder).catch((error: unknown) => {
    throw fileError(error, folder, 'read')
  })
  if (!kind.isDirectory()) throw new AppError('documents/not-a-folder', { path: folder })

  const files: { name: string; path: string }[] = []
  const skipped: SkippedFile[] = []
  const pending = [{ path: folder, prefix: '' }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    signal.throwIfAborted()
    const { path, prefix } = next
    const entries = await readdir(path, { withFileTypes: true, encoding: 'buffer' }).catch(
      (error: unknown) => {
        const folderName = prefix.normalize('NFC')
        const failure = fileError(error, prefix === '' ? path : folderName, 'read')
        if (prefix === '') throw failure
        skipped.push({ name: folderName, error: failure })
        return []
      },
    )
    for (const entry of entries) {
      const entryName = entry.name.toString()
      if (entryName.startsWith('.') || entryName.startsWith('~$')) continue
      const file = { name: `${prefix}${entryName}`, path: join(path, entryName) }
      if (!isUtf8(entry.name)) skipped.push(skip(file.name, 'documents/name-not-utf8'))
      else if (entry.isDirectory()) pending.push({ path: file.path, prefix: `${file.name}/` })
      else if (!entry.isFile()) skipped.push(skip(file.name, 'documents/not-regular'))
      else if (formatOf(entryName) === null) skipped.push(skip(file.name, 'documents/unsupported-type'))
      else files.push(file)
      if (files.length + skipped.length > MAX_FILES) {
        throw new AppError('documents/too-many', { path: folder, limit: MAX_FILES })
      }
    }
  }
  return { files: named(files).sort(byName), skipped: skipped.sort(byName) }
}

/** Names in NFC, alike on every machine; files whose names only that makes equal keep the file system's spelling. */
function named<T extends { readonly name: string }>(files: readonly T[]): T[] {
  const sameInNfc = Map.groupBy(files, ({ name }) => name.normalize('NFC'))
  return [...sameInNfc].flatMap(([name, same]) =>
    same.length === 1 ? same.map((file) => ({ ...file, name })) : same,
  )
}

/** Orders by UTF-16 code units. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

function skip(
  spelling: string,
  code: 'documents/name-not-utf8' | 'documents/not-regular' | 'documents/unsupported-type',
): SkippedFile {
  const name = spelling.normalize('NFC')
  const type = /\.[^./]+$/.exec(name)?.[0] ?? '-'
  return {
    name,
    error: new AppError(code, code === 'documents/unsupported-type' ? { name, type } : { name }),
  }
}
