import type { ReadStep } from '../../../shared/documents.ts'
import type { Extracted, FormatReader, ReaderInput } from '../format-reader.ts'
import { drawingLines } from '../open-xml/drawing-lines.ts'
import { hasMacros } from '../open-xml/macros.ts'
import { TextMeter } from '../open-xml/text-meter.ts'
import { parseXml, type XmlAttributes } from '../xml/parse-xml.ts'
import { mainPart, readRelationships } from '../xml/relationships.ts'
import { damaged, type PartContext } from '../zip/damaged.ts'
import { ZipArchive } from '../zip/zip-archive.ts'
import { SlideText } from './slide-text.ts'

/**
 * Reads a PowerPoint presentation, macros or not, Transitional or Strict: each slide that is shown as a page, its title
 * first, then its other shapes as they lie in the file, its notes and the comments on it.
 */
export const readPptx: FormatReader = (input: ReaderInput): Extracted => {
  const context = { input, type: 'PPTX' }
  const archive = ZipArchive.open(input, context.type)
  const presentation = new Presentation(archive, context)
  return {
    text: presentation.slides().join('\f'),
    hasPages: true,
    steps: [...presentation.steps],
    health: { macros: hasMacros(archive) },
  }
}

class Presentation {
  readonly steps = new Set<ReadStep>()
  readonly #archive: ZipArchive
  readonly #context: PartContext
  readonly #meter: TextMeter

  constructor(archive: ZipArchive, context: PartContext) {
    this.#archive = archive
    this.#context = context
    this.#meter = new TextMeter(context.input)
  }

  /** The texts of the slides that are shown, in the order of the presentation. */
  slides(): readonly string[] {
    const texts: string[] = []
    for (const part of this.#slideParts()) {
      const slide = this.#read(part)
      if (slide.isShown) texts.push([...slide.lines, ...this.#alongside(part)].join('\n'))
      else this.steps.add('hidden-text')
    }
    return texts
  }

  #slideParts(): readonly string[] {
    const main = mainPart(this.#archive, this.#context)
    const relationships = readRelationships(this.#archive, main, this.#context)
    const parts: string[] = []
    let isPresentation = false
    const open = (name: string, attributes: XmlAttributes): void => {
      isPresentation ||= name === 'p:presentation'
      if (name !== 'p:sldId') return
      const id = attributes['r:id'] ?? ''
      const slide = relationships.get(id)
      if (slide === undefined || slide.isExternal) throw damaged(this.#context, `${main}: ${id}`)
      parts.push(slide.target)
    }
    parseXml(this.#archive, main, { open }, this.#context)
    if (!isPresentation) throw damaged(this.#context, `${main}: p:presentation`)
    return parts
  }

  /** The notes of a slide, then the comments on it. */
  #alongside(slide: string): readonly string[] {
    const relationships = [...readRelationships(this.#archive, slide, this.#context).values()]
    return ['notesSlide', 'comments'].flatMap((type) =>
      relationships
        .filter((relationship) => relationship.type === type && !relationship.isExternal)
        .flatMap(({ target }) => this.#read(target).lines),
    )
  }

  #read(part: string): SlideText {
    const relationships = readRelationships(this.#archive, part, this.#context)
    const text = new SlideText({
      meter: this.#meter,
      steps: this.steps,
      drawing: (id) => drawingLines(this.#archive, relationships.get(id), this.#meter, this.#context),
    })
    parseXml(this.#archive, part, text, this.#context)
    return text
  }
}
