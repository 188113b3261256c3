import { availableParallelism } from 'node:os'

import { AppError } from '../../shared/errors.ts'
import { ProgressMeter } from '../kernel/eta.ts'
import { byName } from '../kernel/order.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { DEFAULT_LIMITS, type DocumentLimits } from './document.ts'
import { DocumentReader } from './document-reader.ts'
import { findFile, type FolderListing, type FoundFile, listFiles, type SkippedFile } from './list-files.ts'
import { type DocumentFolder, Survey } from './survey.ts'
import { TextStore } from './text-store.ts'

export interface ReadingChoices {
  /** Folder of the text store. */
  readonly store: string
  /** Whether pictures of text are recognised. */
  readonly ocr?: boolean
  /** Names of files that are not to be read. */
  readonly forgotten?: readonly string[]
  readonly limits?: DocumentLimits
}

const MAX_PROCESSES = 8

/**
 * Reads every document below a folder, of which at least one must be usable.
 *
 * @throws AppError as surveyDocuments, and documents/none when not one file could be used
 */
export async function readDocuments(
  folder: string,
  choices: ReadingChoices,
  ctx: RunContext,
): Promise<DocumentFolder> {
  const found = await surveyDocuments(folder, choices, ctx)
  assertSomeRead(found, folder)
  return found
}

/** @throws AppError documents/none when not one file of a folder could be used */
export function assertSomeRead({ documents, skipped }: DocumentFolder, folder: string): void {
  if (documents.length > 0) return
  const params = { path: folder, skipped: skipped.length }
  throw new AppError('documents/none', params, { cause: skipped[0]?.error })
}

/**
 * Reads every document below a folder, each in a child process with limits on time, memory and output. A file that
 * cannot be used is listed with its reason and never stops the others. Files that were read before are not read again.
 * This process holds descriptions only, of a few hundred bytes each, however long the texts.
 *
 * @throws AppError file/not-found, file/unreadable, documents/not-a-folder, documents/too-many
 */
export async function surveyDocuments(
  folder: string,
  choices: ReadingChoices,
  ctx: RunContext,
): Promise<DocumentFolder> {
  const { files, skipped } = withoutForgotten(await listFiles(folder, ctx.signal), choices.forgotten ?? [])
  return await survey(files, skipped, choices, ctx)
}

/**
 * Reads some files of a folder, and tells what cannot be read like everything else that is skipped.
 *
 * @throws AppError cancelled
 */
export async function surveyFiles(
  files: readonly FoundFile[],
  choices: ReadingChoices,
  ctx: RunContext,
): Promise<DocumentFolder> {
  return await survey(files, [], choices, ctx)
}

async function survey(
  files: readonly FoundFile[],
  skipped: readonly SkippedFile[],
  { store, ocr = false, limits = DEFAULT_LIMITS }: ReadingChoices,
  ctx: RunContext,
): Promise<DocumentFolder> {
  const found = new Survey(new TextStore(store), { ocr, limits }, skipped)
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const meter = new ProgressMeter({ kind: 'documents', unit: 'bytes' }, total, ctx.report)
  // The largest first, so that none of them is left alone at the end.
  const queue = files.toSorted((a, b) => b.bytes - a.bytes || byName(a, b)).values()

  const drain = async (): Promise<void> => {
    using reader = new DocumentReader({ limits, ocr, store })
    // A signal of its own: on a shared one, listeners that are gone hold those that came after them, and with them what
    // was read, until the next full garbage collection.
    const signal = AbortSignal.any([ctx.signal])
    for (const { path, name, bytes } of queue) {
      await found.read(reader, path, name, signal)
      meter.advance(bytes)
    }
  }
  const processes = Math.min(MAX_PROCESSES, availableParallelism(), files.length)
  await Promise.all(Array.from({ length: processes }, drain))
  return found.result()
}

/**
 * Reads the file that holds a document.
 *
 * @param name the document's, as a survey of the folder gave it
 * @throws AppError documents/not-found, documents/* with the reason why it cannot be used, file/*, cancelled
 */
export async function readDocumentNamed(
  folder: string,
  name: string,
  choices: ReadingChoices,
  ctx: RunContext,
): Promise<{ readonly text: string; readonly pageStarts: readonly number[] }> {
  const file = await findFile(folder, name)
  const refusal = (list: readonly SkippedFile[]): AppError =>
    list.find((candidate) => candidate.name === name)?.error ??
    new AppError('documents/not-found', { name, path: folder })
  if (file === null) throw refusal((await listFiles(folder, ctx.signal)).skipped)
  if (choices.forgotten?.includes(file.name)) throw new AppError('documents/forgotten', { name })
  const found = await surveyFiles([file], choices, ctx)
  const document = found.documents.find((candidate) => candidate.name === name)
  if (document === undefined) throw refusal(found.skipped)
  return { text: await found.textOf(document), pageStarts: await found.pageStartsOf(document) }
}

/**
 * The files of a folder that documents are, or lie in: names inside a file follow the file's own.
 *
 * @returns by the documents' names; those that there are not are missing
 * @throws AppError as listing the folder does
 */
export async function filesOfDocuments(
  folder: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, FoundFile>> {
  const { files } = await listFiles(folder, signal)
  const byFileName = new Map(files.map((file) => [file.name, file]))
  const found = new Map<string, FoundFile>()
  for (const name of names) {
    const file = nameAndContainers(name)
      .map((part) => byFileName.get(part))
      .find((match) => match !== undefined)
    if (file !== undefined) found.set(name, file)
  }
  return found
}

/** A document's name, shorter and shorter: that of everything it may lie in. */
export function nameAndContainers(name: string): string[] {
  const parts = name.split('/')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'))
}

function withoutForgotten({ files, skipped }: FolderListing, forgotten: readonly string[]): FolderListing {
  if (forgotten.length === 0) return { files, skipped }
  const names = new Set(forgotten)
  const left = files.filter(({ name }) => names.has(name))
  return {
    files: files.filter(({ name }) => !names.has(name)),
    skipped: [
      ...skipped,
      ...left.map(({ name }) => ({ name, file: name, error: new AppError('documents/forgotten', { name }) })),
    ],
  }
}
