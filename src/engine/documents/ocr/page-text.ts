import { z } from 'zod'

import type { ReadStep } from '../../../shared/documents.ts'
import { beginsItem } from '../pdf/characters.ts'
import { joinParagraphs } from '../pdf/paragraphs.ts'
import type { Row } from '../pdf/rows.ts'
import { hasFullWidthPunctuation, lineText } from './line-text.ts'

const boxSchema = z.object({ x0: z.number(), y0: z.number(), x1: z.number(), y1: z.number() })
const lineSchema = z.object({
  text: z.string().transform((text) => text.trim()),
  bbox: boxSchema,
  baseline: boxSchema,
})
/** A page as Tesseract's `GetJSONText` describes it: pixels from the upper left corner, lines in reading order. */
const pageSchema = z.object({
  blocks: z.array(z.object({ paragraphs: z.array(z.object({ lines: z.array(lineSchema) })) })),
})
type Line = z.infer<typeof lineSchema>

/** The ink of a line is about this high, in ems: kanji from edge to edge, letters from ascenders to descenders. */
const INK_HEIGHT = 0.9
/** Lines this many times as high as the usual one are headings; all others are of one size. */
const HEADING = 1.3

/** What a recognised page says. */
export interface PageText {
  /** A paragraph a line; empty where nothing was found. */
  readonly text: string
  /** What joining the lines changed. */
  readonly steps: readonly ReadStep[]
}

/** The text of a page, its lines joined to paragraphs as those of a PDF are. */
export function pageText(json: string): PageText {
  const lines = pageSchema
    .parse(JSON.parse(json))
    .blocks.flatMap(({ paragraphs }) => paragraphs.flatMap((paragraph) => paragraph.lines))
    .filter(({ text }) => text !== '')
  const heights = lines.map(heightOf).sort((a, b) => a - b)
  const usual = heights[heights.length >> 1] ?? 0
  const isFullWidth = hasFullWidthPunctuation(lines.map(({ text }) => text))
  const rows = lines.map((line) => rowOf(line, usual, lineText(line.text, isFullWidth)))
  const { pages, steps } = joinParagraphs([rows], false)
  return { text: pages.join(''), steps }
}

function heightOf({ bbox }: Line): number {
  return bbox.y1 - bbox.y0
}

function rowOf(line: Line, usualHeight: number, text: string): Row {
  const { bbox, baseline } = line
  const height = heightOf(line)
  const middle = (baseline.y0 + baseline.y1) / 2
  return {
    text,
    isTable: false,
    isItem: beginsItem(text),
    start: bbox.x0,
    end: bbox.x1,
    line: middle,
    lastLine: middle,
    size: (height >= HEADING * usualHeight ? height : usualHeight) / INK_HEIGHT,
    flow: 'right',
    hasRuby: false,
    position: 0,
  }
}
