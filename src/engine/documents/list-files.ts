import { isUtf8 } from 'node:buffer'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import { fileError } from '../kernel/files.ts'
import { byName } from '../kernel/order.ts'
import { isLitter } from './litter.ts'

/** A file, or a part of one, that was not read, and why. */
export interface SkippedFile {
  readonly name: string
  /** The file of the folder that it is or lies in. */
  readonly file: string
  readonly error: AppError
}

/** A file to be read. */
export interface FoundFile {
  readonly name: string
  readonly path: string
  readonly bytes: number
  /** When content or attributes last changed, milliseconds since 1970. */
  readonly changed: number
}

export interface FolderListing {
  /** Sorted by name. */
  readonly files: readonly FoundFile[]
  readonly skipped: readonly SkippedFile[]
}

const MAX_FILES = 20_000
/** Files of a folder whose sizes are asked for at a time: waiting for each in turn would take most of the time. */
const ASKED_AT_ONCE = 32
const CONTROLS = /\p{Cc}/u
const EVERY_CONTROL = /\p{Cc}/gu

/**
 * The files below a folder, sorted by name (code units, so alike on every machine). Hidden files and folders and
 * what systems and Office leave behind are left out without a word; links are not followed.
 *
 * @throws AppError file/not-found, file/unreadable, documents/not-a-folder, documents/too-many
 */
export async function listFiles(folder: string, signal: AbortSignal): Promise<FolderListing> {
  const kind = await stat(folder).catch((error: unknown) => {
    throw fileError(error, folder, 'read')
  })
  if (!kind.isDirectory()) throw new AppError('documents/not-a-folder', { path: folder })

  const files: FoundFile[] = []
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
        skipped.push({ name: folderName, file: folderName, error: failure })
        return []
      },
    )
    const found: Omit<FoundFile, 'bytes' | 'changed'>[] = []
    for (const entry of entries) {
      const entryName = entry.name.toString()
      if (isLitter(entryName)) continue
      const file = { name: `${prefix}${entryName}`, path: join(path, entryName) }
      if (!isUtf8(entry.name)) skipped.push(skip(file.name, 'documents/name-not-utf8'))
      else if (CONTROLS.test(entryName)) skipped.push(skip(file.name, 'documents/name-control'))
      else if (entry.isDirectory()) pending.push({ path: file.path, prefix: `${file.name}/` })
      else if (!entry.isFile()) skipped.push(skip(file.name, 'documents/not-regular'))
      else found.push(file)
      if (files.length + found.length + skipped.length > MAX_FILES) {
        throw new AppError('documents/too-many', { path: folder, limit: MAX_FILES })
      }
    }
    for (let start = 0; start < found.length; start += ASKED_AT_ONCE) {
      signal.throwIfAborted()
      files.push(...(await Promise.all(found.slice(start, start + ASKED_AT_ONCE).map(withState))))
    }
  }
  return { files: named(files).sort(byName), skipped: skipped.sort(byName) }
}

/**
 * The file of a folder that a document is or lies in, without listing the others.
 *
 * @param name as a listing of the folder gave it, with the path inside the file below it
 * @returns null where the listing has none, or only one that is skipped
 * @throws AppError file/not-found, file/unreadable for the folder itself
 */
export async function findFile(folder: string, name: string): Promise<FoundFile | null> {
  // More than one where spellings differ only in Unicode normalisation.
  let places = [{ path: folder, spelling: '' }]
  for (const [depth, part] of name.split('/').entries()) {
    const files: typeof places = []
    const folders: typeof places = []
    for (const place of places) {
      const entries = await readdir(place.path, { withFileTypes: true }).catch((error: unknown) => {
        if (depth === 0) throw fileError(error, folder, 'read')
        return []
      })
      for (const entry of entries) {
        if (entry.name.normalize('NFC') !== part.normalize('NFC')) continue
        if (isLitter(entry.name) || CONTROLS.test(entry.name)) continue
        const next = { path: join(place.path, entry.name), spelling: `${place.spelling}${entry.name}` }
        if (entry.isDirectory()) folders.push({ ...next, spelling: `${next.spelling}/` })
        else if (entry.isFile()) files.push(next)
      }
    }
    const own = name
      .split('/')
      .slice(0, depth + 1)
      .join('/')
    const match = files.length === 1 ? files[0] : files.find(({ spelling }) => spelling === own)
    if (match !== undefined) return await withState({ name: own, path: match.path })
    places = folders
  }
  return null
}

/** One that is gone by now is found missing when it is read. */
async function withState(file: Omit<FoundFile, 'bytes' | 'changed'>): Promise<FoundFile> {
  const { size, ctimeMs } = await stat(file.path).catch(() => ({ size: 0, ctimeMs: 0 }))
  return { ...file, bytes: size, changed: ctimeMs }
}

/** Names in NFC, alike on every machine; files whose names only that makes equal keep the file system's spelling. */
function named<T extends { readonly name: string }>(files: readonly T[]): T[] {
  const sameInNfc = Map.groupBy(files, ({ name }) => name.normalize('NFC'))
  return [...sameInNfc].flatMap(([name, same]) =>
    same.length === 1 ? same.map((file) => ({ ...file, name })) : same,
  )
}

function skip(
  spelling: string,
  code: 'documents/name-not-utf8' | 'documents/name-control' | 'documents/not-regular',
): SkippedFile {
  const name = spelling.normalize('NFC').replaceAll(EVERY_CONTROL, visibleControl)
  return { name, file: name, error: new AppError(code, { name }) }
}

/** U+2400 to U+2421 show control characters; those beyond ASCII have no picture. */
const visibleControl = (control: string): string => {
  const code = control.charCodeAt(0)
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd'
}
