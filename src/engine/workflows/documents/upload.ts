import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { AppError } from '../../../shared/errors.ts'
import { fileError, removeAbandoned, sha256, syncFolder } from '../../kernel/files.ts'
import { inTurn } from '../../kernel/in-turn.ts'
import { isPortableName } from '../../kernel/portable-name.ts'
import { absolutePath } from '../own-file.ts'
import { readProject, updateProject } from '../project/project-file.ts'

/** One piece of a file that is uploaded into a project. */
export interface DocumentPiece {
  readonly project: string
  /** Relative path with `/`. */
  readonly name: string
  /** Byte position of this piece. */
  readonly offset: number
  readonly bytes: Uint8Array
  readonly isLast: boolean
}

/** Inside the project: on one file system with its documents, so that a rename makes them appear. */
const ARRIVING = '.uploads'

/** A project's own document folder, into which files are uploaded. */
export const ownDocuments = (project: string): string => join(project, 'documents')

/**
 * Takes a file piece by piece, in order, into the project's own document folder, which becomes the project's document
 * folder. The file appears whole with the last piece, or not at all; one of the same name is replaced.
 *
 * @returns the bytes received so far
 * @throws AppError projects/upload-name; projects/upload-order, after which the file is to be sent from its beginning;
 *   as readProject; file/disk-full, file/unwritable
 */
export async function uploadDocument(piece: DocumentPiece): Promise<number> {
  const name = checkedName(piece.name)
  const project = absolutePath(piece.project)
  const folder = ownDocuments(project)
  const path = join(folder, name)
  const arriving = join(project, ARRIVING)
  const partial = partialUpload(project, name)
  return await inTurn(partial, async () => {
    const { documents } = await readProject(project)
    let received: number
    try {
      await mkdir(arriving, { recursive: true })
      if (piece.offset === 0) await removeAbandoned(arriving, (found) => found.endsWith('.part'))
      received = await append(partial, piece)
      if (piece.isLast) await publish(partial, path)
    } catch (error) {
      // What went wrong first is what is told.
      await rm(partial, { force: true }).catch(() => {})
      throw fileError(error, path, 'write')
    }
    if (piece.isLast && documents !== folder) await updateProject(project, { documents: folder })
    return received
  })
}

/** Deletes what arrived of a file whose sending was broken off. @throws AppError file/undeletable */
export async function removePartialUpload(project: string, name: string): Promise<void> {
  const path = partialUpload(project, name)
  try {
    await rm(path, { force: true })
  } catch (error) {
    throw fileError(error, path, 'delete')
  }
}

const partialUpload = (project: string, name: string): string =>
  join(project, ARRIVING, `${sha256(name)}.part`)

/** The name in one spelling everywhere. @throws AppError projects/upload-name */
function checkedName(name: string): string {
  if (!name.split('/').every(isPortableName)) throw new AppError('projects/upload-name', { name })
  return name.normalize('NFC')
}

async function publish(partial: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await rename(partial, path)
  await syncFolder(dirname(path))
}

/** @returns where the next piece begins */
async function append(partial: string, { name, offset, bytes, isLast }: DocumentPiece): Promise<number> {
  const file = await open(partial, offset === 0 ? 'w' : 'a')
  try {
    if ((await file.stat()).size !== offset) throw new AppError('projects/upload-order', { name })
    await file.appendFile(bytes)
    if (isLast) await file.sync()
  } finally {
    await file.close()
  }
  return offset + bytes.length
}
