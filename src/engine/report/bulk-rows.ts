/**
 * The rows of a sheet of tens of thousands of cells, written beside the library: it would keep an object of more than a
 * kilobyte for each. Frame, columns, merges and styles of the sheet stay the library's.
 */
import { strFromU8, strToU8 } from 'fflate'

import { type Addresses, columnLetters } from './addresses.ts'
import { cellStyle, cellValue } from './cells.ts'
import type { Parts } from './drawings.ts'
import type { PlacedCell, PlacedSheet } from './placed.ts'
import type { CellStyle, Styles } from './styles.ts'
import { escapeXml } from './xml.ts'

/** The styles that a sheet's cells have, each once, in order of appearance. */
export function stylesIn({ rows }: PlacedSheet, styles: Styles): CellStyle[] {
  const found = new Set<CellStyle>()
  for (const { cells } of rows) for (const cell of cells) found.add(cellStyle(cell, styles))
  return [...found]
}

/** Row of the cells by which the library shows what number it gives a style: beneath all others. */
export const styleRow = ({ rows }: PlacedSheet): number => rows.length + 2

/**
 * Replaces what the library wrote as a sheet's rows. It must have written a cell of each of `stylesIn` in `styleRow`.
 *
 * @param path of the sheet's part
 */
export function writeRows(
  parts: Parts,
  path: string,
  placed: PlacedSheet,
  { addresses, styles }: { readonly addresses: Addresses; readonly styles: Styles },
): void {
  const part = parts[path]
  if (part === undefined) throw new Error(`the workbook has no ${path}`)
  const written = strFromU8(part)
  const numbers = styleNumbers(written, stylesIn(placed, styles), styleRow(placed))
  // Bytes row by row: as texts, all rows together would be held three times.
  const rows = placed.rows.map(({ height, cells }, index) => {
    const row = index + 1
    const content = cells.map((cell) =>
      cellXml(cell, row, numbers.get(cellStyle(cell, styles))!, addresses, placed.name),
    )
    return strToU8(`<row r="${row}" ht="${height}" customHeight="1">${content.join('')}</row>`)
  })
  const [before, after] = [written.indexOf('<sheetData>'), written.indexOf('</sheetData>')]
  if (before < 0 || after < 0) throw new Error(`${path} has no rows`)
  parts[path] = Buffer.concat([
    strToU8(`${written.slice(0, before)}<sheetData>`),
    ...rows,
    strToU8(written.slice(after)),
  ])
}

function styleNumbers(
  written: string,
  styles: readonly CellStyle[],
  row: number,
): ReadonlyMap<CellStyle, string> {
  return new Map(
    styles.map((style, index) => {
      const cell = new RegExp(`<c r="${columnLetters(index + 1)}${row}" s="(\\d+)"`).exec(written)
      if (cell?.[1] === undefined) throw new Error(`style ${index} was not written`)
      return [style, cell[1]]
    }),
  )
}

function cellXml(cell: PlacedCell, row: number, style: string, addresses: Addresses, sheet: string): string {
  const head = `<c r="${columnLetters(cell.column)}${row}" s="${style}"`
  const value = cellValue(cell, addresses, sheet)
  switch (typeof value) {
    case 'number':
      return `${head}><v>${value}</v></c>`
    case 'string':
      return `${head} t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`
  }
  if (value === null) return `${head}/>`
  const { formula, result } = value
  const type = typeof result === 'number' ? '' : typeof result === 'string' ? ' t="str"' : ' t="e"'
  const shown = typeof result === 'object' ? result.error : result
  return `${head}${type}><f>${escapeXml(formula)}</f><v>${escapeXml(String(shown))}</v></c>`
}
