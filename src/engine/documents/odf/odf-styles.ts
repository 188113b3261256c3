import type { XmlAttributes } from '../xml/parse-xml.ts'
import { type ListLevel, listLevel } from './list-levels.ts'

interface Style {
  readonly parent: string | undefined
  readonly listStyle: string | undefined
  isHidden: boolean | undefined
}

/** Inheritance is followed so far; longer chains are circles. */
const MAX_ANCESTORS = 32

/** What styles say about the text that is shown and the numbers before it (ODF 1.3 part 3, chapters 16 and 20). */
export class OdfStyles {
  readonly #styles = new Map<string, Style>()
  readonly #lists = new Map<string, Map<number, ListLevel>>()
  readonly #outline = new Map<number, ListLevel>()
  #style: Style | undefined
  #levels: Map<number, ListLevel> | undefined

  /** Takes an element of `office:styles` or `office:automatic-styles`; later styles go before earlier ones. */
  open(name: string, attributes: XmlAttributes): void {
    if (name === 'style:style') this.#openStyle(attributes)
    else if (name === 'text:list-style') {
      this.#levels = new Map()
      this.#lists.set(attributes['style:name'] ?? '', this.#levels)
    } else if (name === 'text:outline-style') this.#levels = this.#outline
    else if (this.#style !== undefined) this.#readProperties(name, attributes, this.#style)
    const level = this.#levels === undefined ? undefined : listLevel(name, attributes)
    if (level !== undefined) this.#levels?.set(level.level, level)
  }

  close(name: string): void {
    if (name === 'style:style') this.#style = undefined
    if (name === 'text:list-style' || name === 'text:outline-style') this.#levels = undefined
  }

  /** Whether a style hides what it is applied to: text, a table, a slide. */
  isHidden(family: string, name: string | undefined): boolean {
    return this.#inherited(family, name, ({ isHidden }) => isHidden) ?? false
  }

  /** The list style of a paragraph style. */
  listStyleOf(paragraphStyle: string | undefined): string | undefined {
    return this.#inherited('paragraph', paragraphStyle, ({ listStyle }) => listStyle)
  }

  /** @param level from 1 */
  listLevel(style: string | undefined, level: number): ListLevel | undefined {
    return style === undefined ? undefined : this.#lists.get(style)?.get(level)
  }

  /** How headings are numbered; undefined where they are not. @param level from 1 */
  outlineLevel(level: number): ListLevel | undefined {
    return this.#outline.get(level)
  }

  #openStyle(attributes: XmlAttributes): void {
    this.#style = {
      parent: attributes['style:parent-style-name'],
      listStyle: attributes['style:list-style-name'],
      isHidden: undefined,
    }
    this.#styles.set(`${attributes['style:family'] ?? ''}/${attributes['style:name'] ?? ''}`, this.#style)
  }

  #readProperties(name: string, attributes: XmlAttributes, style: Style): void {
    if (name === 'style:text-properties') style.isHidden = hiddenBy(attributes['text:display'], 'none')
    if (name === 'style:table-properties') style.isHidden = hiddenBy(attributes['table:display'], 'false')
    if (name === 'style:drawing-page-properties') {
      style.isHidden = hiddenBy(attributes['presentation:visibility'], 'hidden')
    }
  }

  #inherited<Value>(
    family: string,
    name: string | undefined,
    property: (style: Style) => Value | undefined,
  ): Value | undefined {
    let style = this.#styles.get(`${family}/${name ?? ''}`)
    for (let depth = 0; style !== undefined && depth < MAX_ANCESTORS; depth++) {
      const value = property(style)
      if (value !== undefined) return value
      style = this.#styles.get(`${family}/${style.parent ?? ''}`)
    }
    return undefined
  }
}

function hiddenBy(value: string | undefined, hiding: string): boolean | undefined {
  return value === undefined ? undefined : value === hiding
}
