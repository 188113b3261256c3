import type { XmlHandler } from '../xml/parse-xml.ts'

const ESCAPE = /_x([0-9A-Fa-f]{4})_/g

/**
 * Collects the characters of a rich text, `x:si`, `x:is` or a comment's `x:text` (ECMA-376 §18.4): its runs in order,
 * without the phonetic ones (`x:rPh`), which are furigana.
 */
export class RichText {
  #text = ''
  #isText = false
  #phonetic = 0

  readonly handler: Required<XmlHandler> = {
    open: (name) => {
      if (name === 'x:rPh') this.#phonetic++
      else if (name === 'x:t') this.#isText = this.#phonetic === 0
    },
    text: (text) => {
      if (this.#isText) this.#text += text
    },
    close: (name) => {
      if (name === 'x:rPh') this.#phonetic--
      else if (name === 'x:t') this.#isText = false
    },
  }

  /** Hands the text out and begins the next one. */
  take(): string {
    const text = unescaped(this.#text)
    this.#text = ''
    return text
  }
}

/** Characters that XML cannot hold are written as `_x000D_` (ECMA-376 §22.9.2.19). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
