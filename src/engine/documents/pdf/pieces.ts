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
  /** Unit vector along it. */
  readonly along: readonly [number, number]
  readonly size: number
  readonly isVerticalFont: boolean
  readonly blank: string
  readonly parts: string[]
  last: string
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

/** Puts the glyphs of a page together as they come. */
export class PieceGatherer {
  readonly #frame: PageFrame
  readonly #pieces: Piece[] = []
  #open: OpenPiece | undefined
  #blank = ''

  constructor(frame: PageFrame) {
    this.#frame = frame
  }

  finish(): readonly Piece[] {
    this.#close()
    return this.#pieces
  }

  /** Adds a glyph of `width` ems, whose coordinates are those of `matrix`. */
  add(text: string, matrix: Matrix, width: number, isVerticalFont: boolean): void {
    if (text === '') return
    if (text.trim() === '') {
      if (this.#blank.length < MAX_BLANK) this.#blank += /[\u2003\u3000]/.test(text) ? '\u3000' : ' '
      return
    }
    const [a, b, c, d, x, y] = matrix
    if (x < 0 || y < 0 || x > this.#frame.width || y > this.#frame.height) return
    const [alongX, alongY] = isVerticalFont ? [-c, -d] : [a, b]
    const unit = Math.hypot(alongX, alongY)
    const size = isVerticalFont ? Math.hypot(a, b) : Math.hypot(c, d)
    if (!(unit > 0) || !(size > 0)) return
    const length = width * unit
    if (this.#open !== undefined && this.#append(this.#open, text, { x, y, size, isVerticalFont, length }))
      return
    this.#close()
    this.#open = {
      x,
      y,
      along: [alongX / unit, alongY / unit],
      size,
      isVerticalFont,
      blank: this.#blank,
      parts: [text],
      last: text,
      length,
    }
    this.#blank = ''
  }

  /** Whether a glyph continues a piece, which it is then part of. */
  #append(
    open: OpenPiece,
    text: string,
    { x, y, size, isVerticalFont, length }: Pick<Piece, 'x' | 'y' | 'size' | 'isVerticalFont' | 'length'>,
  ): boolean {
    if (open.isVerticalFont !== isVerticalFont || Math.abs(open.size - size) > 0.01 * size) return false
    const [alongX, alongY] = open.along
    const start = (x - open.x) * alongX + (y - open.y) * alongY
    const shift = (x - open.x) * alongY - (y - open.y) * alongX
    if (Math.abs(shift) > MAX_SHIFT * size) return false
    const gap = (start - open.length) / size
    const isCombining = COMBINING.test(text)
    if (gap < -MAX_OVERLAP && !isCombining) return false
    const wideSides = Number(isWide(lastCharacter(open.last))) + Number(isWide(text))
    if (this.#blank !== '') {
      if (wideSides > 0 || gap >= MAX_SPACE) return false
      if (gap >= MIN_SPACE) open.parts.push(' ')
    } else if (!isCombining && gap > (wideSides === 2 ? MAX_JUSTIFICATION : MAX_KERNING)) {
      return false
    }
    this.#blank = ''
    open.parts.push(text)
    open.last = text
    open.length = Math.max(open.length, start + length)
    return true
  }

  #close(): void {
    const open = this.#open
    this.#open = undefined
    if (open === undefined) return
    const { x, y, size, length, isVerticalFont, blank } = open
    const text = foldSharedGlyphs(foldVerticalForms(open.parts.join('')))
    this.#pieces.push({ text, x, y, size, length, isVerticalFont, blank, direction: directionOf(open.along) })
  }
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
