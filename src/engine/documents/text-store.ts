import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { AppError } from '../../shared/errors.ts'
import { canonicalJson, fileError, sha256 } from '../kernel/files.ts'
import { sketchOf } from '../text/index.ts'
import { type Reading, type ReadingOptions, readingSchema } from './reading.ts'
import { readPassages, readSketchHead, sketchBytes, type SketchHead } from './sketch-file.ts'

/** Changes whenever readers, normalisation or sketches make something else of the same file. */
const READING = 'reading-2'

const CONTENTS = 'contents.json'
const SOURCE = '.source'
const ARRIVING = '.part'
/** How often writing and deleting are tried, and how long they wait in between, longer every time. */
const ATTEMPTS = 4
const PAUSE_MS = 50
/**
 * What passes: the cache was cleared meanwhile, or another process looks at what was just written, as virus scanners on
 * Windows do.
 */
const PASSING: ReadonlySet<string> = new Set(['ENOENT', 'EPERM', 'EACCES', 'EBUSY', 'ENOTEMPTY', 'EEXIST'])

/** What tells one document of those that were read. */
export interface TextPlace {
  readonly fileSha256: string
  readonly options: ReadingOptions
  /** Its place in the reading. */
  readonly index: number
}

/**
 * Texts of files that were read and their sketches, by the content of the file: `<SHA-256 of the file>/<question>/`.
 * Beside them lies a mark for each place where a file of that content was read. Everything here can be made again from
 * the files.
 */
export class TextStore {
  readonly folder: string
  readonly #questions = new WeakMap<ReadingOptions, string>()

  constructor(folder: string) {
    this.folder = folder
  }

  /** What reading the file gave the last time; null when it was not read or its record is unusable or not whole. */
  async find(fileSha256: string, options: ReadingOptions): Promise<Reading | null> {
    const place = this.#place(fileSha256, options)
    try {
      const reading = await contentsOf(place)
      for (const [index, { textBytes }] of reading.documents.entries()) {
        const { size } = await stat(join(place, textFile(index)))
        if (size !== textBytes) return null
        readSketchHead(join(place, sketchFile(index)))
      }
      return reading
    } catch {
      return null
    }
  }

  /**
   * Keeps what reading a file gave, whole or not at all, with a sketch of each text; what earlier versions made of the
   * file goes.
   *
   * @param texts in the order of `reading.documents`
   * @throws AppError file/disk-full, file/unwritable
   */
  async keep(
    fileSha256: string,
    options: ReadingOptions,
    reading: Reading,
    texts: readonly string[],
  ): Promise<void> {
    const place = this.#place(fileSha256, options)
    await persistently(place, async () => {
      try {
        await this.#write(place, JSON.stringify(reading), texts)
      } catch (error) {
        // What another process made meanwhile is as good; an unusable record must not stand in the way.
        if ((await this.find(fileSha256, options)) !== null) return
        await rm(place, { recursive: true, force: true }).catch(() => {})
        throw error
      }
    })
  }

