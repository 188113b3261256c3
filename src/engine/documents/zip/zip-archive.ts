import { crc32 } from 'node:zlib'

import { Inflate } from 'fflate'

import { AppError } from '../../../shared/errors.ts'
import { viewOf } from '../byte-view.ts'
import type { ReaderInput } from '../format-reader.ts'
import { tooManyEntries } from '../limit-errors.ts'
import {
  type CentralDirectory,
  type DirectoryEntry,
  readCentralDirectory,
  TooManyEntriesError,
  ZipStructureError,
} from './central-directory.ts'
import { damaged, type PartContext } from './damaged.ts'

/** One file or folder of an archive. */
export interface ZipEntry {
  /** Path with `/`, as the archive spells it. */
  readonly name: string
  readonly isEncrypted: boolean
  readonly isFolder: boolean
}

/** Compressed bytes inflated at once: deflate makes at most 1,032 times as much of them. */
const PIECE_BYTES = 16_384
/** A stored block of 65,535 bytes yields nothing until all of it is there; longer silence is no deflate stream. */
const MAX_SILENT_PIECES = 8

const LOCAL_SIGNATURE = 0x04034b50
const LOCAL_BYTES = 30
const STORED = 0
const DEFLATED = 8

/** A zip file in memory. Nothing is inflated before it is asked for, and everything inflated is counted. */
export class ZipArchive {
  /** In the order of the directory; of entries with the same name the last one, as when they are unpacked. */
  readonly entries: readonly ZipEntry[]
  readonly #context: PartContext
  readonly #places: ReadonlyMap<string, PlacedEntry>
  readonly #folded: ReadonlyMap<string, PlacedEntry>

  private constructor(context: PartContext, placed: readonly PlacedEntry[]) {
    this.#context = context
    this.#places = new Map(placed.map((entry) => [entry.name, entry]))
    this.entries = [...this.#places.values()]
    this.#folded = new Map(this.entries.map((entry) => [folded(entry.name), entry as PlacedEntry]))
  }

  /**
   * Reads the directory of an archive.
   *
   * @param type the format, as it is called in errors
   * @throws AppError documents/damaged, documents/too-many-entries, documents/overlapping-entries
   */
  static open(input: ReaderInput, type: string): ZipArchive {
    const { bytes, name, limits } = input
    const context = { input, type }
    try {
      return new ZipArchive(context, placeEntries(bytes, readCentralDirectory(bytes, limits.entries)))
    } catch (error) {
      if (error instanceof ZipStructureError) throw damaged(context, error.message, error)
      if (error instanceof TooManyEntriesError) throw tooManyEntries(input, error)
      if (error instanceof OverlapError) {
        throw new AppError('documents/overlapping-entries', { name }, { cause: error })
      }
      throw error
    }
  }

  /** Whether there is such an entry; where only the case of ASCII letters differs, too (ISO/IEC 29500-2 §6.3.5). */
  has(name: string): boolean {
    return this.#find(name) !== undefined
  }

  /** How long an entry is and how much of the archive it takes, to which `chunks` holds it; undefined if there is none. */
  sizeOf(name: string): { readonly bytes: number; readonly compressedBytes: number } | undefined {
    return this.#find(name)
  }

  /** The bytes of an entry. @throws AppError as `chunks` does */
  read(name: string): Uint8Array {
    const pieces = [...this.chunks(name)]
    const [first] = pieces
    return pieces.length === 1 && first !== undefined ? first : new Uint8Array(Buffer.concat(pieces))
  }

  /**
   * The bytes of an entry as they are inflated. Only when the last one has come is it certain that they are whole.
   *
   * @throws AppError documents/damaged, documents/encrypted, documents/unpacked-too-large
   */
  *chunks(name: string): Generator<Uint8Array, void, undefined> {
    const { input, type } = this.#context
    const entry = this.#find(name)
    if (entry === undefined) throw damaged(this.#context, name)
    if (entry.isEncrypted) throw new AppError('documents/encrypted', { name: input.name, type })
    const packed = input.bytes.subarray(entry.dataStart, entry.dataStart + entry.compressedBytes)
    let length = 0
    let crc = 0
    for (const chunk of this.#unpacked(entry, packed)) {
      input.budget.take(chunk.length, input.name)
      length += chunk.length
      if (length > entry.bytes) throw damaged(this.#context, entry.name)
      crc = crc32(chunk, crc)
      yield chunk
    }
    if (length !== entry.bytes || crc !== entry.crc) throw damaged(this.#context, entry.name)
  }

  *#unpacked(entry: PlacedEntry, packed: Uint8Array): Generator<Uint8Array, void, undefined> {
    if (entry.method === STORED) {
      yield packed
      return
    }
    if (entry.method !== DEFLATED) {
      throw damaged(this.#context, `${entry.name}: method ${entry.method}`)
    }
    try {
      yield* inflated(packed)
    } catch (error) {
      if (!(error instanceof Error) || error instanceof AppError) throw error
      throw damaged(this.#context, `${entry.name}: ${error.message}`, error)
    }
  }

  #find(name: string): PlacedEntry | undefined {
    return this.#places.get(name) ?? this.#folded.get(folded(name))
  }
}

interface PlacedEntry extends DirectoryEntry {
  /** Where its data begin, behind the local header. */
  readonly dataStart: number
}

class OverlapError extends Error {}

/**
 * Finds the data of every entry. Entries that share bytes are how a small file holds petabytes (Fifield, "A better
 * zip bomb", WOOT 2019); no honest writer makes them.
 */
function placeEntries(bytes: Uint8Array, { entries, start }: CentralDirectory): PlacedEntry[] {
  const view = viewOf(bytes)
  const placed = entries.map((entry) => {
    const { offset, compressedBytes, name } = entry
    if (offset + LOCAL_BYTES > start || view.getUint32(offset, true) !== LOCAL_SIGNATURE) {
      throw new ZipStructureError(name)
    }
    const names = view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
    const dataStart = offset + LOCAL_BYTES + names
    if (dataStart + compressedBytes > start) throw new ZipStructureError(name)
    return { ...entry, dataStart }
  })
  let end = 0
  for (const entry of placed.toSorted((one, other) => one.offset - other.offset)) {
    if (entry.offset < end) throw new OverlapError()
    end = entry.dataStart + entry.compressedBytes
  }
  return placed
}

/** Inflates raw deflate data piece by piece. @throws Error where they are not sound */
function* inflated(packed: Uint8Array): Generator<Uint8Array, void, undefined> {
  let output: Uint8Array = new Uint8Array(0)
  let silent = 0
  const inflate = new Inflate((chunk) => (output = chunk))
  for (let from = 0; from < packed.length; from += PIECE_BYTES) {
    const to = Math.min(packed.length, from + PIECE_BYTES)
    inflate.push(packed.subarray(from, to), to === packed.length)
    silent = output.length === 0 ? silent + 1 : 0
    if (silent > MAX_SILENT_PIECES) throw new Error('data behind the end')
    if (output.length > 0) yield output
  }
}

function folded(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
