import { viewOf } from '../byte-view.ts'
import type { TextMeter } from '../open-xml/text-meter.ts'
import type { Formatting, FormattedRun } from './formatting.ts'
import { plcOf, tableOf, type WordFile, WordStructureError } from './word-file.ts'

/** A stretch of the text. Characters are numbered in reading order; their bytes may lie anywhere. */
interface Piece {
  /** Number of its first character. */
  readonly start: number
  readonly text: string
  /** Where its bytes begin in the main stream. */
  readonly offset: number
  /** 1 in windows-1252, 2 in UTF-16. */
  readonly characterBytes: number
}

const PROPERTIES = 0x01
const PIECE_TABLE = 0x02
const PIECE_BYTES = 8
const COMPRESSED = 0x40000000

/** The text of a Word file, with what is special about its characters. */
export class PieceText {
  readonly text: string
  readonly #pieces: readonly Piece[]

  /** @throws WordStructureError, AppError documents/too-long */
  constructor(file: WordFile, meter: TextMeter) {
    this.#pieces = readPieces(file, meter)
    this.text = this.#pieces.map(({ text }) => text).join('')
  }

  /** The formatting of characters by their number, out of runs of bytes in ascending order. */
  formattingOf(runs: readonly FormattedRun[]): ReadonlyMap<number, Formatting> {
    const formattings = new Map<number, Formatting>()
    for (const { start, text, offset, characterBytes } of this.#pieces) {
      const end = offset + text.length * characterBytes
      for (let index = firstEndingAfter(runs, offset); index < runs.length; index++) {
        const run = runs[index]!
        if (run.from >= end) break
        const first = Math.max(0, Math.ceil((run.from - offset) / characterBytes))
        const last = Math.min(text.length, Math.ceil((run.to - offset) / characterBytes))
        for (let character = first; character < last; character++) formattings.set(start + character, run)
      }
    }
    return formattings
  }
}

/** Reads the piece table (§2.4.1 "Retrieving Text", §2.9.38 Clx). */
function readPieces(file: WordFile, meter: TextMeter): Piece[] {
  const view = pieceTable(tableOf(file, 'pieces'))
  const { positions, elementAt } = plcOf(view, PIECE_BYTES)
  meter.take(positions.at(-1) ?? 0)
  return positions.slice(0, -1).map((start, index) => {
    const place = view.getUint32(elementAt(index) + 2, true)
    const isCompressed = (place & COMPRESSED) !== 0
    const characterBytes = isCompressed ? 1 : 2
    const offset = isCompressed ? (place & (COMPRESSED - 1)) / 2 : place
    const length = (positions[index + 1]! - start) * characterBytes
    if (offset + length > file.main.length) throw new WordStructureError('pieces')
    const bytes = file.main.subarray(offset, offset + length)
    const text = new TextDecoder(isCompressed ? 'windows-1252' : 'utf-16le', { ignoreBOM: true }).decode(
      bytes,
    )
    if (text.length !== positions[index + 1]! - start) throw new WordStructureError('pieces')
    return { start, text, offset, characterBytes }
  })
}

function pieceTable(view: DataView): DataView {
  let at = 0
  while (at + 3 <= view.byteLength && view.getUint8(at) === PROPERTIES) at += 3 + view.getUint16(at + 1, true)
  if (at + 5 > view.byteLength || view.getUint8(at) !== PIECE_TABLE) throw new WordStructureError('pieces')
  const length = view.getUint32(at + 1, true)
  if (at + 5 + length > view.byteLength) throw new WordStructureError('pieces')
  return viewOf(new Uint8Array(view.buffer, view.byteOffset + at + 5, length))
}

/** Runs do not overlap, so that they end in the order in which they begin. */
function firstEndingAfter(runs: readonly FormattedRun[], offset: number): number {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (runs[middle]!.to <= offset) low = middle + 1
    else high = middle
  }
  return low
}
