import type { ReadStep } from '../../../shared/documents.ts'
import type { XmlAttributes, XmlHandler } from '../xml/parse-xml.ts'
import type { TextMeter } from '../open-xml/text-meter.ts'
import { integerOf, isOn } from '../open-xml/attribute-values.ts'
import { EquationSigns } from '../open-xml/equation-signs.ts'
import type { FieldText } from '../fields/field-text.ts'
import { Fields } from './fields.ts'
import { leftOut } from './left-out.ts'
import type { NoteKind, NoteMarks } from './note-marks.ts'
import type { Numbering } from './numbering.ts'
import { Block, Paragraph } from './paragraph.ts'
import { RunFormat } from './run-format.ts'
import type { Styles } from './styles.ts'
import { symbolCharacter, symbolText } from '../fonts/symbol-fonts.ts'
import { TableRow } from '../open-xml/table-row.ts'
import { trimSpaces } from '../open-xml/trim-spaces.ts'

/** What the stories of one document share. */
export interface StoryContext {
  readonly styles: Styles
  readonly numbering: Numbering
  readonly marks: NoteMarks
  readonly meter: TextMeter
  /** What was changed or left out so far. */
  readonly steps: Set<ReadStep>
  /** The lines of the diagram or chart that a relationship of the story's part leads to. */
  readonly drawing: (relationship: string) => readonly string[]
  /** The error of a story that is not sound. */
  readonly damaged: (part: string) => Error
}

/** A story's text, and the id of the note or comment that it is. */
export type StorySink = (lines: readonly string[], id: string) => void

const STORIES: ReadonlySet<string> = new Set([
  'w:body',
  'w:hdr',
  'w:ftr',
  'w:footnote',
  'w:endnote',
  'w:comment',
])
const TEXTS: ReadonlySet<string> = new Set(['w:t', 'm:t', 'a:t', 'w:instrText'])
const DRAWINGS: ReadonlySet<string> = new Set(['w:drawing', 'w:pict', 'w:object'])
const CHARACTERS: Readonly<Record<string, string>> = {
  'w:tab': '\t',
  'w:ptab': '\t',
  'w:br': '\n',
  'w:cr': '\n',
  'w:noBreakHyphen': '\u2011',
}

/** Reads the stories of a WordprocessingML part: the body, headers, notes, comments (ISO/IEC 29500-1 §17). */
export class StoryReader implements XmlHandler {
  readonly #context: StoryContext
  readonly #sink: StorySink
  readonly #path: string[] = []
  readonly #blocks: Block[] = []
  readonly #paragraphs: Paragraph[] = []
  readonly #runs: RunFormat[] = []
  readonly #rows: TableRow[] = []
  /** Of the story and of the text boxes within it. */
  readonly #fields: Fields[] = []
  readonly #equation = new EquationSigns()
  #storyId = ''
  /** The text of the element being read, if it is one that holds text. */
  #text: string | undefined
  #isSpacePreserved = false
  /** The depth of an element that is left out, and what it is called to do so. */
  #skipped: { readonly depth: number; readonly step: ReadStep | undefined } | undefined

  constructor(context: StoryContext, sink: StorySink) {
    this.#context = context
    this.#sink = sink
  }

