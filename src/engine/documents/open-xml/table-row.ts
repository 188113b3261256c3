import { trimSpaces } from './trim-spaces.ts'

/** Columns that Word can make; wider spans are no sense. */
const MAX_SPAN = 63

interface Cell {
  readonly lines: readonly string[]
  readonly span: number
}

/** A row of a table while it is read. */
export class TableRow {
  readonly #cells: Cell[] = []
  #before = 0
  #span = 1
  #isContinued = false
  /** Deleted or hidden as a whole. */
  isGone = false

  /** Grid columns that stay free before the first cell. */
  skipBefore(columns: number): void {
    this.#before = Math.min(columns, MAX_SPAN)
  }

  /** Of the cell being read: how many grid columns it takes. */
  span(columns: number): void {
    this.#span = Math.min(Math.max(columns, 1), MAX_SPAN)
  }

  /** Of the cell being read: that it is one with the cell above, whose text is shown in both. */
  continue(): void {
    this.#isContinued = true
  }

  /** Ends the cell being read. */
  endCell(lines: readonly string[]): void {
    this.#cells.push({ lines: this.#isContinued ? [] : lines, span: this.#span })
    this.#span = 1
    this.#isContinued = false
  }

  /**
   * The lines of the row: one with its cells apart by tabs; those of the cell where it has one only, as in tables that
   * are but a frame around text; none where all are empty.
   */
  lines(): readonly string[] {
    if (this.isGone) return []
    const [only] = this.#cells
    if (this.#cells.length === 1 && only !== undefined) return only.lines.filter((line) => line.trim() !== '')
    const texts = new Array<string>(this.#before).fill('')
    for (const { lines, span } of this.#cells) {
      texts.push(cellText(lines))
      for (let column = 1; column < span; column++) texts.push('')
    }
    while (texts.at(-1) === '') texts.pop()
    return texts.length === 0 ? [] : [texts.join('\t')]
  }
}

/** The paragraphs of a cell on one line. */
function cellText(lines: readonly string[]): string {
  return lines
    .map((line) => trimSpaces(line.replaceAll(/[\t\n]+/g, ' ')))
    .filter((line) => line !== '')
    .join(' ')
}
