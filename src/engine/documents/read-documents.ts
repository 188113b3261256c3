import { availableParallelism } from 'node:os'
import { join } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import { ProgressMeter } from '../kernel/eta.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { DEFAULT_LIMITS, type Document, type DocumentLimits } from './document.ts'
import { DocumentReader } from './document-reader.ts'
import { byName, listFiles, type SkippedFile } from './list-files.ts'

export interface DocumentFolder {
  /** Sorted by name. */
  readonly documents: readonly Document[]
  /** What was found but not read, with the reason; sorted by name. */
  readonly skipped: readonly SkippedFile[]
}

const MAX_PROCESSES = 4

/**
 * Reads every document below a folder, of which at least one must be usable.
 *
 * @throws AppError as surveyDocuments, and documents/none when not one file could be used
 */
export async function readDocuments(
  folder: string,
  ctx: RunContext,
  limits: DocumentLimits = DEFAULT_LIMITS,
): Promise<DocumentFolder> {
  const found = await surveyDocuments(folder, ctx, limits)
  if (found.documents.length > 0) return found
  const params = { path: folder, skipped: found.skipped.length }
  throw new AppError('documents/none', params, { cause: found.skipped[0]?.error })
}

/**
 * Reads every document below a folder, each in a child process with limits on time, memory and output. A file that
 * cannot be used is listed with its reason and never stops the others.
 *
 * @throws AppError file/not-found, file/unreadable, documents/not-a-folder, documents/too-many, documents/too-much-text
 */
export async function surveyDocuments(
  folder: string,
  ctx: RunContext,
  limits: DocumentLimits = DEFAULT_LIMITS,
): Promise<DocumentFolder> {
  const listing = await listFiles(folder, ctx.signal)
  const documents: Document[] = []
  const skipped = [...listing.skipped]
  const meter = new ProgressMeter({ kind: 'documents', unit: 'documents' }, listing.files.length, ctx.report)
  const queue = listing.files.values()
  let characters = 0

  const drain = async (): Promise<void> => {
    using reader = new DocumentReader(limits)
    for (const { path, name } of queue) {
      if (characters > limits.totalCharacters) return
      try {
        const document = await reader.read(path, name, ctx.signal)
        characters += document.characters
        documents.push(document)
      } catch (error) {
        ctx.signal.throwIfAborted()
        if (!(error instanceof AppError)) throw error
        skipped.push({ name, error })
        ctx.log.warn('document skipped', { name, code: error.code })
      }
      meter.advance()
    }
  }
  const processes = Math.min(MAX_PROCESSES, availableParallelism(), listing.files.length)
  await Promise.all(Array.from({ length: processes }, drain))
  if (characters > limits.totalCharacters) {
    throw new AppError('documents/too-much-text', { path: folder, limit: limits.totalCharacters })
  }

  return { documents: documents.sort(byName), skipped: skipped.sort(byName) }
}

/**
 * Reads one document by its name in the folder, in a child process with the same limits.
 *
 * @throws AppError file/not-found, documents/* with the reason why it cannot be used, cancelled
 */
export async function readDocumentNamed(
  folder: string,
  name: string,
  ctx: RunContext,
  limits: DocumentLimits = DEFAULT_LIMITS,
): Promise<Document> {
  const { files, skipped } = await listFiles(folder, ctx.signal)
  const file = files.find((candidate) => candidate.name === name)
  if (file === undefined) {
    const known = skipped.find((candidate) => candidate.name === name)
    throw known?.error ?? new AppError('file/not-found', { path: join(folder, name) })
  }
  using reader = new DocumentReader(limits)
  return await reader.read(file.path, name, ctx.signal)
}
