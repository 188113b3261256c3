import type { Cell, Tone } from './sheet-model.ts'

/** The colour that a cell has of itself. */
export function toneOf(cell: Cell): Tone | null {
  switch (cell.kind) {
    case 'text':
    case 'number':
    case 'formula':
      return cell.tone ?? null
    case 'missing':
      return 'muted'
    case 'empty':
    case 'input':
      return null
  }
}

/** What stands in a cell as text, which may need several lines; null for a number. */
export function shownText(cell: Cell): string | null {
  switch (cell.kind) {
    case 'text':
      return cell.text
    case 'formula':
      return typeof cell.result === 'string' ? cell.result : null
    case 'input':
      return typeof cell.value === 'string' ? cell.value : null
    default:
      return null
  }
}
