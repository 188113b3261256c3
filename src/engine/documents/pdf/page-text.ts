import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'

import {
  IDENTITY,
  type Matrix,
  matrixOf,
  multiply,
  type PageFrame,
  type Piece,
  PieceGatherer,
  stanceOf,
} from './pieces.ts'

/** What is needed of a pdf.js operator list. */
export interface Operators {
  readonly fnArray: readonly number[]
  readonly argsArray: readonly unknown[]
}

/** What is needed of a font as pdf.js gives it. */
export interface PageFont {
  readonly vertical: boolean
  readonly fontMatrix: readonly number[] | undefined
  readonly isType3Font: boolean
  readonly bbox: readonly number[] | undefined
}

/** What a page shows. */
export interface PageText {
  readonly pieces: readonly Piece[]
  /** Share of the page that places for pictures cover, whether there is a picture in them or not; 0 to 1. */
  readonly placed: number
  /** Drawn shapes. */
  readonly paths: number
}

/** A glyph as pdf.js gives it. */
interface Glyph {
  readonly unicode: string
  /** In the units of the font. */
  readonly width: number
  readonly isSpace: boolean
  /** Of vertical fonts: advance, and where the glyph's middle is. */
  readonly vmetric?: readonly number[]
}

/** Text state of ISO 32000-1, 9.3. */
interface State {
  ctm: Matrix
  font: PageFont | undefined
  size: number
  characterSpacing: number
  wordSpacing: number
  /** Horizontal scaling, 1 as a rule. */
  stretch: number
  leading: number
  rise: number
}

const DEFAULT_FONT_MATRIX = 0.001
/** Smaller places, as a share of the page, are those of marks and icons. */
const MIN_PLACE = 0.0005
/** Format characters draw nothing; a soft hyphen that is drawn is a hyphen. */
const INVISIBLE = /\p{Cf}+/gu
const NOTHING: readonly unknown[] = []

/**
 * Runs the operators of a page and gathers its glyphs. pdf.js's own text content has no space characters: it puts
 * spaces for gaps, and in Japanese most gaps are none.
 *
 * @param fonts by their names in the operators
 * @param isVisible of an optional content group or membership as pdf.js gives it
 */
export function textOfPage(
  { fnArray, argsArray }: Operators,
  fonts: ReadonlyMap<string, PageFont>,
  frame: PageFrame,
  isVisible: (group: unknown) => boolean,
): PageText {
  const reader = new PageReader(fonts, frame, isVisible)
  for (let index = 0; index < fnArray.length; index++) {
    reader.run(fnArray[index]!, (argsArray[index] ?? NOTHING) as readonly unknown[])
  }
  return reader.finish()
}

/** The names of the fonts that a page uses. */
export function fontNames({ fnArray, argsArray }: Operators): ReadonlySet<string> {
  const names = new Set<string>()
  for (let index = 0; index < fnArray.length; index++) {
    const operator = fnArray[index]
    if (operator !== OPS.setFont && operator !== OPS.setGState) continue
    const args = argsArray[index] as readonly unknown[]
    for (const [name] of operator === OPS.setFont ? [args] : fontsOf(args)) names.add(String(name))
  }
  return names
}

/** Name and size of the fonts that a graphics state sets. */
function fontsOf([entries]: readonly unknown[]): readonly (readonly unknown[])[] {
  return (entries as readonly (readonly [string, unknown])[]).flatMap(([key, value]) =>
    key === 'Font' ? [value as readonly unknown[]] : [],
  )
}

class PageReader {
  readonly #fonts: ReadonlyMap<string, PageFont>
  readonly #frame: PageFrame
  readonly #isVisible: (group: unknown) => boolean
  readonly #saved: State[] = []
  /** For each open marked content, whether it is hidden; and how many are. */
  readonly #marked: boolean[] = []
  #hidden = 0
  readonly #pieces: PieceGatherer
  /** Without what is invisible. */
  readonly #texts = new Map<string, string>()
  #state: State
  #textMatrix = IDENTITY
  #lineMatrix = IDENTITY
  #placed = 0
  #paths = 0

