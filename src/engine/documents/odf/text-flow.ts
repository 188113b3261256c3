import type { ReadStep } from '../../../shared/documents.ts'
import { TableRow } from '../open-xml/table-row.ts'
import type { TextMeter } from '../open-xml/text-meter.ts'
import type { XmlAttributes, XmlHandler } from '../xml/parse-xml.ts'
import { whole } from './list-levels.ts'
import { ListNumbers } from './list-numbers.ts'
import type { OdfStyles } from './odf-styles.ts'
import { ParagraphText } from './paragraph-text.ts'

/** Elements whose content no reader sees. */
const SILENT = new Set([
  'dc:creator',
  'dc:date',
  'loext:sender-initials',
  'meta:creator-initials',
  'meta:date-string',
  'office:binary-data',
  'office:event-listeners',
  'office:forms',
  'office:scripts',
  'presentation:header-decl',
  'presentation:footer-decl',
  'svg:desc',
  'svg:title',
  'text:script',
  'text:sequence-decls',
  'text:variable-decls',
  'text:user-field-decls',
])

/** Elements whose content is left out, with the step that says so. */
const LEFT_OUT: Readonly<Record<string, ReadStep>> = {
  'text:ruby-text': 'ruby-readings',
  'text:tracked-changes': 'deleted-text',
  'table:tracked-changes': 'deleted-text',
}

/** Shapes that hold paragraphs. */
export const SHAPES: ReadonlySet<string> = new Set([
  'draw:caption',
  'draw:circle',
  'draw:connector',
  'draw:custom-shape',
  'draw:ellipse',
  'draw:line',
  'draw:measure',
  'draw:path',
  'draw:polygon',
  'draw:polyline',
  'draw:rect',
  'draw:regular-polygon',
  'draw:text-box',
])

/** Frames that every notes page repeats. */
const FURNITURE = new Set(['header', 'footer', 'date-time', 'page-number'])

/** Most cells that a table of a text repeats. */
const MAX_REPEATED_CELLS = 63

/** Where paragraphs go: the document, a cell, a note, a text box. */
interface Sink {
  readonly element: string
  readonly lines: string[]
  /** The paragraph around it, which goes on behind it. */
  readonly paragraph: ParagraphText | undefined
  readonly isParagraphHidden: boolean
  readonly row: TableRow | undefined
  /** Lines of text boxes anchored in the paragraph being read. */
  boxes: string[]
}

/**
 * Follows the content of a text or a presentation (ODF 1.3 part 3, chapters 5 to 10): paragraphs with the numbers of
 * their lists, rows of tables, text boxes behind the paragraph that holds them, notes and annotations for the end.
 */
export class TextFlow implements XmlHandler {
  readonly #meter: TextMeter
  readonly #styles: OdfStyles
  readonly #numbers: ListNumbers
  readonly #notes: string[] = []
  readonly #annotations: string[] = []
  readonly steps = new Set<ReadStep>()
  #sinks: Sink[] = []
  #paragraph: ParagraphText | undefined
  #isParagraphHidden = false
  #row: TableRow | undefined
  /** Elements open inside one whose content is left out, itself included. */
  #leftOut = 0
  /** For each open span whether it hides its text. */
  readonly #spans: boolean[] = []
  #repeatedCells = 1
  #citation = ''
  #isCitation = false

  constructor(styles: OdfStyles, meter: TextMeter) {
    this.#styles = styles
    this.#meter = meter
    this.#numbers = new ListNumbers(styles)
    this.#enter('')
  }

  /** Whether what is being read is left out. */
  get isLeavingOut(): boolean {
    return this.#leftOut > 0
  }

