import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname, relative, resolve, sep } from 'node:path'

import { AppError } from '../../../shared/errors.ts'
import { type Document, type SkippedFile, surveyFiles } from '../../documents/index.ts'
import { fileError } from '../../kernel/files.ts'
import type { RunContext } from '../../kernel/run-context.ts'

/** A document of a file, with its normalised text and where each page begins in it. */
export type TextOfFile = Document & { readonly text: string; readonly pageStarts: readonly number[] }

/**
 * The texts of one file and of all that lies inside it, or of one document inside a file, whose path goes on below that
 * of the file: `folder/offer.zip/orders.ods`.
 *
 * @param texts folder of the text store
 * @throws AppError file/not-found, file/unreadable, documents/not-a-file, documents/not-found, cancelled
 */
export async function fileTexts(
  path: string,
  { ocr, texts }: { readonly ocr: boolean; readonly texts: string },
  ctx: RunContext,
): Promise<{ readonly documents: readonly TextOfFile[]; readonly skipped: readonly SkippedFile[] }> {
  const { file, wanted } = await fileAt(resolve(path))
  const { documents, skipped, textOf, pageStartsOf } = await surveyFiles([file], { store: texts, ocr }, ctx)
  const found = documents.filter(({ name }) => isIn(wanted, name))
  // Where a container could not be opened, that is the reason for all that lies in it.
  const reasons = skipped.filter(({ name }) => isIn(wanted, name) || isIn(name, wanted))
  if (found.length === 0 && reasons.length === 0)
    throw new AppError('documents/not-found', { name: wanted, path: file.path })
  const read: TextOfFile[] = []
  for (const document of found) {
    ctx.signal.throwIfAborted()
    read.push({ ...document, text: await textOf(document), pageStarts: await pageStartsOf(document) })
  }
  return { documents: read, skipped: reasons }
}

const isIn = (container: string, name: string): boolean =>
  name === container || name.startsWith(`${container}/`)

/** The file that a path names or leads into. @throws AppError file/*, documents/not-a-file */
async function fileAt(absolute: string) {
  const { path, state } = await nearest(absolute)
  if (!state.isFile()) throw new AppError('documents/not-a-file', { path })
  const name = basename(path)
  const inside = relative(path, absolute).split(sep).join('/').normalize('NFC')
  return {
    file: { path, name, bytes: state.size, changed: state.ctimeMs },
    wanted: inside === '' ? name : `${name}/${inside}`,
  }
}

/** The path itself, or the file above it. @throws AppError file/not-found, file/unreadable */
async function nearest(absolute: string): Promise<{ readonly path: string; readonly state: Stats }> {
  let failure: unknown
  for (let path = absolute; ; path = dirname(path)) {
    const state = await stat(path).catch((error: unknown) => {
      failure ??= error
      return null
    })
    if (state?.isFile() === true || (state !== null && path === absolute)) return { path, state }
    if (state !== null || path === dirname(path)) throw fileError(failure, absolute, 'read')
  }
}