  constructor(
    fonts: ReadonlyMap<string, PageFont>,
    frame: PageFrame,
    isVisible: (group: unknown) => boolean,
  ) {
    this.#fonts = fonts
    this.#frame = frame
    this.#isVisible = isVisible
    this.#pieces = new PieceGatherer(frame)
    this.#state = {
      ctm: matrixOf(frame.transform),
      font: undefined,
      size: 0,
      characterSpacing: 0,
      wordSpacing: 0,
      stretch: 1,
      leading: 0,
      rise: 0,
    }
  }

  finish(): PageText {
    return {
      pieces: this.#pieces.finish(),
      placed: Math.min(1, this.#placed),
      paths: this.#paths,
    }
  }

  run(operator: number, args: readonly unknown[]): void {
    const state = this.#state
    switch (operator) {
      case OPS.showText:
        this.#show(args[0] as readonly (Glyph | number)[])
        break
      case OPS.moveText:
        this.#moveLine(Number(args[0]), Number(args[1]))
        break
      case OPS.setLeadingMoveText:
        state.leading = Number(args[1])
        this.#moveLine(Number(args[0]), Number(args[1]))
        break
      case OPS.nextLine:
        this.#moveLine(0, state.leading)
        break
      case OPS.setTextMatrix:
        this.#textMatrix = this.#lineMatrix = matrixOf(args[0] as ArrayLike<number>)
        break
      case OPS.beginText:
        this.#textMatrix = this.#lineMatrix = IDENTITY
        break
      case OPS.setFont:
        this.#setFont(args)
        break
      case OPS.setGState:
        for (const font of fontsOf(args)) this.#setFont(font)
        break
      case OPS.setCharSpacing:
        state.characterSpacing = Number(args[0])
        break
      case OPS.setWordSpacing:
        state.wordSpacing = Number(args[0])
        break
      case OPS.setHScale:
        state.stretch = Number(args[0]) / 100
        break
      case OPS.setLeading:
        state.leading = -Number(args[0])
        break
      case OPS.setTextRise:
        state.rise = Number(args[0])
        break
      case OPS.save:
        this.#saved.push({ ...state })
        break
      case OPS.restore:
      case OPS.paintFormXObjectEnd:
        this.#state = this.#saved.pop() ?? state
        break
      case OPS.paintFormXObjectBegin:
        this.#saved.push({ ...state })
        if (args[0] !== null) this.#transform(matrixOf(args[0] as ArrayLike<number>))
        break
      case OPS.transform:
        this.#transform(matrixOf(args as readonly number[]))
        break
      case OPS.beginMarkedContent:
        this.#mark(false)
        break
      case OPS.beginMarkedContentProps:
        this.#mark(args[0] === 'OC' && !this.#isVisible(args[1]))
        break
      case OPS.endMarkedContent:
        if (this.#marked.pop() === true) this.#hidden--
        break
      case OPS.constructPath:
        this.#paths++
        break
    }
  }

  #mark(isHidden: boolean): void {
    this.#marked.push(isHidden)
    if (isHidden) this.#hidden++
  }

  #setFont([name, size]: readonly unknown[]): void {
    this.#state.font = this.#fonts.get(String(name))
    this.#state.size = Number(size)
  }

  /** Pictures fill the unit square of the coordinates that they are drawn in. */
  #transform(matrix: Matrix): void {
    const ctm = multiply(this.#state.ctm, matrix)
    this.#state.ctm = ctm
    const share =
      Math.abs(ctm[0] * ctm[3] - ctm[1] * ctm[2]) / Math.max(1, this.#frame.width * this.#frame.height)
    if (share >= MIN_PLACE) this.#placed += share
  }

  #moveLine(x: number, y: number): void {
    const [a, b, c, d, e, f] = this.#lineMatrix
    this.#textMatrix = this.#lineMatrix = [a, b, c, d, a * x + c * y + e, b * x + d * y + f]
  }

  #show(glyphs: readonly (Glyph | number)[]): void {
    const { font, size, stretch, characterSpacing, wordSpacing, rise, ctm } = this.#state
    if (font === undefined || size === 0) return
    const isShown = this.#hidden === 0
    const unit = size * (font.fontMatrix?.[0] ?? DEFAULT_FONT_MATRIX)
    const em = size * heightOf(font, size)
    const [a, b, c, d, startX, startY] = this.#textMatrix
    let x = startX
    let y = startY
    // The coordinates of the glyphs, which differ in where they begin only.
    const glyphMatrix = multiply([a, b, c, d, 0, 0], [size * stretch, 0, 0, em, 0, rise])
    const stance = stanceOf(multiply(ctm, glyphMatrix), font.vertical)
    for (const glyph of glyphs) {
      let advance: number
      if (typeof glyph === 'number') {
        advance = (-glyph / 1000) * size
      } else {
        const width = font.vertical ? (glyph.vmetric?.[0] ?? -1000) * unit : glyph.width * unit
        if (isShown) {
          const [left, top] = [glyphMatrix[4] + x, glyphMatrix[5] + y]
          this.#pieces.add(
            this.#visible(glyph.unicode, width),
            stance,
            ctm[0] * left + ctm[2] * top + ctm[4],
            ctm[1] * left + ctm[3] * top + ctm[5],
            // Lengths are in ems of the direction in which the text runs.
            font.vertical ? -width / em : width / size,
          )
        }
        advance = width + (characterSpacing + (glyph.isSpace ? wordSpacing : 0))
      }
      // ISO 32000-1, 9.4.4.
      if (font.vertical) {
        x += c * advance
        y += d * advance
      } else {
        x += a * (advance * stretch)
        y += b * (advance * stretch)
      }
    }
    this.#textMatrix = [a, b, c, d, x, y]
  }

  #visible(unicode: string, width: number): string {
    const known = this.#texts.get(unicode)
    if (known !== undefined) return known
    if (unicode.includes('\u00ad')) {
      return unicode.replace('\u00ad', width === 0 ? '' : '-').replace(INVISIBLE, '')
    }
    const visible = unicode.replace(INVISIBLE, '')
    this.#texts.set(unicode, visible)
    return visible
  }
}

/** Fonts drawn by programs (Type 3) have ems of any size; their box tells how large the glyphs are. */
function heightOf({ isType3Font, fontMatrix, bbox }: PageFont, size: number): number {
  if (!isType3Font || size > 1 || bbox === undefined) return 1
  const height = ((bbox[3] ?? 0) - (bbox[1] ?? 0)) * (fontMatrix?.[3] ?? DEFAULT_FONT_MATRIX)
  return height > 0 ? height : 1
}
