import { ListCounter, LEVELS, type NumberedLevel } from '../open-xml/list-counter.ts'
import { symbolSign } from '../fonts/symbol-fonts.ts'
import { tableAndBeyond, tableOf, type WordFile, WordStructureError } from './word-file.ts'

/** The place of a paragraph in a list. */
export interface ListPlace {
  /** Number of the list, from 1. */
  readonly list: number
  /** From 0. */
  readonly level: number
}

interface Level extends NumberedLevel {
  readonly isApart: boolean
}

interface List {
  /** Lists with the same definition count on together. */
  readonly definition: string
  readonly levels: readonly Level[]
}

/** Number formats by their code (\[MS-OSHARED] §2.2.1.3 MSONFC) as ST_NumberFormat names them. */
const FORMATS = (
  'decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago ' +
  'ideographDigital japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal ' +
  'japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth decimalZero ' +
  'bullet ganada chosung decimalEnclosedFullstop decimalEnclosedParen decimalEnclosedCircleChinese ' +
  'ideographEnclosedCircle ideographTraditional ideographZodiac ideographZodiacTraditional taiwaneseCounting ' +
  'ideographLegalTraditional taiwaneseCountingThousand taiwaneseDigital chineseCounting chineseLegalSimplified ' +
  'chineseCountingThousand decimal koreanDigital koreanCounting koreanLegal koreanDigital2 hebrew1 arabicAlpha hebrew2 ' +
  'arabicAbjad hindiVowels hindiConsonants hindiNumbers hindiCounting thaiLetters thaiNumbers thaiCounting ' +
  'vietnameseCounting numberInDash russianLower russianUpper'
).split(' ')
const BULLET = '•'
const NONE = 0xff

const DEFINITION_BYTES = 28
const LEVEL_BYTES = 28
const INSTANCE_BYTES = 16
const SIMPLE = 0x01
const LEGAL = 0x04
const NO_RESTART = 0x08
const NOTHING_FOLLOWS = 2
const LEVEL_INDEX = 0x0f
const STARTS = 0x10
const IS_FORMATTED = 0x20

/** Counts the paragraphs of lists and says what a reader sees before each. */
export class ListNumbers {
  readonly #lists: readonly List[]
  readonly #counter = new ListCounter()

  /** @throws WordStructureError, RangeError */
  constructor(file: WordFile) {
    this.#lists = readLists(file)
  }

  /** The number of the next paragraph with what sets it apart from the text; empty for one that has none. */
  next({ list: number, level: position }: ListPlace): string {
    const list = this.#lists[number - 1]
    const level = list?.levels[position]
    if (list === undefined || level === undefined) return ''
    const counted = this.#counter.next(list.definition, String(number), list.levels, position)
    const text = level.format === 'bullet' ? bulletOf(level.text) : counted
    return text === '' || !level.isApart ? text : `${text} `
  }
}

/** Signs of symbol fonts as others show them, or as the common one. */
function bulletOf(text: string): string {
  return text.replaceAll(/\p{Co}/gu, (sign) => {
    const shown = symbolSign('', sign.charCodeAt(0))
    return /\p{Co}/u.test(shown) ? BULLET : shown
  })
}

/** Reads the lists (§2.9.176 PlfLfo) and what they change of their definitions. */
function readLists(file: WordFile): List[] {
  const view = tableOf(file, 'lists')
  if (view.byteLength === 0) return []
  const definitions = readDefinitions(file)
  const count = view.getUint32(0, true)
  if (4 + INSTANCE_BYTES * count > view.byteLength) throw new WordStructureError('lists')
  const reader = new LevelReader(view, 4 + INSTANCE_BYTES * count)
  return Array.from({ length: count }, (_, index): List => {
    const at = 4 + INSTANCE_BYTES * index
    const definition = String(view.getInt32(at, true))
    const levels = [...(definitions.get(definition) ?? [])]
    reader.skip(4)
    for (let overrides = view.getUint8(at + 12); overrides > 0; overrides--) {
      const { position, start, level } = reader.readOverride()
      const base = level ?? levels[position]
      if (base !== undefined)
        levels[position] = start === null ? base : { ...base, start, startOverride: start }
    }
    return { definition, levels }
  })
}

/** Reads the definitions of lists (§2.9.175 PlfLst); their levels lie behind the table that the header tells. */
function readDefinitions(file: WordFile): Map<string, readonly Level[]> {
  const view = tableAndBeyond(file, 'listDefinitions')
  const count = tableOf(file, 'listDefinitions').byteLength === 0 ? 0 : view.getUint16(0, true)
  const reader = new LevelReader(view, 2 + DEFINITION_BYTES * count)
  const definitions = new Map<string, readonly Level[]>()
  for (let index = 0; index < count; index++) {
    const at = 2 + DEFINITION_BYTES * index
    const levels = (view.getUint8(at + 26) & SIMPLE) === 0 ? LEVELS : 1
    definitions.set(
      String(view.getInt32(at, true)),
      Array.from({ length: levels }, () => reader.readLevel()),
    )
  }
  return definitions
}

/** Reads levels and overrides, which follow one another. */
class LevelReader {
  readonly #view: DataView
  #at: number

  constructor(view: DataView, at: number) {
    this.#view = view
    this.#at = at
  }

  skip(bytes: number): void {
    this.#at += bytes
  }

  /** §2.9.150 LVL, of LVLF (§2.9.151), properties and text. */
  readLevel(): Level {
    const at = this.#at
    const flags = this.#view.getUint8(at + 5)
    const format = this.#view.getUint8(at + 4)
    const properties = this.#view.getUint8(at + 24) + this.#view.getUint8(at + 25)
    const textAt = at + LEVEL_BYTES + properties + 2
    const length = this.#view.getUint16(textAt - 2, true)
    this.#at = textAt + 2 * length
    return {
      start: this.#view.getInt32(at, true),
      format: format === NONE ? 'none' : (FORMATS[format] ?? 'decimal'),
      zeroPadding: 0,
      text: Array.from({ length }, (_, index) =>
        levelText(this.#view.getUint16(textAt + 2 * index, true)),
      ).join(''),
      restartAfter: (flags & NO_RESTART) === 0 ? undefined : this.#view.getUint8(at + 26),
      isLegal: (flags & LEGAL) !== 0,
      startOverride: undefined,
      isApart: this.#view.getUint8(at + 15) !== NOTHING_FOLLOWS,
    }
  }

  /** §2.9.133 LFOLVL. */
  readOverride(): { readonly position: number; readonly start: number | null; readonly level: Level | null } {
    const start = this.#view.getInt32(this.#at, true)
    const flags = this.#view.getUint32(this.#at + 4, true)
    this.#at += 8
    return {
      position: flags & LEVEL_INDEX,
      start: (flags & STARTS) === 0 ? null : start,
      level: (flags & IS_FORMATTED) === 0 ? null : this.readLevel(),
    }
  }
}

/** Characters 0 to 8 stand for the numbers of the levels. */
function levelText(code: number): string {
  return code < LEVELS ? `%${code + 1}` : String.fromCharCode(code)
}
