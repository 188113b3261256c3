import type { ReadStep } from '../../../shared/documents.ts'
import { symbolSign } from '../fonts/symbol-fonts.ts'
import { fieldText } from '../fields/field-text.ts'
import type { TextFlow } from '../rtf/text-flow.ts'
import type { Formatting } from './formatting.ts'
import type { ListNumbers } from './list-numbers.ts'

/** What a run of text is read with. */
export interface WordText {
  /** All subdocuments, one after the other. */
  readonly text: string
  readonly characters: ReadonlyMap<number, Formatting>
  readonly paragraphs: ReadonlyMap<number, Formatting>
  /** The number to be shown at a note mark. */
  readonly noteNumber: (character: number) => string
  readonly listNumbers: ListNumbers
  /** The text box anchored at a character. */
  readonly boxAt: (character: number) => TextFlow | null
  readonly steps: Set<ReadStep>
}

const FIELD_BEGIN = '\u0013'
const FIELD_SEPARATOR = '\u0014'
const FIELD_END = '\u0015'
/** Ends of paragraphs, cells and sections. */
const PARAGRAPH_ENDS: ReadonlySet<string> = new Set(['\r', '\u0007', '\f'])

interface Field {
  instruction: string
  /** Whether its result has begun. */
  hasResult: boolean
}

/** Adds characters [from, to) of a Word text to a flow, as they are shown. */
export function addWordText(word: WordText, flow: TextFlow, from: number, to: number): void {
  new WordTextWriter(word, flow).write(from, to)
}

class WordTextWriter {
  readonly #word: WordText
  readonly #flow: TextFlow
  /** The fields around the place, outermost first. */
  readonly #fields: Field[] = []
  #unseen = 0
  #beginsParagraph = true
  /** Text that is not added yet. */
  #pending = ''

  constructor(word: WordText, flow: TextFlow) {
    this.#word = word
    this.#flow = flow
  }

  write(from: number, to: number): void {
    const { text, characters } = this.#word
    const ends = closedFields(text, from, to)
    for (let at = from; at < to; at++) {
      const character = text[at]!
      const formatting = characters.get(at)
      if (formatting?.isDeleted === true) this.#leaveOut(character, 'deleted-text')
      else if (formatting?.isHidden === true) this.#leaveOut(character, 'hidden-text')
      else {
        this.#beginParagraph(at)
        if (!isSpecial(character)) this.#pending += character
        else if (isFieldMark(character)) this.#takeFieldMark(character, ends.has(at))
        else this.#takeSpecial(character, at, formatting)
      }
      if (PARAGRAPH_ENDS.has(character)) this.#beginsParagraph = true
    }
    this.#flush()
  }

  /** Shows the number of a paragraph in a list before the first of its text that is shown. */
  #beginParagraph(at: number): void {
    if (!this.#beginsParagraph || this.#unseen > 0) return
    this.#beginsParagraph = false
    const place = this.#word.paragraphs.get(at)?.list
    if (place) this.#pending += this.#word.listNumbers.next(place)
  }

  #leaveOut(character: string, step: ReadStep): void {
    // Marks in the text are no text that somebody deleted or hid.
    if (character >= ' ') this.#word.steps.add(step)
  }

  #takeFieldMark(character: string, isPaired: boolean): void {
    if (!isPaired) return
    this.#flush()
    const field = this.#fields.at(-1)
    if (character === FIELD_BEGIN) {
      this.#fields.push({ instruction: '', hasResult: false })
      this.#unseen++
    } else if (character === FIELD_SEPARATOR && field?.hasResult === false) {
      field.hasResult = true
      this.#unseen--
    } else if (character === FIELD_END && field !== undefined) this.#endField(field)
  }

  #endField(field: Field): void {
    this.#fields.pop()
    if (field.hasResult) return
    this.#unseen--
    const shown = fieldText(field.instruction)
    if (shown === undefined) return
    if (shown.hasReading) this.#word.steps.add('ruby-readings')
    this.#add(shown.text)
  }

  #takeSpecial(character: string, at: number, formatting: Formatting | undefined): void {
    const { paragraphs, noteNumber, boxAt } = this.#word
    switch (character) {
      case '\t':
        this.#pending += '\t'
        break
      case '(':
        this.#pending += formatting?.symbol ?? '('
        break
      case '\u0007':
        this.#end(paragraphs.get(at)?.ends === 'row' ? 'row' : 'cell')
        break
      case '\n':
      case '\u000b':
      case '\f':
      case '\u000e':
      case '\r':
        this.#endParagraph(paragraphs.get(at)?.ends ?? null)
        break
      case '\u001e':
        this.#pending += '\u2011'
        break
      case '\u001f':
        this.#pending += '\u00ad'
        break
      case '\u0002':
        this.#pending += noteNumber(at)
        break
      case '\u0008': {
        const box = boxAt(at)
        if (box !== null) this.#flow.addBox(box)
        break
      }
      default:
        if (character >= ' ') this.#pending += privateText(character, formatting?.symbolFont ?? '')
    }
  }

  #endParagraph(ends: Formatting['ends']): void {
    if (ends === 'inner-cell') this.#end('cell')
    else if (ends === 'inner-row') this.#end('row')
    else this.#end('paragraph')
  }

  #end(what: 'cell' | 'row' | 'paragraph'): void {
    this.#flush()
    if (this.#unseen > 0) return
    if (what === 'cell') this.#flow.endCell()
    else if (what === 'row') this.#flow.endRow()
    else this.#flow.endParagraph()
  }

  #flush(): void {
    const text = this.#pending
    this.#pending = ''
    this.#add(text)
  }

  #add(text: string): void {
    if (this.#unseen === 0) this.#flow.add(text)
    else {
      const field = this.#fields.at(-1)
      if (field?.hasResult === false) field.instruction += text
    }
  }
}

/** The characters of symbol fonts lie at U+F000 to U+F0FF. */
function privateText(character: string, font: string): string {
  const code = character.charCodeAt(0)
  return code >= 0xf020 && code <= 0xf0ff ? symbolSign(font, code) : character
}

/** Whether a character has a meaning of its own in Word's text (§2.4.1), or comes from a symbol font. */
function isSpecial(character: string): boolean {
  return character < ' ' || character === '(' || (character >= '\ue000' && character <= '\uf8ff')
}

function isFieldMark(character: string): boolean {
  return character >= FIELD_BEGIN && character <= FIELD_END
}

/** The marks of fields that both begin and end within [from, to); others are left from edits and mean nothing. */
function closedFields(text: string, from: number, to: number): ReadonlySet<number> {
  const paired = new Set<number>()
  const open: number[][] = []
  for (let at = from; at < to; at++) {
    const character = text[at]
    if (character === FIELD_BEGIN) open.push([at])
    else if (character === FIELD_SEPARATOR) open.at(-1)?.push(at)
    else if (character === FIELD_END) for (const mark of [...(open.pop() ?? []), at]) paired.add(mark)
  }
  return paired
}