  /** Hands out the lines so far; notes and annotations come last and count anew. */
  takeLines(): string[] {
    const lines = [...(this.#sinks[0]?.lines ?? []), ...this.#notes, ...this.#annotations]
    this.#sinks[0]?.lines.splice(0)
    this.#notes.length = 0
    this.#annotations.length = 0
    return lines
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.#leftOut > 0 || this.#isLeftOut(name, attributes)) {
      this.#leftOut++
      return
    }
    switch (name) {
      case 'text:p':
      case 'text:h':
        this.#openParagraph(name, attributes)
        break
      case 'text:span':
        this.#spans.push(this.#styles.isHidden('text', attributes['text:style-name']))
        break
      case 'table:table-row':
        this.#row = new TableRow()
        break
      case 'table:table-cell':
      case 'table:covered-table-cell':
        this.#repeatedCells = whole(attributes['table:number-columns-repeated'], 1)
        this.#enter(name)
        break
      case 'text:note-citation':
        this.#isCitation = true
        this.#citation = ''
        break
      case 'text:note-body':
      case 'office:annotation':
        this.#enter(name)
        break
      default:
        if (SHAPES.has(name)) this.#enter(name)
        this.#numbers.open(name, attributes)
        this.#paragraph?.open(name, attributes)
    }
  }

  text(text: string): void {
    if (this.#leftOut > 0) return
    if (this.#isCitation) this.#citation += text
    if (this.#isCitation || this.#paragraph === undefined) return
    if (!this.#spans.includes(true)) this.#paragraph.add(text)
    else if (text.trim() !== '') this.steps.add('hidden-text')
  }

  close(name: string): void {
    if (this.#leftOut > 0) {
      this.#leftOut--
      return
    }
    switch (name) {
      case 'text:p':
      case 'text:h':
        this.#closeParagraph()
        break
      case 'text:span':
        this.#spans.pop()
        break
      case 'table:table-row':
        this.#sinks.at(-1)?.lines.push(...(this.#row?.lines() ?? []))
        this.#row = undefined
        break
      case 'text:note-citation':
        this.#isCitation = false
        break
      default:
        if (this.#sinks.length > 1 && this.#sinks.at(-1)?.element === name) this.#leave()
        else this.#numbers.close(name)
    }
  }

  #isLeftOut(name: string, attributes: XmlAttributes): boolean {
    if (SILENT.has(name) || name.endsWith('-source')) return true
    const step = LEFT_OUT[name] ?? (this.#isHidden(name, attributes) ? 'hidden-text' : undefined)
    if (step !== undefined) this.steps.add(step)
    return step !== undefined || isPrompt(name, attributes)
  }

  #isHidden(name: string, attributes: XmlAttributes): boolean {
    switch (name) {
      case 'text:section':
        return attributes['text:display'] === 'none' || attributes['text:is-hidden'] === 'true'
      case 'text:hidden-text':
      case 'text:hidden-paragraph':
        if (attributes['text:is-hidden'] !== 'true') return false
        if (name === 'text:hidden-paragraph') this.#isParagraphHidden = true
        return true
      case 'text:p':
      case 'text:h':
        return this.#styles.isHidden('paragraph', attributes['text:style-name'])
      case 'table:table':
        return this.#styles.isHidden('table', attributes['table:style-name'])
      case 'table:table-row':
        return ['collapse', 'filter'].includes(attributes['table:visibility'] ?? '')
      case 'draw:page':
        return this.#styles.isHidden('drawing-page', attributes['draw:style-name'])
      default:
        return name.startsWith('draw:') && attributes['draw:display'] === 'none'
    }
  }

  #openParagraph(name: string, attributes: XmlAttributes): void {
    this.#paragraph = new ParagraphText(this.#meter)
    this.#isParagraphHidden = false
    this.#paragraph.addLiteral(this.#numbers.next(name, attributes))
    const sink = this.#sinks.at(-1)
    if (sink?.element === 'text:note-body' && sink.lines.length === 0) {
      this.#paragraph.addLiteral(`${this.#citation.trim()} `)
    }
  }

  #closeParagraph(): void {
    const sink = this.#sinks.at(-1)
    if (this.#paragraph === undefined || sink === undefined) return
    if (!this.#isParagraphHidden) sink.lines.push(this.#paragraph.text.trimEnd())
    sink.lines.push(...sink.boxes)
    sink.boxes = []
    this.#paragraph = undefined
  }

  #enter(element: string): void {
    const paragraph = this.#paragraph
    this.#sinks.push({
      element,
      lines: [],
      paragraph,
      isParagraphHidden: this.#isParagraphHidden,
      row: this.#row,
      boxes: [],
    })
    this.#paragraph = undefined
    this.#numbers.enter()
    if (element !== 'table:table-cell' && element !== 'table:covered-table-cell') this.#row = undefined
  }

  #leave(): void {
    const sink = this.#sinks.pop()
    if (sink === undefined) return
    this.#numbers.leave()
    this.#paragraph = sink.paragraph
    this.#isParagraphHidden = sink.isParagraphHidden
    this.#row = sink.row
    switch (sink.element) {
      case 'table:table-cell':
        this.#endCell(sink.lines)
        break
      case 'table:covered-table-cell':
        this.#endCell([])
        break
      case 'text:note-body':
        this.#paragraph?.addLiteral(this.#citation.trim())
        this.#notes.push(...sink.lines)
        break
      case 'office:annotation':
        this.#annotations.push(...sink.lines)
        break
      default:
        this.#sinks.at(-1)?.[this.#paragraph === undefined ? 'lines' : 'boxes'].push(...sink.lines)
    }
  }

  #endCell(lines: readonly string[]): void {
    const characters = lines.reduce((sum, line) => sum + line.length + 1, 0)
    for (let repeat = 0; repeat < Math.min(this.#repeatedCells, MAX_REPEATED_CELLS); repeat++) {
      if (repeat > 0) this.#meter.take(characters)
      this.#row?.endCell(lines)
    }
    this.#repeatedCells = 1
  }
}

/** What stands in an empty placeholder to be clicked, and what repeats on every notes page. */
function isPrompt(name: string, attributes: XmlAttributes): boolean {
  if (!name.startsWith('draw:')) return false
  return (
    attributes['presentation:placeholder'] === 'true' || FURNITURE.has(attributes['presentation:class'] ?? '')
  )
}