  open(name: string, attributes: XmlAttributes): void {
    const parent = this.#path.at(-1)
    this.#path.push(name)
    if (this.#skipped !== undefined) {
      this.#openSkipped(name, attributes)
      return
    }
    const reason = leftOut(name, parent, attributes) ?? this.#hiddenDrawing(name)
    if (reason !== undefined) this.#skipped = { depth: this.#path.length, step: reason.step }
    else if (TEXTS.has(name)) {
      this.#text = ''
      this.#isSpacePreserved = attributes['xml:space'] === 'preserve' || name === 'a:t'
    } else if (STORIES.has(name)) {
      this.#storyId = attributes['w:id'] ?? ''
      this.#openBlock(new Fields())
    } else if (name.startsWith('m:')) this.#show(this.#equation.open(name, parent, attributes))
    else if (parent === 'w:rPr') this.#setRunProperty(name, attributes)
    else if (!this.#openBlockElement(name, parent, attributes)) this.#openInline(name, parent, attributes)
  }

  close(name: string): void {
    const depth = this.#path.length
    this.#path.pop()
    if (this.#skipped !== undefined) {
      if (this.#skipped.depth === depth) this.#skipped = undefined
      return
    }
    if (this.#text !== undefined && TEXTS.has(name)) this.#closeText(name, this.#text)
    else if (STORIES.has(name)) this.#sink(this.#closeBlock(), this.#storyId)
    else if (name.startsWith('m:')) this.#show(this.#equation.close(name))
    else this.#closeElement(name)
  }

  text(text: string): void {
    if (this.#text !== undefined && this.#skipped === undefined) this.#text += text
  }

  /** What is left out may still hold the beginning, end or properties of a field, and has to be accounted for. */
  #openSkipped(name: string, attributes: XmlAttributes): void {
    if (name === 'w:fldChar') this.#fields.at(-1)?.mark(attributes['w:fldCharType'])
    else if (name === 'w:t' || name === 'w:delText' || name in CHARACTERS) this.#note(this.#skipped?.step)
    else this.#fields.at(-1)?.setForm(name, this.#path.at(-2), attributes['w:val'])
  }

  #hiddenDrawing(name: string): { step: ReadStep | undefined } | undefined {
    if (!DRAWINGS.has(name)) return undefined
    if (this.#isHidden()) return { step: 'hidden-text' }
    return this.#fields.at(-1)?.isVisible === false ? { step: undefined } : undefined
  }

  #setRunProperty(name: string, attributes: XmlAttributes): void {
    const owner = this.#path.at(-3)
    if (owner === 'w:r') this.#runs.at(-1)?.set(name, attributes)
    const paragraph = this.#paragraphs.at(-1)
    if (owner !== 'w:pPr' || paragraph === undefined) return
    if (name === 'w:vanish' && isOn(attributes['w:val'])) paragraph.isOpenEnded = true
    if (name === 'w:del' || name === 'w:moveFrom') {
      paragraph.isOpenEnded = true
      this.#note('deleted-text')
    }
  }

  /** @returns whether the element belongs to paragraphs, tables or boxes */
  #openBlockElement(name: string, parent: string | undefined, attributes: XmlAttributes): boolean {
    const row = this.#rows.at(-1)
    const value = attributes['w:val']
    switch (name) {
      case 'w:p':
      case 'a:p':
        this.#paragraphs.push(new Paragraph())
        return true
      case 'w:tbl':
        this.#blocks.at(-1)?.settle()
        return true
      case 'w:tr':
        this.#rows.push(new TableRow())
        return true
      case 'w:tc':
        this.#blocks.push(new Block())
        return true
      case 'w:txbxContent':
        this.#openBlock(new Fields())
        return true
      case 'w:gridBefore':
        row?.skipBefore(integerOf(value) ?? 0)
        return true
      case 'w:gridSpan':
        row?.span(integerOf(value) ?? 1)
        return true
      case 'w:vMerge':
      case 'w:hMerge':
        if (value !== 'restart') row?.continue()
        return true
      case 'w:hidden':
      case 'w:del':
        if (parent === 'w:trPr' && row !== undefined && isOn(value)) {
          row.isGone = true
          this.#note(name === 'w:del' ? 'deleted-text' : 'hidden-text')
        }
        return true
      default:
        return this.#openParagraphProperty(name, parent, value)
    }
  }

  #openParagraphProperty(name: string, parent: string | undefined, value: string | undefined): boolean {
    const paragraph = this.#paragraphs.at(-1)
    if (paragraph === undefined) return false
    if (name === 'w:pStyle') paragraph.style = value
    else if (name === 'w:numId' && parent === 'w:numPr') paragraph.list = { ...paragraph.list, numId: value }
    else if (name === 'w:ilvl' && parent === 'w:numPr') {
      paragraph.list = { ...paragraph.list, level: integerOf(value) }
    } else if (name === 'w:sectPr') paragraph.endsSection = true
    else return false
    return true
  }

