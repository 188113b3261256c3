import type { PDFDocumentProxy } from 'pdfjs-dist'
import type { TextContent } from 'pdfjs-dist/types/src/display/api.js'

import { READ_STEPS, type ReadStep } from '../../../shared/documents.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Extracted, FormatReader, ReaderInput } from '../format-reader.ts'
import { annotationLines, attachedFiles, hasFields } from './annotations.ts'
import { checkStructure, damaged } from './file-structure.ts'
import { openPdf, textOf, translated } from './open-pdf.ts'
import { findFurniture } from './page-furniture.ts'
import { picturePages, recognizePages } from './page-pictures.ts'
import { pageRows } from './page-rows.ts'
import type { PageText } from './page-text.ts'
import { joinParagraphs } from './paragraphs.ts'
import type { Row } from './rows.ts'
import { BoundarySpacing } from './segments.ts'

/** The pages of a document before lines become paragraphs. */
interface Pages {
  readonly rows: readonly (readonly Row[])[]
  /** Texts of form fields and text boxes. */
  readonly annotations: readonly (readonly string[])[]
  readonly looks: readonly Pick<PageText, 'placed' | 'paths'>[]
  readonly spacing: BoundarySpacing
  readonly steps: ReadonlySet<ReadStep>
}

/**
 * Reads the text of a PDF as a person would: lines joined to paragraphs, vertical lines from right to left, cells
 * apart by tabs, without what repeats on every page.
 *
 * @throws AppError documents/encrypted, documents/damaged, documents/too-long, documents/unpacked-too-large,
 *   documents/scan, documents/nothing-recognized
 */
export const readPdf: FormatReader = async (input) => {
  checkStructure(input)
  await using pdf = await openPdf(input, { textOnly: true })
  try {
    return await readDocument(pdf.document, input)
  } catch (error) {
    throw translated(error, input)
  }
}

async function readDocument(document: PDFDocumentProxy, input: ReaderInput): Promise<Extracted> {
  if (document.numPages === 0) throw damaged(input, '/Pages')
  const pages = await readPages(document, input)
  const steps = new Set(pages.steps)
  const furniture = findFurniture(pages.rows)
  if (furniture.size > 0) steps.add('page-furniture')
  const body = pages.rows.map((rows) => rows.filter((row) => !furniture.has(row)))
  const joined = joinParagraphs(body, pages.spacing.isUsual)
  joined.steps.forEach((step) => steps.add(step))
  const texts = joined.pages.map((text, index) =>
    [text, ...pages.annotations[index]!].filter((part) => part !== '').join('\n'),
  )
  // A page that has nothing but furniture may still be a scan.
  const looks = pages.looks.map((look, index) => ({
    ...look,
    index,
    characters: texts[index]!.replace(/\s+/g, '').length,
  }))
  const pictures = picturePages(looks)
  const embedded = await attachedFiles(document, input)
  const isScan = pictures.length > 0 && texts.every((text, index) => text === '' || pictures.includes(index))
  if (isScan && !input.ocr && embedded.length === 0) {
    throw new AppError('documents/scan', { name: input.name, pages: pictures.length })
  }
  const recognized = input.ocr && pictures.length > 0 ? await recognizePages(input, pictures) : null
  if (isScan && recognized?.texts.size === 0)
    throw new AppError('documents/nothing-recognized', { name: input.name })
  recognized?.texts.forEach((text, index) => (texts[index] = text))
  recognized?.steps.forEach((step) => steps.add(step))
  if (recognized !== null && recognized.texts.size > 0) steps.add('ocr')
  return {
    text: texts.join('\f'),
    hasPages: true,
    steps: READ_STEPS.filter((step) => steps.has(step)),
    health: {
      pagesWithoutText: pictures.length - (recognized?.texts.size ?? 0),
      ocr:
        recognized === null || recognized.texts.size === 0
          ? null
          : { pages: recognized.texts.size, confidence: recognized.confidence },
    },
    embedded,
  }
}

async function readPages(document: PDFDocumentProxy, input: ReaderInput): Promise<Pages> {
  const { name, limits } = input
  const withFields = await hasFields(document)
  const optionalContent = await document.getOptionalContentConfig()
  const isVisible = (group: unknown): boolean => optionalContent.isVisible(group) !== false
  const spacing = new BoundarySpacing()
  const steps = new Set<ReadStep>()
  const rows: (readonly Row[])[] = []
  const annotations: (readonly string[])[] = []
  const looks: Pick<PageText, 'placed' | 'paths'>[] = []
  let characters = 0
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    if (document.isPureXfa) {
      const lines = formLines(await page.getTextContent())
      rows.push([])
      looks.push({ placed: 0, paths: 0 })
      annotations.push(lines)
      characters += lengthOf(lines)
    } else {
      const { pieces, placed, paths } = await textOf(page, isVisible)
      looks.push({ placed, paths })
      characters += lengthOf(pieces.map(({ text }) => text))
      const { rows: found, hasVertical, hasRuby } = pageRows(pieces, page.getViewport({ scale: 1 }), spacing)
      if (hasVertical) steps.add('vertical-text')
      if (hasRuby) steps.add('ruby-readings')
      rows.push(found)
      annotations.push(withFields ? await annotationLines(page) : [])
    }
    page.cleanup()
    if (characters > limits.characters) {
      throw new AppError('documents/too-long', { name, characters, limit: limits.characters })
    }
  }
  return { rows, annotations, looks, spacing, steps }
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0)
}

/** The text of an XFA form, which has no places on a page. */
function formLines({ items }: TextContent): readonly string[] {
  return items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item.str.trim()] : []))
}
