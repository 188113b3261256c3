export type CsvValue = string | number | null

/**
 * What a spreadsheet may take for the beginning of a formula, in its half-width and its full-width form. Tab, CR and LF
 * too: what stands behind them would be the beginning of a cell for some readers.
 */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/

const NEEDS_QUOTES = /[",\r\n]/

/**
 * A table as RFC 4180 has it: CRLF after every row, fields in quotes where they need them. It begins with the byte
 * order mark by which spreadsheets recognise UTF-8. Texts that could be taken for formulas get an apostrophe in front;
 * numbers are written with a decimal point and as exactly as they are; null is an empty field.
 */
export const csvText = (rows: readonly (readonly CsvValue[])[]): string =>
  `\ufeff${rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')}`

function field(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  // eslint-disable-next-line no-control-regex -- a zero byte ends the file for some readers
  const clean = value.toWellFormed().replace(/\u0000/g, '\ufffd')
  const harmless = FORMULA_START.test(clean) ? `'${clean}` : clean
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
