import type { ReadStep } from '../../../shared/documents.ts'
import type { Extracted, FormatReader, ReaderInput } from '../format-reader.ts'
import { fieldText } from '../fields/field-text.ts'
import { tooDeep } from '../limit-errors.ts'
import { damaged } from '../zip/damaged.ts'
import { CHARACTERS, SYMBOLS } from './characters.ts'
import { type Destination, destinationOf } from './destinations.ts'
import type { Field, Group, Note } from './group.ts'
import { RtfFonts } from './rtf-fonts.ts'
import { RtfScanner, type RtfToken } from './rtf-scanner.ts'
import { documentText, TextFlow } from './text-flow.ts'

/**
 * Reads RTF (Rich Text Format Specification 1.9.1): body, then footnotes, endnotes and annotations. Numbers of lists
 * are kept as the file shows them; headers and footers count only where there is no body.
 *
 * @throws AppError documents/damaged, documents/too-deep
 */
export const readRtf: FormatReader = (input) => new RtfDocument(input).read()

const OPENING_BRACE = 0x7b

class RtfDocument {
  readonly #input: ReaderInput
  readonly #scanner: RtfScanner
  readonly #fonts = new RtfFonts()
  readonly #body = new TextFlow()
  readonly #furniture = new TextFlow()
  readonly #notes: Note[] = []
  readonly #annotations: TextFlow[] = []
  readonly #steps = new Set<ReadStep>()
  /** The groups around the current one. */
  readonly #outer: Group[] = []
  #group: Group
  #defaultFont = 0
  /** Substitutes of the last Unicode character that are still to be passed over. */
  #toSkip = 0
  /** Bytes of text that are not decoded yet: a character may come in several tokens. */
  #bytes: number[] = []
  #bytesFont = 0
  /** Fills in the number at the last note mark. */
  #setMark: ((number: string) => void) | null = null
  #noteCounts = { footnotes: 0, endnotes: 0 }
  #instruction = ''

