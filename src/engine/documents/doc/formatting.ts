import { viewOf } from '../byte-view.ts'
import { isSymbolFont, symbolSign } from '../fonts/symbol-fonts.ts'
import { fontNames } from './font-names.ts'
import type { ListPlace } from './list-numbers.ts'
import { type ListProperties, styleLists } from './style-lists.ts'
import { plcOf, tableOf, type WordFile, WordStructureError } from './word-file.ts'

/** What decides whether and how text is shown. */
export interface Formatting {
  readonly isDeleted: boolean
  readonly isHidden: boolean
  /** The sign that stands here in place of a character. */
  readonly symbol: string | null
  /** The name of the font, if it is one of signs. */
  readonly symbolFont: string | null
  /** Ends a row of a table, of a table in a cell, or a cell of such a table. */
  readonly ends: 'row' | 'inner-row' | 'inner-cell' | null
  /** Of a paragraph in a list. */
  readonly list: ListPlace | null
}

/** Formatting of the text at places [from, to) of the main stream. */
export interface FormattedRun extends Formatting {
  readonly from: number
  readonly to: number
}

const PAGE_BYTES = 512
const PAGE_NUMBER = 0x3fffff
/** Bytes of what a page tells of a paragraph: where its properties lie, and its height. */
const PARAGRAPH_BYTES = 13

const DELETED = 0x0800
const HIDDEN = 0x083c
const SYMBOL = 0x6a09
const FONT = 0x4a4f
const ENDS_ROW = 0x2417
const ENDS_INNER_CELL = 0x244b
const ENDS_INNER_ROW = 0x244c
const LIST = 0x460b
const LIST_LEVEL = 0x260a
/** Lists have numbers from 1 to here; 0 takes a paragraph out of its style's list. */
const LAST_LIST = 0x7fe
const HUGE_PROPERTIES = 0x6646
const TABLE_DEFINITION = 0xd608
const TAB_CHANGES = 0xc615
/** Bytes of the operand by the size in the code of a property; null for those that tell it (§2.2.5.1). */
const OPERAND_BYTES = [1, 1, 2, 4, 2, 2, null, 3] as const

const PLAIN: Formatting = {
  isDeleted: false,
  isHidden: false,
  symbol: null,
  symbolFont: null,
  ends: null,
  list: null,
}

/** Runs of characters that are not shown as they stand, in ascending order. @throws WordStructureError */
export function characterRuns(file: WordFile): FormattedRun[] {
  const fonts = fontNames(file)
  return runsOf(file, 'characterPages', 1, (page, place) => {
    const at = 2 * page[place]!
    return at === 0 ? PLAIN : formattingOf(page.subarray(at + 1, at + 1 + page[at]!), file.overflow, fonts)
  })
}

/** Runs of paragraphs that end cells or rows or are in lists, in ascending order. @throws WordStructureError */
export function paragraphRuns(file: WordFile): FormattedRun[] {
  const styles = styleLists(file, listPropertiesIn)
  return runsOf(file, 'paragraphPages', PARAGRAPH_BYTES, (page, place) => {
    const at = 2 * page[place]!
    if (at === 0) return PLAIN
    // Half the length, either here or, after a zero, in the next byte; the first two bytes name the style.
    const [from, bytes] = page[at] === 0 ? [at + 2, 2 * (page[at + 1] ?? 0)] : [at + 1, 2 * page[at]! - 1]
    const properties = page.subarray(from + 2, from + bytes)
    const formatting = formattingOf(properties, file.overflow)
    const list = listPlace(listPropertiesIn(properties), styles.get(page[from]! | (page[from + 1]! << 8)))
    return list === null ? formatting : { ...formatting, list }
  })
}

function listPropertiesIn(properties: Uint8Array): ListProperties {
  let found: ListProperties = { list: null, level: null }
  for (const { code, operand } of propertiesIn(properties)) {
    if (code === LIST && operand.length === 2) found = { ...found, list: operand[0]! | (operand[1]! << 8) }
    else if (code === LIST_LEVEL) found = { ...found, level: operand[0] ?? null }
  }
  return found
}

function listPlace(own: ListProperties, style: ListProperties | undefined): ListPlace | null {
  const list = own.list ?? style?.list ?? 0
  return list >= 1 && list <= LAST_LIST ? { list, level: own.level ?? style?.level ?? 0 } : null
}

