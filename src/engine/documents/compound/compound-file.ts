import { viewOf } from '../byte-view.ts'
import type { ReaderInput } from '../format-reader.ts'
import { tooDeep } from '../limit-errors.ts'
import { damaged } from '../zip/damaged.ts'

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const HEADER_BYTES = 512
const HEADER_FAT_SECTORS = 109
const ENTRY_BYTES = 128
const MINI_SECTOR_BYTES = 64
const MINI_STREAM_CUTOFF = 4096
const END_OF_CHAIN = 0xfffffffe
const NO_STREAM = 0xffffffff
const STORAGE = 1
const STREAM = 2
const ROOT = 5

/** A folder of a compound file. */
export interface Storage<Content = Uint8Array> {
  readonly streams: ReadonlyMap<string, Content>
  readonly storages: ReadonlyMap<string, Storage<Content>>
}

/**
 * Opens a compound file, the file system within DOC, XLS and MSG files (\[MS-CFB] 3.0). Sound ones only: every stream
 * is whole, and no sector belongs to two, so that no other parser can run in circles in it either.
 *
 * @param type the format, as it is called in errors
 * @throws AppError documents/damaged, documents/too-deep
 */
export function openCompoundFile(input: ReaderInput, type: string): Storage {
  return soundly(input, type, (limit) => new CompoundFile(input.bytes, limit, false).contents())
}

/**
 * Lists what a compound file holds, without its contents. One that was cut short is listed as far as it goes.
 *
 * @param type as of openCompoundFile
 * @throws AppError documents/damaged, documents/too-deep
 */
export function listCompoundFile(input: ReaderInput, type: string): Storage<null> {
  return soundly(input, type, (limit) => new CompoundFile(input.bytes, limit, true).listing())
}

function soundly<Result>(input: ReaderInput, type: string, read: (depth: number) => Result): Result {
  try {
    return read(input.limits.elementDepth)
  } catch (error) {
    if (error instanceof TooDeepError) throw tooDeep(input, error)
    if (!(error instanceof StructureError)) throw error
    throw damaged({ input, type }, error.message, error)
  }
}

class StructureError extends Error {}
class TooDeepError extends Error {}

interface Entry {
  readonly name: string
  readonly type: number
  readonly left: number
  readonly right: number
  readonly child: number
  readonly start: number
  readonly bytes: number
}

/** The streams that are cut into sectors of their own, and the table of these. */
interface SmallStreams {
  readonly table: readonly number[]
  readonly bytes: Uint8Array
}

class CompoundFile {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #depth: number
  readonly #sectorBytes: number
  /** Whether sectors may be missing at the end. */
  readonly #isCutShort: boolean
  readonly #fat: readonly number[]
  readonly #entries: readonly Entry[]
  readonly #root: Entry
  readonly #usedSectors = new Set<number>()
  readonly #usedMiniSectors = new Set<number>()
  readonly #usedEntries = new Set<number>()

  constructor(bytes: Uint8Array, depth: number, isCutShort: boolean) {
    this.#bytes = bytes
    this.#view = viewOf(bytes)
    this.#depth = depth
    this.#isCutShort = isCutShort
    if (bytes.length < HEADER_BYTES || SIGNATURE.some((byte, index) => bytes[index] !== byte)) {
      throw new StructureError('header')
    }
    const shift = this.#view.getUint16(30, true)
    if (shift !== 9 && shift !== 12) throw new StructureError('sector size')
    this.#sectorBytes = 2 ** shift
    this.#fat = this.#numbers(this.#fatSectors())
    this.#entries = this.#readEntries()
    const [root] = this.#entries
    if (root?.type !== ROOT) throw new StructureError('root')
    this.#root = root
  }

  listing(): Storage<null> {
    return this.#storage(this.#root, 0, () => null)
  }

  contents(): Storage {
    const small = {
      table: this.#numbers(this.#chain(this.#view.getUint32(60, true))),
      bytes: this.#joined(this.#chain(this.#root.start)),
    }
    return this.#storage(this.#root, 0, (entry) => this.#stream(entry, small))
  }

