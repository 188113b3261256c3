import { viewOf } from '../byte-view.ts'
import type { ReadStep } from '../../../shared/documents.ts'
import { AppError } from '../../../shared/errors.ts'
import { openCompoundFile, type Storage } from '../compound/compound-file.ts'
import type { Extracted, FormatReader, ReaderInput } from '../format-reader.ts'
import { TextMeter } from '../open-xml/text-meter.ts'
import { documentText, TextFlow } from '../rtf/text-flow.ts'
import { damaged } from '../zip/damaged.ts'
import { characterRuns, paragraphRuns } from './formatting.ts'
import { ListNumbers } from './list-numbers.ts'
import { PieceText } from './pieces.ts'
import {
  plcOf,
  type Subdocument,
  SUBDOCUMENTS,
  tableOf,
  type WordFile,
  WordStructureError,
} from './word-file.ts'
import { addWordText, type WordText } from './word-text.ts'

const TYPE = 'DOC'
const WORD_97 = 0x00c1
const MAGIC = 0xa5ec
const ENCRYPTED = 0x0100
const SECOND_TABLE = 0x0200
/** Shortest header that names all tables read here. */
const HEADER_BYTES = 0x0382
const ANCHOR_BYTES = 26
const TEXT_BOX_BYTES = 22
const TEXT_BOX_SHAPE = 14

/**
 * Reads the binary format of Word 97 to 2003 (\[MS-DOC]): body with its text boxes, then footnotes, endnotes and
 * annotations; headers and footers only where there is no body. Text hidden by a style is shown.
 *
 * @throws AppError documents/encrypted, documents/legacy-format, documents/damaged, documents/too-long
 */
export const readDoc: FormatReader = (input) => {
  const storage = openCompoundFile(input, TYPE)
  try {
    return new WordDocument(wordFile(storage, input), input).read(hasMacros(storage))
  } catch (error) {
    if (error instanceof WordStructureError || error instanceof RangeError) {
      throw damaged({ input, type: TYPE }, error.message, error)
    }
    throw error
  }
}

function hasMacros({ storages }: Storage): boolean {
  return storages.has('Macros') || storages.has('_VBA_PROJECT_CUR')
}

/** Finds the streams (§2.1) by the header (§2.5.2 FibBase). */
function wordFile({ streams }: Storage, { name }: ReaderInput): WordFile {
  const main = streams.get('WordDocument')
  if (main === undefined || main.length < 32) throw new WordStructureError('WordDocument')
  const header = viewOf(main)
  if (header.getUint16(2, true) < WORD_97) {
    throw new AppError('documents/legacy-format', { name, type: 'Word 6/95', wanted: 'DOCX' })
  }
  if (header.getUint16(0, true) !== MAGIC || main.length < HEADER_BYTES) throw new WordStructureError('FIB')
  const flags = header.getUint16(10, true)
  if ((flags & ENCRYPTED) !== 0) throw new AppError('documents/encrypted', { name, type: TYPE })
  const tableName = (flags & SECOND_TABLE) === 0 ? '0Table' : '1Table'
  const table = streams.get(tableName)
  if (table === undefined) throw new WordStructureError(tableName)
  return { main, table, overflow: streams.get('Data') ?? new Uint8Array(0) }
}

class WordDocument {
  readonly #file: WordFile
  readonly #ranges: Readonly<Record<Subdocument, readonly [from: number, to: number]>>
  readonly #word: WordText
  readonly #boxes = new Map<number, TextFlow>()
  readonly #anchors = new Map<number, number>()
  readonly #steps = new Set<ReadStep>()

  constructor(file: WordFile, input: ReaderInput) {
    this.#file = file
    const pieces = new PieceText(file, new TextMeter(input))
    this.#ranges = rangesOf(file, pieces.text.length)
    const numbers = noteNumbers(
      pieces.text,
      this.#ranges,
      new Set(plcOf(tableOf(file, 'endnoteMarks'), 2).positions),
    )
    this.#word = {
      text: pieces.text,
      characters: pieces.formattingOf(characterRuns(file)),
      paragraphs: pieces.formattingOf(paragraphRuns(file)),
      noteNumber: (character) => numbers.get(character) ?? '',
      listNumbers: new ListNumbers(file),
      boxAt: (character) => this.#boxAt(character),
      steps: this.#steps,
    }
  }

  read(macros: boolean): Extracted {
    this.#readBoxes()
    const body = this.#flow('body')
    for (const box of this.#boxes.values()) body.addBox(box)
    const notes = (['footnotes', 'endnotes', 'annotations'] as const).map((part) => this.#flow(part))
    const text = documentText({ body, furniture: this.#flow('furniture'), notes }, this.#steps)
    return { text, steps: [...this.#steps], health: { macros } }
  }

  #flow(part: Subdocument): TextFlow {
    const flow = new TextFlow()
    addWordText(this.#word, flow, ...this.#ranges[part])
    return flow
  }

  /** Reads the text boxes and where they are anchored, by the number of their shape (§2.9.98 FTXBXS, §2.9.253 Spa). */
  #readBoxes(): void {
    const anchors = tableOf(this.#file, 'anchors')
    const anchored = plcOf(anchors, ANCHOR_BYTES)
    for (const [index, position] of anchored.positions.slice(0, -1).entries()) {
      this.#anchors.set(position, anchors.getUint32(anchored.elementAt(index), true))
    }
    const [from, to] = this.#ranges.textBoxes
    const boxes = tableOf(this.#file, 'textBoxes')
    const { positions, elementAt } = plcOf(boxes, TEXT_BOX_BYTES)
    for (const [index, position] of positions.slice(0, -1).entries()) {
      const shape = boxes.getUint32(elementAt(index) + TEXT_BOX_SHAPE, true)
      const box = this.#boxes.get(shape) ?? new TextFlow()
      this.#boxes.set(shape, box)
      addWordText(this.#word, box, Math.min(to, from + position), Math.min(to, from + positions[index + 1]!))
    }
  }

  /** Takes out the box anchored at a character; those that nothing anchors come last. */
  #boxAt(character: number): TextFlow | null {
    const shape = this.#anchors.get(character)
    const box = shape === undefined ? undefined : this.#boxes.get(shape)
    if (shape === undefined || box === undefined) return null
    this.#boxes.delete(shape)
    return box
  }
}

function rangesOf({ main }: WordFile, characters: number): Record<Subdocument, readonly [number, number]> {
  const header = viewOf(main)
  let start = 0
  const ranges = SUBDOCUMENTS.map(({ part, at }) => {
    const range = [start, start + header.getUint32(at, true)] as const
    start = range[1]
    return [part, range] as const
  })
  if (start > characters) throw new WordStructureError('pieces')
  return Object.fromEntries(ranges) as Record<Subdocument, readonly [number, number]>
}

/** The numbers at the automatic note marks, in the text and before the notes. */
function noteNumbers(
  text: string,
  { body, footnotes, endnotes }: Readonly<Record<Subdocument, readonly [number, number]>>,
  endnoteMarks: ReadonlySet<number>,
): ReadonlyMap<number, string> {
  const numbers = new Map<number, string>()
  const number = ([from, to]: readonly [number, number], isCounted: (at: number) => boolean): void => {
    let count = 0
    for (let at = text.indexOf('\u0002', from); at !== -1 && at < to; at = text.indexOf('\u0002', at + 1)) {
      if (isCounted(at)) numbers.set(at, String(++count))
    }
  }
  number(body, (at) => !endnoteMarks.has(at))
  number(body, (at) => endnoteMarks.has(at))
  number(footnotes, () => true)
  number(endnotes, () => true)
  return numbers
}