  async #write(place: string, contents: string, texts: readonly string[]): Promise<void> {
    const arriving = `${place}.${randomBytes(8).toString('hex')}${ARRIVING}`
    try {
      await mkdir(arriving, { recursive: true, mode: 0o700 })
      for (const [index, text] of texts.entries()) {
        await writeFile(join(arriving, textFile(index)), text, { mode: 0o600 })
        await writeFile(join(arriving, sketchFile(index)), sketchBytes(sketchOf(text)), { mode: 0o600 })
      }
      await writeFile(join(arriving, CONTENTS), contents, { mode: 0o600 })
      await rename(arriving, place)
    } catch (error) {
      await rm(arriving, { recursive: true, force: true }).catch(() => {})
      throw error
    }
    await removeStale(place)
  }

  /**
   * One document's text.
   *
   * @throws AppError documents/text-gone when it is missing or not the text that was described
   */
  async text(
    place: TextPlace,
    { name, textSha256 }: { readonly name: string; readonly textSha256: string },
  ): Promise<string> {
    return await this.#unlessGone(place, name, async (folder) => {
      const text = await readFile(join(folder, textFile(place.index)), 'utf8')
      if (sha256(text) === textSha256) return text
      // So that reading the file again makes it anew.
      await rm(folder, { recursive: true, force: true }).catch(() => {})
      throw new Error('not the text that was described')
    })
  }

  /** Where each page of a document begins in its text. @throws AppError documents/text-gone */
  async pageStarts(place: TextPlace, name: string): Promise<readonly number[]> {
    return await this.#unlessGone(place, name, async (folder) => {
      const { documents } = await contentsOf(folder)
      return documents[place.index]!.pageStarts
    })
  }

  /** @throws AppError documents/text-gone */
  async sketchHead(place: TextPlace, name: string): Promise<SketchHead> {
    return await this.#unlessGone(place, name, (folder) =>
      readSketchHead(`${folder}${sep}${sketchFile(place.index)}`),
    )
  }

  /** Passages of a document's sketch, as `readPassages`. @throws AppError documents/text-gone */
  async passages(place: TextPlace, name: string, from: number, count: number): Promise<Uint32Array> {
    return await this.#unlessGone(place, name, (folder) =>
      readPassages(`${folder}${sep}${sketchFile(place.index)}`, from, count),
    )
  }

  async #unlessGone<T>(
    { fileSha256, options }: TextPlace,
    name: string,
    read: (folder: string) => T | Promise<T>,
  ): Promise<T> {
    const folder = this.#place(fileSha256, options)
    try {
      return await read(folder)
    } catch (error) {
      throw new AppError('documents/text-gone', { name }, { cause: error })
    }
  }

  /**
   * Remembers where a file was read, so that everything made of it, of earlier contents too, can be found again. To be
   * called before its texts are kept: then nothing of it is ever there that deletion does not find.
   *
   * @param path of the file, which is there
   * @throws AppError file/disk-full, file/unwritable
   */
  async noteSource(fileSha256: string, path: string): Promise<void> {
    const note = join(this.folder, fileSha256, await sourceMark(path))
    await persistently(note, async () => {
      await mkdir(dirname(note), { recursive: true, mode: 0o700 })
      await writeFile(note, '', { mode: 0o600 })
    })
  }

  /**
   * Deletes everything that was made of files at these paths, whatever they held at the time.
   *
   * @param paths of files that may be gone already
   * @throws AppError file/undeletable
   */
  async forget(paths: readonly string[]): Promise<void> {
    const marks = new Set(await Promise.all(paths.map(sourceMark)))
    for (const fileSha256 of await readdir(this.folder).catch(() => [])) {
      const place = join(this.folder, fileSha256)
      const names = await readdir(place).catch(() => [])
      if (!names.some((name) => marks.has(name))) continue
      try {
        await rm(place, { recursive: true, force: true, maxRetries: ATTEMPTS, retryDelay: PAUSE_MS })
      } catch (error) {
        throw fileError(error, place, 'delete')
      }
    }
  }

  #place(fileSha256: string, options: ReadingOptions): string {
    let question = this.#questions.get(options)
    if (question === undefined) {
      question = sha256(canonicalJson(options)).slice(0, 16)
      this.#questions.set(options, question)
    }
    // Asked for so often that normalising what is normal would be most of the garbage of a large folder.
    return `${this.folder}${sep}${fileSha256}${sep}${READING}-${question}`
  }
}

/** What a record says. @throws Error when it is not there or unusable */
async function contentsOf(place: string): Promise<Reading> {
  return readingSchema.parse(JSON.parse(await readFile(join(place, CONTENTS), 'utf8')))
}

/** Writes what must not fail for what passes. @throws AppError file/disk-full, file/unwritable */
async function persistently(path: string, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException
      if (attempt === ATTEMPTS || !PASSING.has(code)) throw fileError(error, path, 'write')
      await pause(PAUSE_MS * attempt)
    }
  }
}

/**
 * The name of the mark for a place: the same for every spelling of its path and by whatever link it is reached, and
 * without the names of persons that the path may have.
 */
async function sourceMark(path: string): Promise<string> {
  const real = await realpath(path).catch(async () => {
    // The file is gone; its folder is mostly still there.
    const folder = await realpath(dirname(path)).catch(() => resolve(dirname(path)))
    return join(folder, basename(path))
  })
  return `${sha256(real)}${SOURCE}`
}

/**
 * Removes what killed processes left of the same record, one that still writes it finds it made; and records of other
 * versions.
 */
async function removeStale(place: string): Promise<void> {
  for (const name of await readdir(dirname(place)).catch(() => [])) {
    const isUnfinished = name.startsWith(`${basename(place)}.`) && name.endsWith(ARRIVING)
    const isOtherVersion = !name.endsWith(SOURCE) && !name.startsWith(`${READING}-`)
    if (!isUnfinished && !isOtherVersion) continue
    await rm(join(dirname(place), name), { recursive: true, force: true }).catch(() => {})
  }
}

const textFile = (index: number): string => `${index}.txt`
const sketchFile = (index: number): string => `${index}.sketch`
