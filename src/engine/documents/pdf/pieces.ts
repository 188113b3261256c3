import { foldSharedGlyphs, foldVerticalForms, isWide, lastCharacter } from './characters.ts'

/** Coordinates `x' = ax + cy + e`, `y' = bx + dy + f`, as in ISO 32000-1, 8.3.3. */
export type Matrix = readonly [number, number, number, number, number, number]

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** The page as it is shown: origin at the top left, y downwards. */
export interface PageFrame {
  readonly width: number
  readonly height: number
  /** From the page's own coordinates. */
  readonly transform: readonly number[]
}

/** Glyphs that follow one another on a line of the shown page. */
export interface Piece {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
  /** Along its direction. */
  readonly length: number
  readonly direction: 'right' | 'down' | 'left' | 'up' | 'slanted'
  readonly isVerticalFont: boolean
  /** The space characters drawn before it, whatever room they take. */
  readonly blank: string
}

/** A piece that grows. */
interface OpenPiece {
  readonly x: number
  readonly y: number
  /** Of its first glyph. */
  readonly stance: Stance
  readonly blank: string
  text: string
  endsWide: boolean
  length: number
}

const SLANT_TOLERANCE = 0.12
/** All in ems. */
const MAX_OVERLAP = 0.2
const MAX_SHIFT = 0.05
/** Gaps up to here are kerning, between kanji and kana justification. */
const MAX_KERNING = 0.1
const MAX_JUSTIFICATION = 0.25
/** Room that a space character is left with at least, and a gap at most to be that of spaces between words. */
const MIN_SPACE = 0.05
const MAX_SPACE = 0.75
const MAX_BLANK = 40
const COMBINING = /^\p{Mn}/u

/** What a glyph stands for, and what matters of it where it meets another one. */
interface GlyphText {
  /** Of a space its room: a full-width one or not. */
  readonly text: string
  readonly isSpace: boolean
  readonly isCombining: boolean
  readonly beginsWide: boolean
  readonly endsWide: boolean
}

/** How glyphs stand on the page that are drawn with one setting. */
export interface Stance {
  /** Unit vector along the line. */
  readonly along: readonly [number, number]
  /** Length of an em along the line, and font size. */
  readonly em: number
  readonly size: number
  readonly isVerticalFont: boolean
}

/** @param matrix the coordinates of the glyphs, in ems */
export function stanceOf([a, b, c, d]: Matrix, isVerticalFont: boolean): Stance {
  const [alongX, alongY] = isVerticalFont ? [-c, -d] : [a, b]
  const em = Math.hypot(alongX, alongY)
  const size = isVerticalFont ? Math.hypot(a, b) : Math.hypot(c, d)
  return { along: [alongX / em, alongY / em], em, size, isVerticalFont }
}

/** Puts the glyphs of a page together as they come. */
export class PieceGatherer {
  readonly #frame: Pick<PageFrame, 'width' | 'height'>
  readonly #pieces: Piece[] = []
  readonly #texts = new Map<string, GlyphText>()
  #open: OpenPiece | undefined
  #blank = ''

  /** @param frame beyond whose edges nothing is shown */
  constructor(frame: Pick<PageFrame, 'width' | 'height'>) {
    this.#frame = frame
  }

  finish(): readonly Piece[] {
    this.#close()
    return this.#pieces
  }

  /** Adds a glyph at a place of the page. @param width in ems */
  add(text: string, stance: Stance, x: number, y: number, width: number): void {
    if (text === '') return
    const glyph = this.#read(text)
    if (glyph.isSpace) {
      if (this.#blank.length < MAX_BLANK) this.#blank += glyph.text
      return
    }
    if (x < 0 || y < 0 || x > this.#frame.width || y > this.#frame.height) return
    if (!(stance.em > 0) || !(stance.size > 0)) return
    const length = width * stance.em
    if (this.#open !== undefined && this.#append(this.#open, glyph, stance, x, y, length)) return
    this.#close()
    this.#open = {
      x,
      y,
      stance,
      blank: this.#blank,
      text: glyph.text,
      endsWide: glyph.endsWide,
      length,
    }
    this.#blank = ''
  }

  #read(text: string): GlyphText {
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    const isSpace = text.trim() === ''
    const glyph: GlyphText = {
      text: isSpace
        ? /[\u2003\u3000]/.test(text)
          ? '\u3000'
          : ' '
        : foldSharedGlyphs(foldVerticalForms(text)),
      isSpace,
      isCombining: COMBINING.test(text),
      beginsWide: isWide(text),
      endsWide: isWide(lastCharacter(text)),
    }
    this.#texts.set(text, glyph)
    return glyph
  }

  /** Whether a glyph continues a piece, which it is then part of. */
  #append(open: OpenPiece, glyph: GlyphText, stance: Stance, x: number, y: number, length: number): boolean {
    const { size } = stance
    if (open.stance !== stance && !isAlike(open.stance, stance)) return false
    const [alongX, alongY] = open.stance.along
    const start = (x - open.x) * alongX + (y - open.y) * alongY
    const shift = (x - open.x) * alongY - (y - open.y) * alongX
    if (Math.abs(shift) > MAX_SHIFT * size) return false
    const gap = (start - open.length) / size
    const { isCombining } = glyph
    if (gap < -MAX_OVERLAP && !isCombining) return false
    const wideSides = Number(open.endsWide) + Number(glyph.beginsWide)
    if (this.#blank !== '') {
      if (wideSides > 0 || gap >= MAX_SPACE) return false
      if (gap >= MIN_SPACE) open.text += ' '
    } else if (!isCombining && gap > (wideSides === 2 ? MAX_JUSTIFICATION : MAX_KERNING)) {
      return false
    }
    this.#blank = ''
    open.text += glyph.text
    open.endsWide = glyph.endsWide
    open.length = Math.max(open.length, start + length)
    return true
  }

  #close(): void {
    const open = this.#open
    this.#open = undefined
    if (open === undefined) return
    const { x, y, text, length, blank, stance } = open
    const { size, isVerticalFont, along } = stance
    this.#pieces.push({ text, x, y, size, length, isVerticalFont, blank, direction: directionOf(along) })
  }
}

function isAlike(open: Stance, { isVerticalFont, size }: Stance): boolean {
  return open.isVerticalFont === isVerticalFont && Math.abs(open.size - size) <= 0.01 * size
}

function directionOf([x, y]: readonly [number, number]): Piece['direction'] {
  if (Math.abs(y) <= SLANT_TOLERANCE) return x < 0 ? 'left' : 'right'
  if (Math.abs(x) <= SLANT_TOLERANCE) return y < 0 ? 'up' : 'down'
  return 'slanted'
}

export function matrixOf(values: ArrayLike<number>): Matrix {
  return [values[0] ?? 1, values[1] ?? 0, values[2] ?? 0, values[3] ?? 1, values[4] ?? 0, values[5] ?? 0]
}

/** First `b`, then `a`. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[2] * b[1],
    a[1] * b[0] + a[3] * b[1],
    a[0] * b[2] + a[2] * b[3],
    a[1] * b[2] + a[3] * b[3],
    a[0] * b[4] + a[2] * b[5] + a[4],
    a[1] * b[4] + a[3] * b[5] + a[5],
  ]
}
