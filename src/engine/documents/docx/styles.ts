import { parseXml, type XmlAttributes } from '../xml/parse-xml.ts'
import type { PartContext } from '../zip/damaged.ts'
import type { ZipArchive } from '../zip/zip-archive.ts'
import { integerOf, isOn } from '../open-xml/attribute-values.ts'

/** Which list a paragraph is in, and how deep; undefined where nothing is said of it. */
export interface ListPosition {
  readonly numId: string | undefined
  readonly level: number | undefined
}

interface Style {
  basedOn?: string
  numId?: string
  level?: number
  isHidden?: boolean
}

/** Styles as far as they decide what a reader sees (ISO/IEC 29500-1 §17.7). */
export class Styles {
  readonly #styles: ReadonlyMap<string, Style>
  readonly #defaultParagraphStyle: string | undefined
  readonly #hidden = new Map<string, boolean | undefined>()

  private constructor(styles: ReadonlyMap<string, Style>, defaultParagraphStyle: string | undefined) {
    this.#styles = styles
    this.#defaultParagraphStyle = defaultParagraphStyle
  }

  /** @param part undefined where the document has no styles */
  static read(archive: ZipArchive, part: string | undefined, context: PartContext): Styles {
    const styles = new Map<string, Style>()
    let defaultParagraphStyle: string | undefined
    let style: Style | undefined
    const path: string[] = []
    const open = (name: string, attributes: XmlAttributes): void => {
      const parent = path.at(-1)
      const grandparent = path.at(-2)
      path.push(name)
      const value = attributes['w:val']
      if (name === 'w:style') {
        const id = attributes['w:styleId'] ?? ''
        style = {}
        styles.set(id, style)
        const isDefault = isOn(attributes['w:default'] ?? '0')
        if (isDefault && attributes['w:type'] === 'paragraph') defaultParagraphStyle ??= id
      } else if (style === undefined) return
      else if (name === 'w:basedOn' && value !== undefined) style.basedOn = value
      else if (name === 'w:vanish' && parent === 'w:rPr' && grandparent === 'w:style')
        style.isHidden = isOn(value)
      else if (name === 'w:numId' && parent === 'w:numPr' && value !== undefined) style.numId = value
      else if (name === 'w:ilvl' && parent === 'w:numPr') style.level = integerOf(value) ?? 0
    }
    const close = (name: string): void => {
      path.pop()
      if (name === 'w:style') style = undefined
    }
    if (part !== undefined) parseXml(archive, part, { open, close }, context)
    return new Styles(styles, defaultParagraphStyle)
  }

  /** The list that a paragraph style puts its paragraphs into; of the style that says so. */
  list(paragraphStyle: string | undefined): ListPosition & { readonly style: string | undefined } {
    for (const [id, { numId, level }] of this.#chain(paragraphStyle ?? this.#defaultParagraphStyle)) {
      if (numId !== undefined) return { numId, level, style: id }
    }
    return { numId: undefined, level: undefined, style: undefined }
  }

  /** Whether a style hides its text; undefined where it says nothing of it. */
  isHidden(style: string | undefined): boolean | undefined {
    if (style === undefined) return undefined
    if (!this.#hidden.has(style)) this.#hidden.set(style, this.#firstHidden(style))
    return this.#hidden.get(style)
  }

  #firstHidden(style: string): boolean | undefined {
    for (const [, { isHidden }] of this.#chain(style)) if (isHidden !== undefined) return isHidden
    return undefined
  }

  /** A style and those that it is based on. */
  *#chain(from: string | undefined): Generator<readonly [string, Style], void, undefined> {
    const seen = new Set<string>()
    let id = from
    while (id !== undefined && !seen.has(id)) {
      seen.add(id)
      const style = this.#styles.get(id)
      if (style === undefined) return
      yield [id, style]
      id = style.basedOn
    }
  }
}