/** Reads the pages of formatting (§2.9.33 ChpxFkp, §2.9.175 PapxFkp). */
function runsOf(
  file: WordFile,
  table: 'characterPages' | 'paragraphPages',
  elementBytes: number,
  formattingAt: (page: Uint8Array, place: number) => Formatting,
): FormattedRun[] {
  const pages = tableOf(file, table)
  const { positions, elementAt } = plcOf(pages, 4)
  if (positions.length * PAGE_BYTES > file.main.length + PAGE_BYTES) throw new WordStructureError(table)
  const runs: FormattedRun[] = []
  for (let index = 0; index + 1 < positions.length; index++) {
    const at = (pages.getUint32(elementAt(index), true) & PAGE_NUMBER) * PAGE_BYTES
    const page = file.main.subarray(at, at + PAGE_BYTES)
    if (page.length < PAGE_BYTES) throw new WordStructureError(table)
    const view = viewOf(page)
    const count = page[PAGE_BYTES - 1]!
    if (4 * (count + 1) + elementBytes * count > PAGE_BYTES) throw new WordStructureError(table)
    for (let run = 0; run < count; run++) {
      const formatting = formattingAt(page, 4 * (count + 1) + elementBytes * run)
      if (formatting === PLAIN) continue
      runs.push({ ...formatting, from: view.getUint32(4 * run, true), to: view.getUint32(4 * run + 4, true) })
    }
  }
  return apart(runs.toSorted((one, other) => one.from - other.from))
}

/** Runs without what an earlier one covers, so that no byte is formatted twice. */
function apart(runs: readonly FormattedRun[]): FormattedRun[] {
  let end = 0
  return runs.flatMap((run) => {
    const from = Math.max(end, run.from)
    if (from >= run.to) return []
    end = run.to
    return { ...run, from }
  })
}

/** @param fonts names of the fonts of characters */
function formattingOf(
  properties: Uint8Array,
  overflow: Uint8Array,
  fonts: readonly string[] = [],
): Formatting {
  let formatting = PLAIN
  for (const { code, operand } of propertiesIn(properties)) {
    const value = operand[0] ?? 0
    if (code === DELETED) formatting = { ...formatting, isDeleted: value === 1 }
    // 0x80 and 0x81 refer to the style, which is not followed.
    else if (code === HIDDEN) formatting = { ...formatting, isHidden: value === 1 }
    else if (code === SYMBOL && operand.length === 4) {
      const view = viewOf(operand)
      const symbol = symbolSign(fonts[view.getUint16(0, true)] ?? '', view.getUint16(2, true))
      formatting = { ...formatting, symbol }
    } else if (code === FONT && operand.length === 2) {
      const font = fonts[viewOf(operand).getUint16(0, true)] ?? ''
      if (isSymbolFont(font)) formatting = { ...formatting, symbolFont: font }
    } else if (code === ENDS_ROW && value === 1) formatting = { ...formatting, ends: 'row' }
    else if (code === ENDS_INNER_ROW && value === 1) formatting = { ...formatting, ends: 'inner-row' }
    else if (code === ENDS_INNER_CELL && value === 1 && formatting.ends === null) {
      formatting = { ...formatting, ends: 'inner-cell' }
    } else if (code === HUGE_PROPERTIES && operand.length === 4 && overflow.length > 0) {
      const at = viewOf(operand).getUint32(0, true)
      const length = overflow[at]! | (overflow[at + 1]! << 8)
      // What lies there refers no further (§2.6.2).
      return formattingOf(overflow.subarray(at + 2, at + 2 + length), new Uint8Array(0))
    }
  }
  return formatting
}

/** The properties of a list of them (§2.2.5.1 Sprm). */
function* propertiesIn(
  bytes: Uint8Array,
): Generator<{ readonly code: number; readonly operand: Uint8Array }> {
  let at = 0
  while (at + 2 < bytes.length) {
    const code = bytes[at]! | (bytes[at + 1]! << 8)
    at += 2
    let length: number | null = OPERAND_BYTES[code >> 13]!
    if (code === TABLE_DEFINITION) length = 1 + (bytes[at]! | ((bytes[at + 1] ?? 0) << 8))
    // With 255 the length follows from the counts inside; nothing that is sought stands behind it.
    else if (code === TAB_CHANGES && bytes[at] === 255) return
    else length ??= 1 + bytes[at]!
    yield { code, operand: bytes.subarray(at, at + length) }
    at += length
  }
}
