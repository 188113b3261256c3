import { withVisibleDirection } from './direction-marks.ts'

/** Longest text Excel takes in one cell. */
const CELL_LIMIT = 32_767

const SHEET_NAME_LIMIT = 31

/** Of a title in a page header: with each `&` doubled and a sheet's name beside it, below Excel's 255. */
const HEADER_LIMIT = 80

/** A text with what XML 1.0 cannot hold, and lone surrogates, replaced, and what turns its direction written out. */
const xmlText = (value: string): string =>
  withVisibleDirection(value)
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- exactly the characters XML 1.0 does not allow
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')

const cut = (value: string, limit: number): string =>
  value.length <= limit ? value : `${value.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`

/**
 * Text as a cell can hold it: characters that XML 1.0 forbids and lone surrogates replaced, Excel's own escape
 * form `_x0041_` neutralised (it would be read back as "A"), cut at the cell limit. It is always written as a string
 * cell, so a leading "=" stays text.
 */
export function safeText(value: string): string {
  return cut(xmlText(value).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_'), CELL_LIMIT)
}

/** Text as a chart has it. */
export const chartText = (value: string): string => cut(xmlText(value), CELL_LIMIT)

/** Text for a page header: `&` begins a code there, and digits after a size would belong to it. */
export const headerText = (value: string): string =>
  cut(xmlText(value), HEADER_LIMIT)
    .replaceAll('&', '&&')
    .replace(/^(?=\d)/, ' ')

/** Names that spreadsheets take for sheets, in the order of what they were meant to be, none twice. */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>()
  return wanted.map((each) => {
    const plain = cut(
      xmlText(each)
        .replace(/[[\]:*?/\\'\n\r\t]/g, ' ')
        .trim() || '-',
      SHEET_NAME_LIMIT,
    )
    let name = plain
    for (let count = 2; taken.has(name.toLowerCase()); count++)
      name = `${plain.slice(0, SHEET_NAME_LIMIT - 4).trimEnd()} (${count})`
    taken.add(name.toLowerCase())
    return name
  })
}

/** In code points; Excel takes 255 UTF-16 units between the quotes of a formula. */
const LITERAL_LIMIT = 127

/**
 * A text as a formula has it: in quotes, in pieces where Excel would refuse its length, and with its own escape form
 * `_x0041_` taken apart.
 */
export function quoted(value: string): string {
  const pieces = xmlText(value)
    .split(/(?<=_)(?=x[0-9A-Fa-f]{4}_)/)
    .flatMap((piece) => piece.match(new RegExp(`[^]{1,${LITERAL_LIMIT}}`, 'gu')) ?? [''])
    .map((piece) => `"${piece.replaceAll('"', '""')}"`)
  return pieces.length === 1 ? (pieces[0] ?? '""') : `(${pieces.join('&')})`
}