  /** The sectors that hold the allocation table: 109 in the header, the rest in sectors of their own (§2.5). */
  #fatSectors(): number[] {
    const count = this.#view.getUint32(44, true)
    if (count * this.#sectorBytes > this.#bytes.length) throw new StructureError('FAT')
    const sectors: number[] = []
    for (let index = 0; index < Math.min(count, HEADER_FAT_SECTORS); index++) {
      sectors.push(this.#view.getUint32(76 + 4 * index, true))
    }
    let place = this.#view.getUint32(68, true)
    while (sectors.length < count) {
      if (this.#isMissing(place)) break
      const numbers = this.#numbers([place])
      place = numbers.pop()!
      sectors.push(...numbers.slice(0, count - sectors.length))
    }
    for (const sector of sectors) this.#use(sector)
    return sectors
  }

  #use(sector: number): void {
    if (this.#usedSectors.has(sector)) throw new StructureError(`sector ${sector}`)
    this.#usedSectors.add(sector)
  }

  /** Whether a sector lies beyond where the file was cut. */
  #isMissing(sector: number): boolean {
    return this.#isCutShort && (sector + 2) * this.#sectorBytes > this.#bytes.length
  }

  #sector(sector: number): Uint8Array {
    const from = (sector + 1) * this.#sectorBytes
    if (from >= this.#bytes.length) throw new StructureError(`sector ${sector}`)
    return this.#bytes.subarray(from, from + this.#sectorBytes)
  }

  #numbers(sectors: readonly number[]): number[] {
    const numbers: number[] = []
    for (const sector of sectors) {
      if (this.#isMissing(sector)) {
        for (let at = 0; at < this.#sectorBytes; at += 4) numbers.push(END_OF_CHAIN)
        continue
      }
      const bytes = this.#sector(sector)
      if (bytes.length < this.#sectorBytes) throw new StructureError(`sector ${sector}`)
      const view = viewOf(bytes)
      for (let at = 0; at < bytes.length; at += 4) numbers.push(view.getUint32(at, true))
    }
    return numbers
  }

  /** The sectors of a stream, which from now on belong to it. */
  #chain(start: number): number[] {
    const sectors: number[] = []
    for (let sector = start; sector !== END_OF_CHAIN; sector = this.#fat[sector]!) {
      // A table that there is none of may begin anywhere.
      if (sector === NO_STREAM && sectors.length === 0) break
      if (this.#isMissing(sector)) break
      if (sector >= this.#fat.length) throw new StructureError(`sector ${sector}`)
      this.#use(sector)
      sectors.push(sector)
    }
    return sectors
  }

  #joined(sectors: readonly number[]): Uint8Array {
    return new Uint8Array(Buffer.concat(sectors.map((sector) => this.#sector(sector))))
  }

  #readEntries(): Entry[] {
    const sectors = this.#chain(this.#view.getUint32(48, true))
    const bytes = this.#joined(sectors)
    if (bytes.length < sectors.length * this.#sectorBytes) throw new StructureError('directory')
    const view = viewOf(bytes)
    const entries: Entry[] = []
    for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
      const nameBytes = Math.min(64, Math.max(0, view.getUint16(at + 64, true) - 2))
      entries.push({
        name: new TextDecoder('utf-16le').decode(bytes.subarray(at, at + nameBytes)),
        type: bytes[at + 66]!,
        left: view.getUint32(at + 68, true),
        right: view.getUint32(at + 72, true),
        child: view.getUint32(at + 76, true),
        start: view.getUint32(at + 116, true),
        bytes: view.getUint32(at + 120, true),
      })
    }
    return entries
  }

  #storage<Content>(storage: Entry, depth: number, contentOf: (stream: Entry) => Content): Storage<Content> {
    if (depth > this.#depth) throw new TooDeepError()
    const streams = new Map<string, Content>()
    const storages = new Map<string, Storage<Content>>()
    for (const entry of this.#children(storage)) {
      if (entry.type === STREAM) streams.set(entry.name, contentOf(entry))
      else if (entry.type === STORAGE) storages.set(entry.name, this.#storage(entry, depth + 1, contentOf))
    }
    return { streams, storages }
  }

  /** The entries of a storage: a tree of siblings (§2.6.4). */
  #children(storage: Entry): Entry[] {
    const children: Entry[] = []
    const open = [storage.child]
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (index === NO_STREAM) continue
      const entry = this.#entries[index]
      if (entry === undefined && this.#isCutShort) continue
      if (entry === undefined || this.#usedEntries.has(index)) throw new StructureError(`entry ${index}`)
      this.#usedEntries.add(index)
      children.push(entry)
      open.push(entry.right, entry.left)
    }
    return children
  }

  #stream({ name, start, bytes }: Entry, small: SmallStreams): Uint8Array {
    if (bytes === 0) return new Uint8Array(0)
    const content =
      bytes < MINI_STREAM_CUTOFF ? this.#smallContent(start, small) : this.#joined(this.#chain(start))
    if (content.length < bytes) throw new StructureError(name)
    return content.subarray(0, bytes)
  }

  #smallContent(start: number, { table, bytes }: SmallStreams): Uint8Array {
    const sectors: Uint8Array[] = []
    for (let sector = start; sector !== END_OF_CHAIN; sector = table[sector]!) {
      if (sector >= table.length || this.#usedMiniSectors.has(sector)) {
        throw new StructureError(`mini sector ${sector}`)
      }
      this.#usedMiniSectors.add(sector)
      const from = sector * MINI_SECTOR_BYTES
      sectors.push(bytes.subarray(from, from + MINI_SECTOR_BYTES))
    }
    return new Uint8Array(Buffer.concat(sectors))
  }
}
