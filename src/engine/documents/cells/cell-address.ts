import { MAX_COLUMNS } from './cell-grid.ts'

/** Column and row of an address like `AB12`, from 0; undefined for what is no address of a sheet. */
export function cellAddress(
  reference: string,
): { readonly row: number; readonly column: number } | undefined {
  const match = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(reference)
  if (match === null) return undefined
  let column = 0
  for (const letter of (match[1] ?? '').toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  const row = Number(match[2]) - 1
  return column > MAX_COLUMNS || row < 0 ? undefined : { row, column: column - 1 }
}
