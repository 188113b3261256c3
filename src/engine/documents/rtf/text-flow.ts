import type { ReadStep } from '../../../shared/documents.ts'

const CELL_END = '\t'

/** One run of paragraphs and tables: the body of a document, a note, a text box. */
export class TextFlow {
  readonly #parts: string[] = []
  /** Text boxes anchored in the current paragraph. */
  #boxes: TextFlow[] = []
  /** Whether a paragraph has ended within a table cell. */
  #hasBrokenCell = false
  /** Whether the current line, or the current cell, is empty. */
  #isEmpty = true

  /** Adds text of the current paragraph. */
  add(text: string): void {
    if (text === '') return
    if (this.#hasBrokenCell) this.#parts.push(' ')
    this.#hasBrokenCell = false
    this.#isEmpty = false
    this.#parts.push(text)
  }

  /** Keeps a place in the current paragraph for a text that is known later. @returns what fills it */
  reserve(): (text: string) => void {
    this.#isEmpty = false
    const index = this.#parts.push('') - 1
    return (text) => (this.#parts[index] = text)
  }

  /** Takes a text box, which stands below the paragraph that it is anchored in. */
  addBox(box: TextFlow): void {
    this.#boxes.push(box)
  }

  endParagraph(): void {
    this.#parts.push('\n')
    this.#isEmpty = true
    this.#addBoxes()
  }

  /** Ends a paragraph in a cell, whose paragraphs are apart by spaces. */
  endCellParagraph(): void {
    this.#hasBrokenCell = !this.#isEmpty
  }

  endCell(): void {
    this.#hasBrokenCell = false
    this.#isEmpty = true
    this.#parts.push(CELL_END)
  }

  /** Ends a table row; the empty cells at its end are dropped. */
  endRow(): void {
    while (this.#parts.at(-1) === CELL_END) this.#parts.pop()
    this.endParagraph()
  }

  /** Ends the text. @returns it, without line breaks at its end */
  finish(): string {
    this.#addBoxes()
    const text = this.#parts.join('')
    let end = text.length
    while (text[end - 1] === '\n') end--
    return text.slice(0, end)
  }

  #addBoxes(): void {
    const boxes = this.#boxes
    this.#boxes = []
    for (const box of boxes) {
      const text = box.finish()
      if (text === '') continue
      if (!this.#isEmpty) this.#parts.push('\n')
      this.#parts.push(text, '\n')
      this.#isEmpty = true
    }
  }
}

/** The parts of a document. */
export interface DocumentFlows {
  readonly body: TextFlow
  /** Headers and footers of pages. */
  readonly furniture: TextFlow
  /** Notes and annotations, in the order in which they come. */
  readonly notes: readonly TextFlow[]
}

/** Body and notes as one text; headers and footers only where there is no body. Notes in `steps` what is left out. */
export function documentText({ body, furniture, notes }: DocumentFlows, steps: Set<ReadStep>): string {
  const [text, around] = [body.finish(), furniture.finish()]
  const hasBody = text.trim() !== ''
  if (hasBody && around.trim() !== '') steps.add('page-furniture')
  const parts = [hasBody ? text : around, ...notes.map((flow) => flow.finish())]
  return parts.filter((part) => part.trim() !== '').join('\n')
}
