import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'

import {
  IDENTITY,
  type Matrix,
  matrixOf,
  multiply,
  type PageFrame,
  type Piece,
  PieceGatherer,
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
const INVISIBLE = /[\p{Cf}]+/gu

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
  for (const [index, operator] of fnArray.entries()) {
    reader.run(operator, (argsArray[index] ?? []) as readonly unknown[])
  }
  return reader.finish()
}

/** The names of the fonts that a page uses. */
export function fontNames({ fnArray, argsArray }: Operators): ReadonlySet<string> {
  const names = new Set<string>()
  for (const [index, operator] of fnArray.entries()) {
    const args = argsArray[index] as readonly unknown[]
    if (operator === OPS.setFont) names.add(String(args[0]))
    if (operator === OPS.setGState) for (const [name] of fontsOf(args)) names.add(String(name))
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
  /** For each open marked content, whether it is hidden. */
  readonly #marked: boolean[] = []
  readonly #pieces: PieceGatherer
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
        this.#marked.push(false)
        break
      case OPS.beginMarkedContentProps:
        this.#marked.push(args[0] === 'OC' && !this.#isVisible(args[1]))
        break
      case OPS.endMarkedContent:
        this.#marked.pop()
        break
      case OPS.constructPath:
        this.#paths++
        break
    }
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
    this.#textMatrix = this.#lineMatrix = multiply(this.#lineMatrix, [1, 0, 0, 1, x, y])
  }

  #advance(x: number, y: number): void {
    const [a, b, c, d, e, f] = this.#textMatrix
    this.#textMatrix = [a, b, c, d, e + a * x + c * y, f + b * x + d * y]
  }

  #show(glyphs: readonly (Glyph | number)[]): void {
    const { font, size, stretch, characterSpacing, wordSpacing, rise, ctm } = this.#state
    if (font === undefined || size === 0) return
    const isShown = !this.#marked.includes(true)
    const unit = size * (font.fontMatrix?.[0] ?? DEFAULT_FONT_MATRIX)
    const em = size * heightOf(font, size)
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') {
        const shift = (-glyph / 1000) * size
        if (font.vertical) this.#advance(0, shift)
        else this.#advance(shift * stretch, 0)
        continue
      }
      const spacing = characterSpacing + (glyph.isSpace ? wordSpacing : 0)
      const width = font.vertical ? (glyph.vmetric?.[0] ?? -1000) * unit : glyph.width * unit
      if (isShown) {
        const text = glyph.unicode.replace('\u00ad', width === 0 ? '' : '-').replace(INVISIBLE, '')
        const matrix = multiply(ctm, multiply(this.#textMatrix, [size * stretch, 0, 0, em, 0, rise]))
        // Lengths are in ems of the direction in which the text runs.
        this.#pieces.add(text, matrix, font.vertical ? -width / em : width / size, font.vertical)
      }
      // ISO 32000-1, 9.4.4.
      if (font.vertical) this.#advance(0, width + spacing)
      else this.#advance((width + spacing) * stretch, 0)
    }
  }
}

/** Fonts drawn by programs (Type 3) have ems of any size; their box tells how large the glyphs are. */
function heightOf({ isType3Font, fontMatrix, bbox }: PageFont, size: number): number {
  if (!isType3Font || size > 1 || bbox === undefined) return 1
  const height = ((bbox[3] ?? 0) - (bbox[1] ?? 0)) * (fontMatrix?.[3] ?? DEFAULT_FONT_MATRIX)
  return height > 0 ? height : 1
}
