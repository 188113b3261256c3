import type { TextMeter } from '../open-xml/text-meter.ts'
import type { XmlAttributes } from '../xml/parse-xml.ts'
import { whole } from './list-levels.ts'

/** Most spaces that one `text:s` is taken for. */
const MAX_SPACES = 1000

/**
 * The characters of one paragraph (ODF 1.3 part 3 §6.1): white space collapsed, spaces, tabs and breaks written out.
 */
export class ParagraphText {
  readonly #meter: TextMeter
  #text = ''
  #endsWithSpace = true

  constructor(meter: TextMeter) {
    this.#meter = meter
    meter.take(1)
  }

  /** Takes characters of the document. */
  add(text: string): void {
    const collapsed = text.replaceAll(/[ \t\r\n]+/g, ' ')
    const added = this.#endsWithSpace && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed
    this.#meter.take(added.length)
    this.#text += added
    if (collapsed !== '') this.#endsWithSpace = collapsed.endsWith(' ')
  }

  /** Takes characters as they are. */
  addLiteral(text: string): void {
    this.#meter.take(text.length)
    this.#text += text
    if (text !== '') this.#endsWithSpace = false
  }

  /** Takes an element that stands for a character; other elements say nothing here. */
  open(name: string, attributes: XmlAttributes): void {
    if (name === 'text:s')
      this.addLiteral(' '.repeat(Math.min(MAX_SPACES, Math.max(1, whole(attributes['text:c'], 1)))))
    else if (name === 'text:tab') this.addLiteral('\t')
    else if (name === 'text:line-break') {
      this.#text += '\n'
      this.#endsWithSpace = true
    }
  }

  get text(): string {
    return this.#text
  }
}
