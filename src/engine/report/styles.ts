import type { Currency } from '../../shared/roi/assumptions.ts'
import { numberFormat } from './number-formats.ts'
import type { NumberFormat, Tone } from './sheet-model.ts'

export const FONT = 'Yu Gothic'
const INK = 'FF1F2933'
export const ACCENT = 'FF14506E'
const HEADER_FILL = 'FFE3EDF3'
const RULE = 'FFB8C4CC'
const INPUT = { ink: 'FF1C4FA1', fill: 'FFFFF6D5', rule: 'FFC9A227' }

const TONES: Record<Tone, { readonly ink: string; readonly fill: string }> = {
  good: { ink: 'FF0B5D2A', fill: 'FFDDF2E3' },
  bad: { ink: 'FF8C1414', fill: 'FFFBE0DE' },
  caution: { ink: 'FF704B00', fill: 'FFFDF0CF' },
  muted: { ink: 'FF5A6872', fill: 'FFF4F6F8' },
}

/** What a cell is for; decides how it looks. */
export type Look =
  | 'title'
  | 'heading'
  | 'paragraph'
  | 'verdict'
  | 'verdictText'
  | 'factLabel'
  | 'factValue'
  | 'header'
  | 'body'
  | 'figureLabel'
  | 'figure'
  | 'figureNote'

interface LookDefinition {
  /** Of the letters, in points. */
  readonly size: number
  /** Height of one line and least height of the row, in points. */
  readonly line: number
  readonly least: number
  readonly isBold?: true
  readonly ink?: string
  readonly fill?: string
  readonly rule?: string
}

export const LOOKS: Record<Look, LookDefinition> = {
  title: { size: 18, line: 27, least: 32, isBold: true, ink: ACCENT },
  heading: { size: 12, line: 19, least: 22, isBold: true, ink: ACCENT },
  paragraph: { size: 10, line: 15, least: 18 },
  verdict: { size: 16, line: 26, least: 30, isBold: true },
  verdictText: { size: 11, line: 17, least: 20 },
  factLabel: { size: 10, line: 15, least: 18, ink: TONES.muted.ink, rule: RULE },
  factValue: { size: 10, line: 15, least: 18, rule: RULE },
  header: { size: 10, line: 16, least: 20, isBold: true, fill: HEADER_FILL, rule: RULE },
  body: { size: 10, line: 15, least: 18, rule: RULE },
  figureLabel: { size: 10, line: 16, least: 20, ink: TONES.muted.ink, fill: TONES.muted.fill },
  figure: { size: 20, line: 32, least: 38, isBold: true, fill: TONES.muted.fill },
  figureNote: { size: 9, line: 14, least: 18, ink: TONES.muted.ink, fill: TONES.muted.fill },
}

export interface StyleWish {
  readonly look: Look
  readonly align: 'left' | 'right' | 'center'
  readonly tone: Tone | null
  readonly isBold: boolean
  readonly isInput: boolean
  readonly wraps: boolean
  readonly format: NumberFormat | 'text' | 'general'
}

interface Color {
  readonly argb: string
}
interface Solid {
  type: 'pattern'
  pattern: 'solid'
  fgColor: Color
}
interface Edge {
  readonly style: 'thin'
  readonly color: Color
}

/** A cell's style as the writer's library takes it. */
export interface CellStyle {
  readonly font: { name: string; size: number; bold: boolean; color: Color }
  readonly alignment: {
    horizontal: 'left' | 'right' | 'center'
    vertical: 'middle'
    wrapText: boolean
    indent?: number
  }
  readonly numFmt: string
  readonly fill?: Solid
  readonly border?: { top?: Edge; left?: Edge; bottom?: Edge; right?: Edge }
}

const solid = (argb: string): Solid => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } })

/** One object for each style, however many cells have it: tens of thousands of cells share a few dozen. */
export class Styles {
  readonly #made = new Map<string, CellStyle>()
  readonly #currency: Currency | null

  constructor(currency: Currency | null) {
    this.#currency = currency
  }

  of(wish: StyleWish): CellStyle {
    const { look, align, tone, isBold, isInput, wraps, format } = wish
    const key = `${look} ${align} ${tone} ${isBold} ${isInput} ${wraps} ${format}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const made = makeStyle(wish, this.#currency)
    this.#made.set(key, made)
    return made
  }
}

function formatCode(format: StyleWish['format'], currency: Currency | null): string {
  switch (format) {
    case 'text':
      return '@'
    case 'general':
      return 'General'
    default:
      return numberFormat(format, currency)
  }
}

function makeStyle(
  { look, align, tone, isBold, isInput, wraps, format }: StyleWish,
  currency: Currency | null,
): CellStyle {
  const { size, isBold: isLookBold, ink, fill, rule } = LOOKS[look]
  const inkOf = isInput ? INPUT.ink : tone === null ? (ink ?? INK) : TONES[tone].ink
  const ground = isInput ? INPUT.fill : tone !== null && look.startsWith('verdict') ? TONES[tone].fill : fill
  const edge = (argb: string): Edge => ({ style: 'thin', color: { argb } })
  const box = edge(INPUT.rule)
  return {
    font: {
      name: FONT,
      size,
      bold: isBold || isLookBold === true,
      color: { argb: look === 'verdictText' ? INK : inkOf },
    },
    // An indent keeps text apart from a number that ends the column before.
    alignment: {
      horizontal: align,
      vertical: 'middle',
      wrapText: wraps,
      ...(align === 'left' && (look === 'body' || look === 'header') ? { indent: 1 } : {}),
    },
    numFmt: formatCode(format, currency),
    ...(ground === undefined ? {} : { fill: solid(ground) }),
    ...(isInput
      ? { border: { top: box, left: box, bottom: box, right: box } }
      : rule === undefined
        ? {}
        : { border: { bottom: edge(rule) } }),
  }
}

/** How a conditional format shows a tone. */
export const conditionalStyle = (
  tone: Tone,
): { font: { bold: true; color: Color }; fill: { type: 'pattern'; pattern: 'solid'; bgColor: Color } } => ({
  font: { bold: true, color: { argb: TONES[tone].ink } },
  fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: TONES[tone].fill } },
})
