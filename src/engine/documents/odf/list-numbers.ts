import type { XmlAttributes } from '../xml/parse-xml.ts'
import { ListCounter, type ListLevel, whole } from './list-levels.ts'
import type { OdfStyles } from './odf-styles.ts'

interface OpenList {
  readonly style: string | undefined
  readonly counter: ListCounter
  readonly level: number
}

interface OpenItem {
  readonly startValue: number | undefined
  /** Whether its number was shown, or it has none. */
  isShown: boolean
}

/** Says what stands before paragraphs: the numbers of lists and of headings (ODF 1.3 part 3 §5.3). */
export class ListNumbers {
  readonly #styles: OdfStyles
  readonly #outline = new ListCounter()
  readonly #byId = new Map<string, ListCounter>()
  readonly #byStyle = new Map<string, ListCounter>()
  /** Lists around the paragraph, for each text within a text anew. */
  readonly #open: { lists: OpenList[]; items: OpenItem[] }[] = [{ lists: [], items: [] }]

  /** A cell, a note or a text box begins; lists around it do not reach into it. */
  enter(): void {
    this.#open.push({ lists: [], items: [] })
  }

  leave(): void {
    this.#open.pop()
  }

  constructor(styles: OdfStyles) {
    this.#styles = styles
  }

  open(name: string, attributes: XmlAttributes): void {
    const around = this.#open.at(-1)
    if (name === 'text:list') around?.lists.push(this.#openList(attributes, around.lists.at(-1)))
    if (name === 'text:list-item' || name === 'text:list-header') {
      const start = attributes['text:start-value']
      around?.items.push({
        startValue: start === undefined ? undefined : whole(start, 1),
        isShown: name === 'text:list-header',
      })
    }
  }

  close(name: string): void {
    const around = this.#open.at(-1)
    if (name === 'text:list') around?.lists.pop()
    if (name === 'text:list-item' || name === 'text:list-header') around?.items.pop()
  }

  /** What stands before the paragraph or heading that begins, with the space behind. */
  next(name: string, attributes: XmlAttributes): string {
    const around = this.#open.at(-1)
    const list = around?.lists.at(-1)
    const item = around?.items.at(-1)
    if (list !== undefined && item !== undefined) {
      if (item.isShown) return ''
      item.isShown = true
      const style = list.style ?? this.#styles.listStyleOf(attributes['text:style-name'])
      const levelOf = (level: number): ListLevel | undefined => this.#styles.listLevel(style, level)
      return list.counter.next(list.level, item.startValue, levelOf)
    }
    return name === 'text:h' ? this.#heading(attributes) : ''
  }

  #heading(attributes: XmlAttributes): string {
    const level = whole(attributes['text:outline-level'], 1)
    if (attributes['text:is-list-header'] === 'true' || this.#styles.outlineLevel(level) === undefined)
      return ''
    const isRestarted = attributes['text:restart-numbering'] === 'true'
    const start = isRestarted ? whole(attributes['text:start-value'], 1) : undefined
    return this.#outline.next(level, start, (wanted) => this.#styles.outlineLevel(wanted))
  }

  #openList(attributes: XmlAttributes, around: OpenList | undefined): OpenList {
    const style = attributes['text:style-name'] ?? around?.style
    if (around !== undefined) return { style, counter: around.counter, level: around.level + 1 }
    const counter = this.#continued(attributes, style) ?? new ListCounter()
    const id = attributes['xml:id']
    if (id !== undefined) this.#byId.set(id, counter)
    if (style !== undefined) this.#byStyle.set(style, counter)
    return { style, counter, level: 1 }
  }

  #continued(attributes: XmlAttributes, style: string | undefined): ListCounter | undefined {
    const list = attributes['text:continue-list']
    if (list !== undefined) return this.#byId.get(list)
    return attributes['text:continue-numbering'] === 'true' ? this.#byStyle.get(style ?? '') : undefined
  }
}
