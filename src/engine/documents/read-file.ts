import { access, open } from 'node:fs/promises'
import { extname } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'

import { AppError, toAppError } from '../../shared/errors.ts'
import { fileError, sha256 } from '../kernel/files.ts'
import { describeDocument } from './describe-document.ts'
import type { ReadLimits } from './document.ts'
import { embeddedNames } from './embedded-names.ts'
import type { EmbeddedFile, FileFormat } from './format-reader.ts'
import { readerOf } from './read-format.ts'
import { formatOfContent } from './sniff/format-of-content.ts'
import type { TextStore } from './text-store.ts'
import { type ReadDocument, type Reading, readingOptions, type SkippedPart } from './reading.ts'
import { UnpackBudget } from './unpack-budget.ts'

export interface FileRequest {
  readonly path: string
  /** How the file is called in errors. */
  readonly name: string
  readonly limits: ReadLimits
  readonly ocr: boolean
}

export interface FileReading extends Reading {
  /** Of the file. */
  readonly sha256: string
}

/**
 * Reads one file and all that lies inside it, or finds what reading it gave before. Runs in the process it is called
 * in: reading a folder does this in a child that can be killed.
 *
 * @param advance called whenever a part is finished, so that a large file is told from one that hangs
 * @throws AppError file/*, documents/too-large, documents/changed. What cannot be read in the file is `skipped`.
 */
export async function readFile(
  request: FileRequest,
  store: TextStore,
  advance: () => void,
): Promise<FileReading> {
  const { path, name, limits, ocr } = request
  const bytes = await readUnchanged(path, name, limits.fileBytes)
  const hash = sha256(bytes)
  const options = readingOptions(name, ocr, limits)
  await store.noteSource(hash, path)
  let reading = await store.find(hash, options)
  if (reading === null) {
    const contents = new Contents(request, advance)
    await contents.add(bytes, { inside: '', depth: 0 })
    reading = { documents: contents.documents, skipped: contents.skipped }
    await store.keep(hash, options, reading, contents.texts)
    // Whoever deleted meanwhile took the mark away.
    await store.noteSource(hash, path)
  }
  try {
    await access(path)
  } catch (error) {
    // Deleted meanwhile, perhaps by whoever wants nothing of it to be left.
    await store.forget([path])
    throw fileError(error, name, 'read')
  }
  return { sha256: hash, ...reading }
}

/** @throws AppError file/*, documents/too-large, documents/changed */
async function readUnchanged(path: string, name: string, limit: number): Promise<Uint8Array> {
  try {
    await using file = await open(path)
    const before = await file.stat()
    if (before.size > limit) throw new AppError('documents/too-large', { name, bytes: before.size, limit })
    const { buffer, byteOffset, byteLength } = await file.readFile()
    const bytes = new Uint8Array(buffer, byteOffset, byteLength)
    const after = await file.stat()
    if (bytes.length !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs)
      throw new AppError('documents/changed', { name })
    return bytes
  } catch (error) {
    throw fileError(error, name, 'read')
  }
}

/** The documents of one file, in the order found, each as soon as it is read. */
class Contents {
  readonly documents: ReadDocument[] = []
  readonly texts: string[] = []
  readonly skipped: SkippedPart[] = []
  readonly #file: Omit<FileRequest, 'path'>
  readonly #budget: UnpackBudget
  readonly #advance: () => void
  #parts = 0

  constructor(file: Omit<FileRequest, 'path'>, advance: () => void) {
    this.#file = file
    this.#budget = new UnpackBudget(file.limits.unpackedBytes)
    this.#advance = advance
  }

  async add(bytes: Uint8Array, place: { readonly inside: string; readonly depth: number }): Promise<void> {
    const { inside } = place
    const { limits, ocr } = this.#file
    const name = this.#nameOf(inside)
    let embedded: Iterable<EmbeddedFile> = []
    let isContainer = false
    let format: FileFormat | null = null
    const type = (): string => (format ?? (extname(name).slice(1) || 'binary')).toUpperCase()
    await this.#attempt(inside, type, async () => {
      format = formatOfContent(bytes, name)
      // Before reading: a library may make the buffer its own.
      const identity = { sha256: sha256(bytes), bytes: bytes.length }
      const read = await readerOf(format)
      const input = { bytes, name, limits, budget: this.#budget, ocr, advance: this.#advance }
      const { text, ...extracted } = await read(input)
      embedded = extracted.embedded ?? []
      isContainer = text === null
      if (text === null || format === 'zip' || format === 'gzip') return
      const described = describeDocument({ ...extracted, text }, { inside, format, ...identity }, input)
      this.documents.push(described.document)
      this.texts.push(described.text)
    })
    this.#advance()
    await this.#attempt(inside, type, async () => {
      const count = await this.#addEmbedded(embedded, place, type)
      if (isContainer && count === 0) throw new AppError('documents/empty', { name })
    })
  }

  /** @returns how many there were */
  async #addEmbedded(
    embedded: Iterable<EmbeddedFile>,
    { inside, depth }: { readonly inside: string; readonly depth: number },
    containerType: () => string,
  ): Promise<number> {
    const { nesting, entries } = this.#file.limits
    const nameFor = embeddedNames()
    let count = 0
    for (const file of embedded) {
      count++
      if (++this.#parts > entries)
        throw new AppError('documents/too-many-entries', { name: this.#nameOf(inside), limit: entries })
      const path = inside === '' ? nameFor(file.name) : `${inside}/${nameFor(file.name)}`
      await this.#attempt(path, containerType, async () => {
        if (depth >= nesting) throw new AppError('documents/too-nested', { name: path, limit: nesting })
        await this.add(file.read(), { inside: path, depth: depth + 1 })
      })
      // The word that something was finished has to get out.
      await nextTurn()
    }
    return count
  }

  /** What cannot be read is told, and the rest goes on. @param type as the file is called if it is damaged */
  async #attempt(inside: string, type: () => string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (isOwnFault(error)) throw error
      this.skipped.push({ inside, ...refusal(error, type()) })
    }
  }

  #nameOf(inside: string): string {
    return inside === '' ? this.#file.name : `${this.#file.name}/${inside}`
  }
}

const LONGEST_REASON = 120

/**
 * What is wrong with this machine or this installation: a module or its data missing, too many open files. It must not be
 * kept as if the file were damaged.
 */
function isOwnFault(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown }
  return (
    !(error instanceof AppError) &&
    typeof code === 'string' &&
    /^(?:E[A-Z0-9]+|ERR_MODULE_NOT_FOUND|ERR_DLOPEN_FAILED)$/.test(code)
  )
}

/** Whatever else a parser throws at a hostile file says that the file is not as it should be. */
function refusal(error: unknown, type: string): Omit<SkippedPart, 'inside'> {
  const { code, params } = toAppError(error)
  if (code === 'internal') {
    const part = String(params['reason']).slice(0, LONGEST_REASON).toWellFormed()
    return { code: 'documents/damaged', params: { type, part } }
  }
  const { name: _, ...rest } = params
  return { code, params: rest }
}
