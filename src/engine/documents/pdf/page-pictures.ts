import { createCanvas } from '@napi-rs/canvas'
import type { PDFDocumentProxy } from 'pdfjs-dist'

import type { ReadStep } from '../../../shared/documents.ts'
import type { ReaderInput } from '../format-reader.ts'
import { recognizePicture } from '../ocr/recognize-picture.ts'
import { openPdf } from './open-pdf.ts'
import type { PageText } from './page-text.ts'

/** Text recognition wants 300 dpi and hardly gains from more. */
const DPI = 300
const MAX_PIXELS = 12_000_000
const POINTS_PER_INCH = 72
/** Drawn paths from which on a page counts as a picture: text drawn as outlines, not the rules of a form. */
const MIN_PATHS = 40
/** A scan with fewer characters has no text of its own. */
const FEW_CHARACTERS = 10
/** Shares of the page: a picture larger than an icon, and one of all that it has. */
const SOME = 0.005
const MOST = 0.5

/** Text recognised on the pages of a document, by page index, and how sure of it the recognition was. */
export interface RecognizedPages {
  readonly texts: ReadonlyMap<number, string>
  readonly steps: readonly ReadStep[]
  /** Mean over the characters, 0 to 1. */
  readonly confidence: number
}

/** A page as far as it decides whether a picture takes the place of its text. */
export interface PageLook extends Pick<PageText, 'placed' | 'paths'> {
  readonly index: number
  /** Of what stays on it as text. */
  readonly characters: number
}

/**
 * Which pages are pictures of text: they show a picture or drawn outlines and no text, or a picture over most of the
 * page and hardly any text, such as a stamped number. No picture is decoded for it: one that is larger than a point
 * needs a place to be drawn in.
 */
export function picturePages(pages: readonly PageLook[]): readonly number[] {
  return pages
    .filter(({ characters, placed, paths }) =>
      characters === 0 ? placed >= SOME || paths >= MIN_PATHS : characters < FEW_CHARACTERS && placed > MOST,
    )
    .map(({ index }) => index)
}

/** Renders pages and recognises their text. @throws AppError as recognition does */
export async function recognizePages(input: ReaderInput, pages: readonly number[]): Promise<RecognizedPages> {
  await using pdf = await openPdf(input)
  const texts = new Map<number, string>()
  const taken = new Set<ReadStep>()
  let characters = 0
  let weighted = 0
  for (const index of pages) {
    const { text, steps, confidence } = await recognizePicture(await renderPage(pdf.document, index), input)
    if (text === '') continue
    texts.set(index, text)
    for (const step of steps) taken.add(step)
    characters += text.length
    weighted += confidence * text.length
  }
  return { texts, steps: [...taken], confidence: characters === 0 ? 0 : weighted / characters }
}

/** A page as PNG on white, at 300 dpi or as many pixels as are affordable. */
async function renderPage(document: PDFDocumentProxy, index: number): Promise<Uint8Array> {
  const page = await document.getPage(index + 1)
  const { width, height } = page.getViewport({ scale: 1 })
  const scale = Math.min(DPI / POINTS_PER_INCH, Math.sqrt(MAX_PIXELS / Math.max(1, width * height)))
  const viewport = page.getViewport({ scale })
  const canvas = createCanvas(Math.max(1, Math.ceil(viewport.width)), Math.max(1, Math.ceil(viewport.height)))
  const canvasContext = canvas.getContext('2d')
  await page.render({ canvas: null, canvasContext, viewport, background: 'white' }).promise
  page.cleanup()
  return await canvas.encode('png')
}