  #openInline(name: string, parent: string | undefined, attributes: XmlAttributes): void {
    switch (name) {
      case 'w:r':
        this.#runs.push(new RunFormat())
        return
      case 'w:fldChar':
        this.#showField(this.#fields.at(-1)?.mark(attributes['w:fldCharType']))
        return
      case 'w:sym': {
        const code = Number.parseInt(attributes['w:char'] ?? '', 16)
        if (code >= 0x20 && code <= 0xffff)
          this.#show(symbolCharacter(attributes['w:font'] ?? '', code) ?? '')
        return
      }
      case 'w:footnoteReference':
      case 'w:endnoteReference':
        this.#refer(name === 'w:footnoteReference' ? 'footnote' : 'endnote', attributes)
        return
      case 'w:footnoteRef':
      case 'w:endnoteRef':
        this.#show(
          this.#context.marks.mark(name === 'w:footnoteRef' ? 'footnote' : 'endnote', this.#storyId) ?? '',
        )
        return
      case 'dgm:relIds':
        this.#anchor(this.#context.drawing(attributes['r:dm'] ?? ''))
        return
      case 'c:chart':
        this.#anchor(this.#context.drawing(attributes['r:id'] ?? ''))
        return
      case 'v:textpath':
        this.#anchor([attributes['string'] ?? ''])
        return
      case 'w:altChunk':
        // Another document in a format of its own, which only Word knows to draw in.
        throw this.#context.damaged('w:altChunk')
      default:
        if (parent === 'w:r') this.#show(CHARACTERS[name] ?? '')
    }
  }

  #closeElement(name: string): void {
    switch (name) {
      case 'w:p':
        this.#closeParagraph()
        return
      case 'a:p':
        this.#anchorDrawn(this.#paragraphs.pop())
        return
      case 'w:r':
        this.#runs.pop()
        return
      case 'w:tc':
        this.#closeCell()
        return
      case 'w:tr':
        this.#blocks.at(-1)?.addLines(this.#rows.pop()?.lines() ?? [])
        return
      case 'w:txbxContent':
        this.#anchor(this.#closeBlock())
    }
  }

  #closeText(name: string, text: string): void {
    this.#text = undefined
    if (name === 'w:instrText') {
      this.#fields.at(-1)?.instruct(text)
      return
    }
    // Line ends in the markup are spaces to a reader; at the ends they are but layout unless preserved.
    const spaced = text.replaceAll(/[\n\r\t]/g, ' ')
    const shown = this.#isSpacePreserved || name === 'm:t' ? spaced : trimSpaces(spaced)
    const font = this.#runs.at(-1)?.symbolFont
    this.#show(font === undefined ? shown : symbolText(font, shown))
  }

  #closeParagraph(): void {
    const paragraph = this.#paragraphs.pop()
    if (paragraph === undefined) return
    const { numbering, meter, marks } = this.#context
    const number = paragraph.isOpenEnded ? '' : numbering.next(paragraph.list, paragraph.style)
    meter.take(number.length)
    this.#blocks.at(-1)?.add(paragraph, number)
    if (paragraph.endsSection) marks.endSection()
  }

  #closeCell(): void {
    const block = this.#blocks.pop()
    block?.settle()
    this.#rows.at(-1)?.endCell(block?.lines ?? [])
  }

  #openBlock(fields: Fields): void {
    this.#blocks.push(new Block())
    this.#fields.push(fields)
  }

  #closeBlock(): readonly string[] {
    const block = this.#blocks.pop()
    block?.settle()
    if (this.#fields.pop()?.hasSwallowed === true) throw this.#context.damaged('w:fldChar')
    return block?.lines ?? []
  }

  #refer(kind: NoteKind, attributes: XmlAttributes): void {
    if (this.#isHidden() || this.#fields.at(-1)?.isVisible !== true) return
    const hasOwnMark = isOn(attributes['w:customMarkFollows'] ?? '0')
    this.#show(this.#context.marks.refer(kind, attributes['w:id'] ?? '', hasOwnMark))
  }

  #showField(field: FieldText | undefined): void {
    if (field?.hasReading === true) this.#note('ruby-readings')
    this.#show(field?.text ?? '')
  }

  #isHidden(): boolean {
    return this.#runs.at(-1)?.isHidden(this.#context.styles, this.#paragraphs.at(-1)?.style) ?? false
  }

  #show(text: string): void {
    if (text === '') return
    const fields = this.#fields.at(-1)
    if (fields?.isVisible === false) {
      fields.swallow()
      return
    }
    if (this.#isHidden()) {
      this.#note('hidden-text')
      return
    }
    this.#context.meter.take(text.length)
    const paragraph = this.#paragraphs.at(-1)
    if (paragraph !== undefined) paragraph.text += text
  }

  /** Adds lines after the paragraph in which they are anchored. */
  #anchor(lines: readonly string[]): void {
    const anchored = this.#paragraphs.at(-1)?.anchored
    for (const line of lines) if (line.trim() !== '') anchored?.push(line)
  }

  #anchorDrawn(paragraph: Paragraph | undefined): void {
    if (paragraph !== undefined) this.#anchor([paragraph.text])
  }

  #note(step: ReadStep | undefined): void {
    if (step !== undefined) this.#context.steps.add(step)
  }
}
