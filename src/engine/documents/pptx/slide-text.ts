import type { ReadStep } from '../../../shared/documents.ts'
import { EquationSigns } from '../open-xml/equation-signs.ts'
import { integerOf, isOn } from '../open-xml/attribute-values.ts'
import { TableRow } from '../open-xml/table-row.ts'
import type { TextMeter } from '../open-xml/text-meter.ts'
import type { XmlAttributes, XmlHandler } from '../xml/parse-xml.ts'
import { type AutoNumber, AutoNumbers } from './auto-numbers.ts'

/** What the parts of one presentation share. */
export interface SlideContext {
  readonly meter: TextMeter
  readonly steps: Set<ReadStep>
  /** The lines of the diagram or chart that a relationship of the part leads to. */
  readonly drawing: (relationship: string) => readonly string[]
}

const TITLES: ReadonlySet<string> = new Set(['title', 'ctrTitle'])
/** Placeholders of what repeats on every slide. */
const FURNITURE: ReadonlySet<string> = new Set(['sldNum', 'dt', 'ftr', 'hdr'])
const SHAPES: ReadonlySet<string> = new Set(['p:sp', 'p:graphicFrame', 'p:cxnSp', 'p:pic', 'p:grpSp'])
/** Paragraphs of comments in their older form are a single element. */
const PARAGRAPHS: ReadonlySet<string> = new Set(['a:p', 'p:text'])
const TEXTS: ReadonlySet<string> = new Set(['a:t', 'm:t', 'p:text'])

/** Levels of paragraphs begin at 0. */
const MAX_LEVEL = 8

interface Shape {
  isTitle: boolean
  omitted: ReadStep | undefined
  readonly lines: string[]
}

/** Reads the text of a slide, of its notes or of comments on it (ISO/IEC 29500-1 §19.3, §21.1.2). */
export class SlideText implements XmlHandler {
  readonly #context: SlideContext
  readonly #path: string[] = []
  /** Shapes that are open: a group, and within it another. */
  readonly #shapes: Shape[] = []
  readonly #titles: string[] = []
  readonly #lines: string[] = []
  readonly #rows: TableRow[] = []
  readonly #cells: string[][] = []
  readonly #equation = new EquationSigns()
  #numbers = new AutoNumbers()
  #paragraph: string | undefined
  #level = 0
  #autoNumber: AutoNumber | undefined
  #isText = false
  #isNumber = false
  #isShown = true

  constructor(context: SlideContext) {
    this.#context = context
  }

  /** Whether the slide is shown at all. */
  get isShown(): boolean {
    return this.#isShown
  }

  /** The lines of the titles, then those of the other shapes in their order. */
  get lines(): readonly string[] {
    return [...this.#titles, ...this.#lines]
  }

  open(name: string, attributes: XmlAttributes): void {
    const parent = this.#path.at(-1)
    this.#path.push(name)
    if (name === 'p:sld') this.#isShown = isOn(attributes['show'])
    else if (SHAPES.has(name))
      this.#shapes.push({ isTitle: false, omitted: this.#shapes.at(-1)?.omitted, lines: [] })
    else if (name.startsWith('m:')) this.#show(this.#equation.open(name, parent, attributes))
    else this.#openContent(name, attributes)
    if (PARAGRAPHS.has(name)) this.#openParagraph()
    if (TEXTS.has(name)) this.#isText = true
  }

  close(name: string): void {
    this.#path.pop()
    if (TEXTS.has(name)) this.#isText = false
    if (PARAGRAPHS.has(name)) this.#closeParagraph()
    else if (name.startsWith('m:')) this.#show(this.#equation.close(name))
    else if (name === 'a:fld') this.#isNumber = false
    else if (name === 'a:tc') this.#rows.at(-1)?.endCell(this.#cells.pop() ?? [])
    else if (name === 'a:tr') this.#add(this.#rows.pop()?.lines() ?? [])
    else if (SHAPES.has(name)) this.#closeShape()
  }

  text(text: string): void {
    if (this.#isText) this.#show(text)
  }

  #openContent(name: string, attributes: XmlAttributes): void {
    const shape = this.#shapes.at(-1)
    switch (name) {
      case 'p:cNvPr':
        if (shape !== undefined && isOn(attributes['hidden'] ?? '0')) shape.omitted = 'hidden-text'
        return
      case 'p:ph':
        if (shape !== undefined) markPlaceholder(shape, attributes['type'] ?? '')
        return
      case 'a:tr':
        this.#rows.push(new TableRow())
        return
      case 'a:tc':
        this.#cells.push([])
        if (isOn(attributes['hMerge'] ?? '0') || isOn(attributes['vMerge'] ?? '0'))
          this.#rows.at(-1)?.continue()
        return
      case 'a:txBody':
      case 'p:txBody':
        this.#numbers = new AutoNumbers()
        return
      case 'a:pPr':
        this.#level = Math.min(integerOf(attributes['lvl']) ?? 0, MAX_LEVEL)
        return
      case 'a:buAutoNum':
        // Lists of a shape's style have numbers of their own; only the paragraph's counts here.
        if (this.#paragraph === undefined) return
        this.#autoNumber = { scheme: attributes['type'] ?? '', start: integerOf(attributes['startAt']) ?? 1 }
        return
      case 'a:br':
        this.#show('\n')
        return
      case 'a:fld':
        this.#isNumber = attributes['type'] === 'slidenum'
        return
      case 'dgm:relIds':
        this.#add(this.#context.drawing(attributes['r:dm'] ?? ''))
        return
      case 'c:chart':
        this.#add(this.#context.drawing(attributes['r:id'] ?? ''))
    }
  }

  #show(text: string): void {
    if (this.#paragraph === undefined || text === '') return
    if (this.#isNumber) this.#context.steps.add('page-furniture')
    else {
      this.#context.meter.take(text.length)
      this.#paragraph += text
    }
  }

  #openParagraph(): void {
    this.#paragraph = ''
    this.#level = 0
    this.#autoNumber = undefined
  }

  #closeParagraph(): void {
    const text = this.#paragraph ?? ''
    this.#paragraph = undefined
    // PowerPoint neither shows nor counts the numbers of paragraphs without text.
    const line = text === '' ? '' : this.#numbers.next(this.#level, this.#autoNumber) + text
    const cell = this.#cells.at(-1)
    if (cell === undefined) this.#add([line])
    else cell.push(line)
  }

  #closeShape(): void {
    const shape = this.#shapes.pop()
    if (shape === undefined) return
    if (shape.omitted !== undefined) {
      if (shape.lines.length > 0) this.#context.steps.add(shape.omitted)
    } else if (shape.isTitle) appendLines(this.#titles, shape.lines)
    else appendLines(this.#lines, shape.lines)
  }

  #add(lines: readonly string[]): void {
    const target = this.#shapes.at(-1)?.lines ?? this.#lines
    appendLines(
      target,
      lines.filter((line) => line.trim() !== ''),
    )
  }
}

function markPlaceholder(shape: Shape, type: string): void {
  if (TITLES.has(type)) shape.isTitle = true
  else if (FURNITURE.has(type)) shape.omitted ??= 'page-furniture'
}

function appendLines(target: string[], lines: readonly string[]): void {
  for (const line of lines) target.push(line)
}
