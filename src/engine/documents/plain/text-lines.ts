/**
 * Characters between which writing without spaces has none: CJK ideographs, kana, full-width forms and their
 * punctuation, without Hangul (CSS Text 3, "segment break transformation").
 */
const FULL_WIDTH =
  /^[\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3ffff}]$/u

/** Whether a line break of the source between two characters stands for nothing rather than a space. */
function joinsWithoutSpace(before: string, after: string): boolean {
  return FULL_WIDTH.test(before) && FULL_WIDTH.test(after)
}

/** Collects inline text into lines, white space collapsed as CSS does (`white-space: normal`). */
export class TextLines {
  readonly #lines: string[] = []
  #line = ''
  /** Of the last word; kept apart, since a look into a line that grows would copy it. */
  #lastCharacter = ''
  /** White space read since the last word. */
  #gap = ''

  /** Adds inline text; a line break in it is white space. */
  add(text: string): void {
    for (const [piece] of text.matchAll(/[ \t\n\f\r]+|[^ \t\n\f\r]+/g)) {
      if (/^[ \t\n\f\r]/.test(piece)) this.#gap += piece
      else this.#addWord(piece)
    }
  }

  /** Adds text whose white space and line breaks are kept. */
  addPreformatted(text: string): void {
    const lines = text.split(/\r\n?|\n/)
    for (const [index, line] of lines.entries()) {
      if (index > 0) this.breakLine()
      this.#append(line)
    }
  }

  /** Ends the line, be it empty. */
  breakLine(): void {
    this.#lines.push(this.#line)
    this.#line = ''
    this.#gap = ''
  }

  /** Ends the line unless nothing is on it. */
  endBlock(): void {
    if (this.#line !== '') this.breakLine()
    this.#gap = ''
  }

  /** Adds whole lines. */
  addLines(lines: readonly string[]): void {
    this.endBlock()
    for (const line of lines) this.#lines.push(line)
  }

  /** Ends the text. @returns its lines, without empty ones at either end */
  finish(): readonly string[] {
    this.endBlock()
    const first = this.#lines.findIndex((line) => line !== '')
    return first === -1 ? [] : this.#lines.slice(first, this.#lines.findLastIndex((line) => line !== '') + 1)
  }

  #addWord(word: string): void {
    if (this.#gap !== '' && this.#line !== '' && !this.#gapIsNothing(word)) this.#append(' ')
    this.#gap = ''
    this.#append(word)
  }

  #append(text: string): void {
    this.#line += text
    this.#lastCharacter = /.$/su.exec(text.slice(-2))?.[0] ?? this.#lastCharacter
  }

  #gapIsNothing(word: string): boolean {
    return /[\n\r]/.test(this.#gap) && joinsWithoutSpace(this.#lastCharacter, /^./su.exec(word)![0])
  }
}