  constructor(input: ReaderInput) {
    this.#input = input
    // Some programs write a byte order mark or spaces first.
    this.#scanner = new RtfScanner(input.bytes.subarray(Math.max(0, input.bytes.indexOf(OPENING_BRACE))))
    this.#group = {
      destination: 'shown',
      flow: this.#body,
      note: null,
      field: null,
      finish: null,
      font: 0,
      fontOfKind: {},
      kind: null,
      substitutes: 1,
      isHidden: false,
      isDeleted: false,
      isInTable: false,
      isStarred: false,
    }
  }

  read(): Extracted {
    const [start, version] = [this.#scanner.next(), this.#scanner.next()]
    if (start?.kind !== 'open' || version?.kind !== 'word' || version.name !== 'rtf')
      throw this.#damaged('\\rtf')
    this.#openGroup()
    while (this.#outer.length > 0) {
      const token = this.#scanner.next()
      if (token === null) throw this.#damaged('}')
      this.#take(token)
    }
    return this.#extracted()
  }

  #extracted(): Extracted {
    const footnotes = this.#notes.filter(({ isEndnote }) => !isEndnote)
    const endnotes = this.#notes.filter(({ isEndnote }) => isEndnote)
    const notes = [...[...footnotes, ...endnotes].map(({ flow }) => flow), ...this.#annotations]
    const text = documentText({ body: this.#body, furniture: this.#furniture, notes }, this.#steps)
    return { text, steps: [...this.#steps] }
  }

  #take(token: RtfToken): void {
    switch (token.kind) {
      case 'open':
        this.#openGroup()
        break
      case 'close':
        this.#closeGroup()
        break
      case 'text':
        this.#takeText(token.bytes)
        break
      default:
        if (token.kind === 'word' && token.name === 'bin') this.#passBinary(token.parameter ?? 0)
        if (this.#toSkip > 0) this.#toSkip--
        else if (token.kind === 'byte') this.#addByte(token.value)
        else if (token.kind === 'symbol') this.#takeSymbol(token.symbol)
        else this.#takeWord(token.name, token.parameter)
    }
  }

  #openGroup(): void {
    this.#flush()
    this.#toSkip = 0
    if (this.#outer.length >= this.#input.limits.elementDepth) throw tooDeep(this.#input)
    this.#outer.push(this.#group)
    this.#group = { ...this.#group, finish: null, isStarred: false }
  }

  #closeGroup(): void {
    this.#flush()
    this.#toSkip = 0
    this.#group.finish?.()
    this.#group = this.#outer.pop()!
  }

  #takeText(bytes: Uint8Array): void {
    const skipped = Math.min(this.#toSkip, bytes.length)
    this.#toSkip -= skipped
    if (this.#group.destination === 'fonts') this.#fonts.addName(bytes)
    if (!this.#isCollected) return
    for (let index = skipped; index < bytes.length; index++) this.#addByte(bytes[index]!)
  }

  /** Whether text of the group goes anywhere. */
  get #isCollected(): boolean {
    return this.#group.flow !== null || this.#group.destination === 'field-instruction'
  }

  get #isShown(): boolean {
    return this.#group.flow !== null && !this.#group.isHidden && !this.#group.isDeleted
  }

  #passBinary(bytes: number): void {
    if (!this.#scanner.skip(Math.max(0, bytes))) throw this.#damaged('\\bin')
  }

  #takeSymbol(symbol: string): void {
    if (symbol === '*') this.#group.isStarred = true
    // A backslash before a line break of the file.
    else if (symbol === '\n' || symbol === '\r') this.#endParagraph()
    else this.#add(SYMBOLS[symbol] ?? '')
  }

  #takeWord(name: string, parameter: number | null): void {
    const destination = destinationOf(name, this.#group.isStarred)
    if (name === 'field') this.#openField()
    this.#group.isStarred = false
    if (destination !== undefined) this.#enter(destination)
    else if (name === 'u') this.#addUnicode(parameter ?? 0)
    else if (this.#group.destination === 'fonts') this.#fonts.define(name, parameter)
    else if (!this.#setFontProperty(name, parameter) && !this.#setProperty(name, parameter))
      this.#takeMark(name)
  }

  #enter(destination: Destination): void {
    const group = this.#group
    const { flow } = group
    if (destination === 'unicode-half') {
      const { destination: shown = 'unseen', flow: around = null } = this.#outer.at(-2) ?? {}
      Object.assign(group, { destination: shown, flow: around })
    }
    if (group.destination === 'unseen' || destination === 'shown' || destination === 'unicode-half') return
    group.destination = destination
    group.flow = null
    if (flow === null) return
    if (destination === 'furniture') group.flow = this.#furniture
    else if (destination === 'field-instruction') this.#openInstruction()
    else if (destination === 'note') this.#openNote()
    else if (destination === 'annotation') this.#annotations.push(this.#openFlow())
    else if (destination === 'text-box') {
      const box = this.#openFlow()
      group.finish = () => flow.addBox(box)
    } else if (destination === 'list-text') {
      const label = this.#openFlow()
      group.finish = () => {
        const text = label.finish().trimStart()
        if (this.#isShown) flow.add(text)
      }
    }
  }

  #openFlow(): TextFlow {
    const flow = new TextFlow()
    Object.assign(this.#group, { flow, isInTable: false })
    return flow
  }

  #openNote(): void {
    const note: Note = { flow: this.#openFlow(), isEndnote: false }
    const setMark = this.#setMark
    this.#setMark = null
    this.#notes.push(note)
    this.#group.note = note
    this.#group.finish = () => {
      const number = String(++this.#noteCounts[note.isEndnote ? 'endnotes' : 'footnotes'])
      setMark?.(number)
      this.#setMark?.(number)
      this.#setMark = null
    }
  }

  #openField(): void {
    const group = this.#group
    if (group.finish !== null) return
    const field: Field = { drawn: '', hasResult: false }
    group.field = field
    group.finish = () => {
      if (!field.hasResult) group.flow?.add(field.drawn)
    }
  }

  #openInstruction(): void {
    const group = this.#group
    this.#instruction = ''
    group.finish = () => {
      const shown = fieldText(this.#instruction)
      this.#instruction = ''
      if (shown === undefined || group.field === null || group.isHidden || group.isDeleted) return
      group.field.drawn = shown.text
      if (shown.hasReading) this.#steps.add('ruby-readings')
    }
  }

  /** Sets what decides how bytes are decoded. @returns whether the word does so */
  #setFontProperty(name: string, parameter: number | null): boolean {
    const group = this.#group
    switch (name) {
      case 'ansicpg':
        this.#fonts.setDocumentCodePage(parameter ?? 1252)
        return true
      case 'mac':
        this.#fonts.setDocumentCodePage(10_000)
        return true
      case 'deff':
        this.#defaultFont = group.font = parameter ?? 0
        return true
      case 'f':
      case 'af':
        if (group.kind !== null) group.fontOfKind = { ...group.fontOfKind, [group.kind]: parameter ?? 0 }
        // \af alone is the font for text from right to left.
        if (name === 'f' || group.kind !== null) group.font = parameter ?? 0
        return true
      case 'loch':
      case 'hich':
      case 'dbch':
        group.kind = name
        group.font = group.fontOfKind[name] ?? group.font
        return true
      case 'ltrch':
      case 'rtlch':
        group.kind = null
        return true
      case 'uc':
        group.substitutes = Math.max(0, parameter ?? 1)
        return true
      default:
        return false
    }
  }

  /** Sets a property of the characters or the paragraph. @returns whether the word is one */
  #setProperty(name: string, parameter: number | null): boolean {
    const group = this.#group
    switch (name) {
      case 'v':
        this.#flush()
        group.isHidden = parameter !== 0
        return true
      case 'deleted':
        this.#flush()
        group.isDeleted = parameter !== 0
        return true
      case 'plain':
        this.#flush()
        Object.assign(group, { font: this.#defaultFont, fontOfKind: {}, kind: null })
        Object.assign(group, { isHidden: false, isDeleted: false })
        return true
      case 'intbl':
        group.isInTable = true
        return true
      case 'pard':
        group.isInTable = false
        return true
      case 'ftnalt':
        if (group.note !== null) group.note.isEndnote = true
        return true
      default:
        return false
    }
  }

  /** Takes a word that stands for text or ends a piece of it. */
  #takeMark(name: string): void {
    switch (name) {
      case 'par':
        this.#endParagraph()
        break
      case 'cell':
      case 'nestcell':
        this.#flush()
        this.#group.flow?.endCell()
        break
      case 'row':
      case 'nestrow':
        this.#flush()
        this.#group.flow?.endRow()
        break
      case 'chftn':
        this.#flush()
        if (this.#isShown) this.#setMark = this.#group.flow?.reserve() ?? null
        break
      default:
        if (!Object.hasOwn(CHARACTERS, name)) break
        if (CHARACTERS[name] === '\n' && this.#group.isInTable) this.#endParagraph()
        else this.#add(CHARACTERS[name]!)
    }
  }

  #endParagraph(): void {
    this.#flush()
    if (!this.#isShown) return
    if (this.#group.isInTable) this.#group.flow?.endCellParagraph()
    else this.#group.flow?.endParagraph()
  }

  #addUnicode(code: number): void {
    this.#toSkip = this.#group.substitutes
    const unit = code & 0xffff
    const isSymbol = unit >= 0xf020 && unit <= 0xf0ff
    this.#add(isSymbol ? this.#fonts.symbol(unit, this.#group.font) : String.fromCharCode(unit))
  }

  #addByte(byte: number): void {
    if (!this.#isCollected) return
    if (this.#bytesFont !== this.#group.font) this.#flush()
    this.#bytesFont = this.#group.font
    this.#bytes.push(byte)
  }

  #add(text: string): void {
    this.#flush()
    this.#append(text)
  }

  #flush(): void {
    if (this.#bytes.length === 0) return
    const bytes = Uint8Array.from(this.#bytes)
    this.#bytes = []
    this.#append(this.#fonts.decode(bytes, this.#bytesFont))
  }

  #append(text: string): void {
    const { destination, flow, isHidden, isDeleted } = this.#group
    if (destination === 'field-instruction') this.#instruction += text
    else if (flow === null || text === '') return
    else if (isDeleted) this.#steps.add('deleted-text')
    else if (isHidden) this.#steps.add('hidden-text')
    else {
      flow.add(text)
      if (this.#group.field !== null && text.trim() !== '') this.#group.field.hasResult = true
    }
  }

  #damaged(part: string): Error {
    return damaged({ input: this.#input, type: 'RTF' }, part)
  }
}
