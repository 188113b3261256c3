import type { ListPosition } from './styles.ts'

/** A paragraph while it is read. */
export class Paragraph {
  style: string | undefined
  list: ListPosition = { numId: undefined, level: undefined }
  text = ''
  /** Lines of the text boxes, diagrams and charts that are anchored in it. */
  readonly anchored: string[] = []
  /** Whether its end is deleted or hidden, so that it is one with the next. */
  isOpenEnded = false
  endsSection = false
}

/** What takes the lines of paragraphs: the body, a cell, a text box, a note. */
export class Block {
  readonly lines: string[] = []
  #carried = ''

  /** Adds a paragraph. @param number what stands before its text */
  add({ text, anchored, isOpenEnded }: Paragraph, number: string): void {
    if (isOpenEnded) this.#carried += text
    else {
      this.lines.push(number + this.#carried + text)
      this.#carried = ''
    }
    this.addLines(anchored)
  }

  addLines(lines: readonly string[]): void {
    for (const line of lines) this.lines.push(line)
  }

  /** Ends a paragraph that has no next one to be one with. */
  settle(): void {
    if (this.#carried !== '') this.lines.push(this.#carried)
    this.#carried = ''
  }
}
