import { cellAddress } from '../cells/cell-address.ts'
import { drawingLines } from '../open-xml/drawing-lines.ts'
import type { TextMeter } from '../open-xml/text-meter.ts'
import { parseXml, type XmlAttributes } from '../xml/parse-xml.ts'
import { readRelationships } from '../xml/relationships.ts'
import type { PartContext } from '../zip/damaged.ts'
import type { ZipArchive } from '../zip/zip-archive.ts'
import { RichText, unescaped } from './rich-text.ts'

/** A text that belongs to a place of the sheet. */
interface PlacedNote {
  readonly row: number
  readonly column: number
  readonly text: string
}

/** Author of the placeholder that a threaded comment leaves for older versions of Excel ([MS-XLSX] §2.6.204). */
const PLACEHOLDER_AUTHOR = 'tc='

/**
 * What lies over the cells of a sheet: comments, old and threaded, then text boxes, shapes and charts, each by
 * row and column of the cell that it belongs to.
 */
export function readSheetNotes(
  archive: ZipArchive,
  sheetPart: string,
  meter: TextMeter,
  context: PartContext,
): string[] {
  const comments: PlacedNote[] = []
  const shapes: PlacedNote[] = []
  for (const { type, target, isExternal } of readRelationships(archive, sheetPart, context).values()) {
    if (isExternal || !archive.has(target)) continue
    if (type === 'comments') comments.push(...readComments(archive, target, context))
    else if (type === 'threadedComment') comments.push(...readThreadedComments(archive, target, context))
    else if (type === 'drawing') shapes.push(...readDrawing(archive, target, meter, context))
  }
  return [...inOrder(comments), ...inOrder(shapes)]
}

function inOrder(notes: readonly PlacedNote[]): string[] {
  return notes
    .toSorted((one, other) => one.row - other.row || one.column - other.column)
    .map(({ text }) => text)
}

function readComments(archive: ZipArchive, part: string, context: PartContext): PlacedNote[] {
  const comments: PlacedNote[] = []
  const authors: string[] = []
  const rich = new RichText()
  let author: string | undefined
  let comment: XmlAttributes = {}
  const open = (name: string, attributes: XmlAttributes): void => {
    rich.handler.open(name, attributes)
    if (name === 'x:author') author = ''
    if (name === 'x:comment') comment = attributes
  }
  const text = (piece: string): void => {
    if (author === undefined) rich.handler.text(piece)
    else author += piece
  }
  const close = (name: string): void => {
    rich.handler.close(name)
    if (name === 'x:author') {
      authors.push(author ?? '')
      author = undefined
    }
    if (name !== 'x:comment') return
    const shown = rich.take()
    const isPlaceholder = authors[Number(comment['authorId'])]?.startsWith(PLACEHOLDER_AUTHOR) === true
    if (!isPlaceholder) comments.push({ ...place(comment['ref']), text: shown })
  }
  parseXml(archive, part, { open, text, close }, context)
  return comments
}

function readThreadedComments(archive: ZipArchive, part: string, context: PartContext): PlacedNote[] {
  const comments: PlacedNote[] = []
  let reference: string | undefined
  let shown: string | undefined
  parseXml(
    archive,
    part,
    {
      open: (name, attributes) => {
        if (name === 'xtc:threadedComment') reference = attributes['ref']
        else if (name === 'xtc:text') shown = ''
      },
      text: (piece) => {
        if (shown !== undefined) shown += piece
      },
      close: (name) => {
        if (name !== 'xtc:text') return
        comments.push({ ...place(reference), text: unescaped(shown ?? '') })
        shown = undefined
      },
    },
    context,
  )
  return comments
}

function place(reference = ''): { row: number; column: number } {
  return cellAddress(reference) ?? { row: 0, column: 0 }
}

/** The text of shapes that are not hidden, and the words of charts and diagrams (ECMA-376 §20.5). */
function readDrawing(
  archive: ZipArchive,
  part: string,
  meter: TextMeter,
  context: PartContext,
): PlacedNote[] {
  const relationships = readRelationships(archive, part, context)
  const notes: PlacedNote[] = []
  const anchor = { row: 0, column: 0 }
  const shape = new DrawingText()
  let isHidden = false
  let isFrom = false
  let coordinate: 'row' | 'column' | undefined
  const add = (text: string): void => {
    if (text !== '' && !isHidden) notes.push({ ...anchor, text })
  }
  parseXml(
    archive,
    part,
    {
      open: (name, attributes) => {
        if (name === 'xdr:from') isFrom = true
        else if (isFrom && name === 'xdr:row') coordinate = 'row'
        else if (isFrom && name === 'xdr:col') coordinate = 'column'
        else if (name === 'xdr:cNvPr')
          isHidden = attributes['hidden'] === '1' || attributes['hidden'] === 'true'
        else shape.open(name)
        const id =
          name === 'c:chart' ? attributes['r:id'] : name === 'dgm:relIds' ? attributes['r:dm'] : undefined
        if (id !== undefined) add(drawingLines(archive, relationships.get(id), meter, context).join('\n'))
      },
      text: (piece) => {
        if (coordinate === undefined) shape.text(piece)
        else anchor[coordinate] = Number(piece) || 0
      },
      close: (name) => {
        if (name === 'xdr:row' || name === 'xdr:col') coordinate = undefined
        else if (name === 'xdr:from') isFrom = false
        else if (name === 'xdr:sp' || name === 'xdr:cxnSp') add(shape.take())
        else shape.close(name)
      },
    },
    context,
  )
  return notes
}

/** Collects the paragraphs of DrawingML text (ECMA-376 §21.1.2), each on a line. */
class DrawingText {
  #text = ''
  #isText = false

  open(name: string): void {
    if (name === 'a:t') this.#isText = true
    else if (name === 'a:br') this.#text += '\n'
  }

  text(piece: string): void {
    if (this.#isText) this.#text += piece
  }

  close(name: string): void {
    if (name === 'a:t') this.#isText = false
    else if (name === 'a:p') this.#text += '\n'
  }

  /** Hands the text out and begins the next one. */
  take(): string {
    const text = this.#text.trim()
    this.#text = ''
    return text
  }
}
