import { parseXml, type XmlAttributes } from '../xml/parse-xml.ts'
import type { PartContext } from '../zip/damaged.ts'
import type { ZipArchive } from '../zip/zip-archive.ts'
import { integerOf } from '../open-xml/attribute-values.ts'
import { formatNumber } from '../open-xml/number-formats.ts'

export type NoteKind = 'footnote' | 'endnote'

/** How the notes of one section, or of the whole document, are numbered; undefined where it is not said. */
interface NoteFormat {
  format?: string
  start?: number | undefined
  restartsBySection?: boolean
}

type SectionNotes = Readonly<Record<NoteKind, NoteFormat>>

const DEFAULT_FORMAT = { footnote: 'decimal', endnote: 'lowerRoman' } as const

/** The marks of footnotes and endnotes, given in the order in which the text refers to them (§17.11). */
export class NoteMarks {
  readonly #document: SectionNotes
  readonly #sections: readonly SectionNotes[]
  #section = 0
  readonly #marks = { footnote: new Map<string, string>(), endnote: new Map<string, string>() }
  readonly #numbers: Record<NoteKind, number | undefined> = { footnote: undefined, endnote: undefined }

  /** @param sections by `readNoteFormats` of the document, `document` of its settings */
  constructor(document: SectionNotes | undefined, sections: readonly SectionNotes[]) {
    this.#document = document ?? { footnote: {}, endnote: {} }
    this.#sections = sections
  }

  /** Takes a reference to a note. @returns its mark; empty where the text itself has one */
  refer(kind: NoteKind, id: string, hasOwnMark: boolean): string {
    const settled = { ...this.#document[kind], ...this.#sections[this.#section]?.[kind] }
    let mark = ''
    if (!hasOwnMark) {
      const number = (this.#numbers[kind] ?? (settled.start ?? 1) - 1) + 1
      this.#numbers[kind] = number
      mark = formatNumber(number, settled.format ?? DEFAULT_FORMAT[kind])
    }
    this.#marks[kind].set(id, mark)
    return mark
  }

  endSection(): void {
    this.#section++
    for (const kind of ['footnote', 'endnote'] as const) {
      const section = this.#sections[this.#section]?.[kind]
      if (section?.restartsBySection ?? this.#document[kind].restartsBySection)
        this.#numbers[kind] = undefined
    }
  }

  /** The mark of a note that the text refers to; undefined for others. */
  mark(kind: NoteKind, id: string): string | undefined {
    return this.#marks[kind].get(id)
  }

  /** The notes that the text refers to, in its order. */
  referred(kind: NoteKind): readonly string[] {
    return [...this.#marks[kind].keys()]
  }
}

/** How the notes are numbered: by the sections of a document, or, of its settings, by the whole. */
export function readNoteFormats(
  archive: ZipArchive,
  part: string,
  context: PartContext,
): readonly SectionNotes[] {
  const sections: SectionNotes[] = []
  let section: SectionNotes | undefined
  let notes: NoteFormat | undefined
  const open = (name: string, attributes: XmlAttributes): void => {
    const value = attributes['w:val']
    if (name === 'w:sectPr' || name === 'w:settings') {
      section = { footnote: {}, endnote: {} }
      sections.push(section)
    } else if (name === 'w:footnotePr') notes = section?.footnote
    else if (name === 'w:endnotePr') notes = section?.endnote
    else if (notes === undefined) return
    else if (name === 'w:numFmt' && value !== undefined) notes.format = value
    else if (name === 'w:numStart') notes.start = integerOf(value)
    else if (name === 'w:numRestart') notes.restartsBySection = value === 'eachSect'
  }
  const close = (name: string): void => {
    if (name === 'w:footnotePr' || name === 'w:endnotePr') notes = undefined
    else if (name === 'w:sectPr') section = undefined
  }
  parseXml(archive, part, { open, close }, context)
  return sections
}
