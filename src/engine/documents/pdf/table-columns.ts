import type { OpenRow } from './rows.ts'

/** Rows or tables of more cells side by side were made by nobody; their cells are not matched with those of other rows. */
const MAX_CELLS = 200
/** Rows looked at, up and down, for the columns of a table. */
const TABLE_REACH = 40

/** Left and right edge of each column of a table. */
export type TableColumns = readonly (readonly [number, number])[]

/** The columns of the table that each row is part of; null for lines, and for rows of far too many columns. */
export function tableColumns(rows: readonly OpenRow[]): readonly (TableColumns | null)[] {
  const found: (TableColumns | null)[] = []
  for (let from = 0; from < rows.length;) {
    if (!isTableRow(rows[from]!)) {
      found.push(null)
      from++
      continue
    }
    let to = from + 1
    while (to < rows.length && isTableRow(rows[to]!)) to++
    const table = rows.slice(from, to)
    for (let part = 0; part < table.length; part += TABLE_REACH) {
      const near = table.slice(Math.max(0, part - TABLE_REACH), part + 2 * TABLE_REACH)
      const columns = columnsOf(near)
      while (found.length < Math.min(to, from + part + TABLE_REACH)) found.push(columns)
    }
    from = to
  }
  return found
}

export function isTableRow({ cells }: OpenRow): boolean {
  return cells.length > 1 && cells.length <= MAX_CELLS
}

/** Cells that overlap are of one column. */
function columnsOf(rows: readonly OpenRow[]): TableColumns | null {
  const spans = rows.flatMap(({ cells }) => cells.map(({ start, end }): [number, number] => [start, end]))
  const columns: [number, number][] = []
  for (const [start, end] of spans.sort(([a], [b]) => a - b)) {
    const last = columns.at(-1)
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end)
    else columns.push([start, end])
  }
  return columns.length <= MAX_CELLS ? columns : null
}
