import { parse } from 'csv-parse/sync'

import type { Cell, NumberFormat, Sheet } from '../office/flat-sheets.ts'

const DECIMALS: readonly NumberFormat[] = ['general', 'one', 'two', 'three', 'four']

/** A table of a source as a sheet, with numbers and dates as such. */
export function sheetOf(csv: string, name: string): Sheet {
  const rows = parse(csv, { relax_column_count: true, skip_empty_lines: true })
  return { name, headRows: 1, rows: rows.map((row) => row.map(cellOf)) }
}

function cellOf(text: string): Cell {
  if (text === '') return null
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return { value: text, shown: text, format: 'dateIso' }
  const number = /^-?(?:0|[1-9]\d{0,8})(?:\.(\d{1,4}))?$/.exec(text)
  const format = number ? DECIMALS[number[1]?.length ?? 0] : undefined
  return format === undefined ? text : { value: Number(text), shown: text, format }
}
