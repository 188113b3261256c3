import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

import type { FolderEntry } from '../../shared/contract/models.ts'
import { AppError } from '../../shared/errors.ts'
import { fileError } from '../kernel/files.ts'
import { looksLikeModel } from '../models/index.ts'
import { absolutePath } from './own-file.ts'
import { PROJECT_FILE } from './project/project-file.ts'

export interface FolderContent {
  readonly folder: string
  /** Null at the root of the file system, or of a drive. */
  readonly parent: string | null
  readonly entries: FolderEntry[]
  /** How many plain files lie beside them. */
  readonly files: number
}

const DRIVES = Array.from('CDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `${letter}:\\`)
const NATURAL_ORDER = new Intl.Collator('ja', { numeric: true })

/**
 * The folders inside a folder, hidden ones left out. Null stands for the user's own folder; on Windows the drives, which
 * lie in no folder, then come first.
 *
 * @throws AppError path/not-absolute, path/not-a-folder, file/not-found, file/unreadable
 */
export async function listFolders(
  requested: string | null,
  { userFolder, platform } = { userFolder: homedir(), platform: process.platform },
): Promise<FolderContent> {
  const folder = requested === null ? userFolder : absolutePath(requested)
  const parent = dirname(folder)
  const visible = (await entriesIn(folder)).filter(({ name }) => !isHidden(name, platform))
  const kinds = await Promise.all(visible.map((entry) => isFolder(entry, join(folder, entry.name))))
  const names = visible.filter((_, index) => kinds[index]).map(({ name }) => name)
  const entries = await Promise.all(
    names.sort(NATURAL_ORDER.compare).map((name) => folderEntry(name, join(folder, name))),
  )
  return {
    folder,
    parent: parent === folder ? null : parent,
    entries: requested === null && platform === 'win32' ? [...(await drives()), ...entries] : entries,
    files: visible.filter((entry) => entry.isFile()).length,
  }
}

async function entriesIn(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR')
      throw new AppError('path/not-a-folder', { path }, { cause: error })
    throw fileError(error, path, 'read')
  }
}

const isHidden = (name: string, platform: NodeJS.Platform): boolean =>
  name.startsWith('.') || (platform === 'win32' && name.startsWith('$'))

/** Links count as what they lead to: model folders are often links on servers. */
async function isFolder(entry: Dirent, path: string): Promise<boolean> {
  return entry.isDirectory() || (entry.isSymbolicLink() && (await isThere(path)))
}

async function isThere(folder: string): Promise<boolean> {
  return await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
}

/** What a folder is, by the names in it; one that may not be read is shown as a plain folder. */
async function folderEntry(name: string, path: string): Promise<FolderEntry> {
  const names = new Set(await readdir(path).catch(() => []))
  const kind = names.has(PROJECT_FILE) ? 'project' : looksLikeModel(names) ? 'model' : 'folder'
  return { name, path, kind }
}

async function drives(): Promise<FolderEntry[]> {
  const present = await Promise.all(DRIVES.map(isThere))
  return DRIVES.filter((_, index) => present[index]).map((path) => ({ name: path, path, kind: 'folder' }))
}
