import { viewOf } from '../byte-view.ts'

/** The places in a Word file that its header, the file information block, tells (\[MS-DOC] §2.5). */
export interface WordFile {
  readonly main: Uint8Array
  readonly table: Uint8Array
  /** What is too large for the main stream; empty where there is none. */
  readonly overflow: Uint8Array
}

/** The parts of the text, in the order in which their characters are numbered (§2.4.1). */
export const SUBDOCUMENTS = [
  { part: 'body', at: 0x4c },
  { part: 'footnotes', at: 0x50 },
  { part: 'furniture', at: 0x54 },
  { part: 'macros', at: 0x58 },
  { part: 'annotations', at: 0x5c },
  { part: 'endnotes', at: 0x60 },
  { part: 'textBoxes', at: 0x64 },
  { part: 'furnitureBoxes', at: 0x68 },
] as const
export type Subdocument = (typeof SUBDOCUMENTS)[number]['part']

/** Positions of the tables in the list of them (§2.5.6 FibRgFcLcb97). */
const TABLES = {
  styles: 1,
  footnoteMarks: 2,
  characterPages: 12,
  paragraphPages: 13,
  fonts: 15,
  pieces: 33,
  anchors: 40,
  endnoteMarks: 46,
  textBoxes: 56,
  listDefinitions: 73,
  lists: 74,
} as const

const FIRST_TABLE = 0x9a

/** A structure that is not as it should be; `message` says which. */
export class WordStructureError extends Error {}

/** The bytes of a table; empty where the file has none. @throws WordStructureError */
export function tableOf(file: WordFile, which: keyof typeof TABLES): DataView {
  const { from, length } = placeOf(file, which)
  return viewOf(file.table.subarray(from, from + length))
}

/** The bytes of a table and all that lies behind it. @throws WordStructureError */
export function tableAndBeyond(file: WordFile, which: keyof typeof TABLES): DataView {
  return viewOf(file.table.subarray(placeOf(file, which).from))
}

function placeOf({ main, table }: WordFile, which: keyof typeof TABLES): { from: number; length: number } {
  const at = FIRST_TABLE + 8 * TABLES[which]
  if (at + 8 > main.length) throw new WordStructureError('FIB')
  const header = viewOf(main)
  const from = header.getUint32(at, true)
  const length = header.getUint32(at + 4, true)
  if (from + length > table.length) throw new WordStructureError(which)
  return { from, length }
}

/** The positions in a PLC, a list of positions and of what begins at each (§2.2.2). @throws WordStructureError */
export function plcOf(
  view: DataView,
  elementBytes: number,
): { readonly positions: readonly number[]; readonly elementAt: (index: number) => number } {
  const count = Math.max(0, Math.floor((view.byteLength - 4) / (4 + elementBytes)))
  const positions: number[] = []
  for (let index = 0; view.byteLength >= 4 && index <= count; index++) {
    positions.push(view.getUint32(4 * index, true))
  }
  if (positions.some((position, index) => index > 0 && position < positions[index - 1]!)) {
    throw new WordStructureError('PLC')
  }
  return { positions, elementAt: (index) => 4 * (count + 1) + elementBytes * index }
}
