import type { ReadStep } from '../../../shared/documents.ts'
import { drawingLines } from '../open-xml/drawing-lines.ts'
import type { Extracted, FormatReader, ReaderInput } from '../format-reader.ts'
import { parseXml } from '../xml/parse-xml.ts'
import { mainPart, readRelationships, type Relationship } from '../xml/relationships.ts'
import { hasMacros } from '../open-xml/macros.ts'
import { TextMeter } from '../open-xml/text-meter.ts'
import { damaged, type PartContext } from '../zip/damaged.ts'
import { ZipArchive } from '../zip/zip-archive.ts'
import { ListDefinitions } from './list-definitions.ts'
import { type NoteKind, NoteMarks, readNoteFormats } from './note-marks.ts'
import { Numbering } from './numbering.ts'
import { type StoryContext, StoryReader, type StorySink } from './story.ts'
import { Styles } from './styles.ts'

/**
 * Reads a Word document, macros or not, template or not, Transitional or Strict: the body with the numbers of its
 * lists, text boxes and diagrams after the paragraph that they are anchored in, then footnotes, endnotes and comments.
 * Headers and footers are page furniture, unless there is nothing else.
 */
export const readDocx: FormatReader = (input: ReaderInput): Extracted => {
  const context = { input, type: 'DOCX' }
  const archive = ZipArchive.open(input, context.type)
  return new DocxDocument(archive, mainPart(archive, context), context).extract()
}

class DocxDocument {
  readonly #archive: ZipArchive
  readonly #context: PartContext
  readonly #main: string
  readonly #relationships: ReadonlyMap<string, Relationship>
  readonly #meter: TextMeter
  readonly #styles: Styles
  readonly #steps = new Set<ReadStep>()

  constructor(archive: ZipArchive, main: string, context: PartContext) {
    this.#archive = archive
    this.#context = context
    this.#main = main
    this.#relationships = readRelationships(archive, main, context)
    this.#meter = new TextMeter(context.input)
    this.#styles = Styles.read(archive, this.#parts('styles')[0], context)
  }

  extract(): Extracted {
    const numbering = this.#numbering()
    const marks = this.#noteMarks()
    const lines: string[] = []
    let stories = 0
    const add = (story: readonly string[]): void => {
      for (const line of story) lines.push(line)
      stories++
    }
    this.#read(this.#main, numbering, marks, add)
    if (stories === 0) throw damaged(this.#context, `${this.#main}: w:body`)
    for (const kind of ['footnote', 'endnote'] as const) add(this.#notes(kind, numbering, marks))
    for (const part of this.#parts('comments')) this.#read(part, numbering, marks, add)
    const furniture = this.#furniture(marks)
    const hasText = lines.some((line) => line.trim() !== '')
    if (hasText && furniture.length > 0) this.#steps.add('page-furniture')
    return {
      text: (hasText ? lines : furniture).join('\n'),
      steps: [...this.#steps],
      health: { macros: hasMacros(this.#archive) },
    }
  }

  /** The notes that the text refers to, in its order. */
  #notes(kind: NoteKind, numbering: Numbering, marks: NoteMarks): readonly string[] {
    const stories = new Map<string, readonly string[]>()
    for (const part of this.#parts(`${kind}s`)) {
      this.#read(part, numbering, marks, (lines, id) => stories.set(id, lines))
    }
    return marks.referred(kind).flatMap((id) => stories.get(id) ?? [])
  }

  /** Headers, then footers; each text once, since every section may bring its own copy. */
  #furniture(marks: NoteMarks): readonly string[] {
    const lines = new Set<string>()
    for (const part of [...this.#parts('header'), ...this.#parts('footer')]) {
      this.#read(part, this.#numbering(), marks, (story) => {
        for (const line of story) if (line.trim() !== '') lines.add(line)
      })
    }
    return [...lines]
  }

  #numbering(): Numbering {
    const definitions = ListDefinitions.read(this.#archive, this.#parts('numbering')[0], this.#context)
    return new Numbering(definitions, this.#styles)
  }

  /** The document itself is read for the format of its notes only where it has any. */
  #noteMarks(): NoteMarks {
    const hasNotes = [...this.#parts('footnotes'), ...this.#parts('endnotes')].some((part) =>
      this.#hasNotes(part),
    )
    const [settings] = this.#parts('settings')
    const ofDocument = settings === undefined ? [] : readNoteFormats(this.#archive, settings, this.#context)
    const ofSections = hasNotes ? readNoteFormats(this.#archive, this.#main, this.#context) : []
    return new NoteMarks(ofDocument[0], ofSections)
  }

  #hasNotes(part: string): boolean {
    let hasNotes = false
    const open = (name: string, { 'w:type': type = 'normal' }: Readonly<Record<string, string>>): void => {
      hasNotes ||= type === 'normal' && (name === 'w:footnote' || name === 'w:endnote')
    }
    parseXml(this.#archive, part, { open }, this.#context)
    return hasNotes
  }

  #read(part: string, numbering: Numbering, marks: NoteMarks, sink: StorySink): void {
    const relationships =
      part === this.#main ? this.#relationships : readRelationships(this.#archive, part, this.#context)
    const story: StoryContext = {
      styles: this.#styles,
      numbering,
      marks,
      meter: this.#meter,
      steps: this.#steps,
      drawing: (id) => drawingLines(this.#archive, relationships.get(id), this.#meter, this.#context),
      damaged: (element) => damaged(this.#context, `${part}: ${element}`),
    }
    parseXml(this.#archive, part, new StoryReader(story, sink), this.#context)
  }

  /** The parts of one kind that the document refers to. */
  #parts(type: string): readonly string[] {
    const targets = [...this.#relationships.values()]
      .filter((relationship) => relationship.type === type && !relationship.isExternal)
      .map(({ target }) => target)
    return [...new Set(targets)]
  }
}
