import type { Cell, Tone } from '../../../shared/report-model.ts'
import type { Formatter } from '../../format.ts'

/** A cell as the preview shows it. */
export interface ShownCell {
  readonly text: string
  readonly isNumber: boolean
  readonly isBold: boolean
  readonly tone: Tone | null
}

/** What could not be measured is n/a, as in the workbook, never 0 and never blank. */
export function shownCell(cell: Cell, format: Formatter): ShownCell {
  switch (cell.kind) {
    case 'text':
      return { text: cell.text, isNumber: false, isBold: cell.bold ?? false, tone: cell.tone ?? null }
    case 'number':
      return {
        text: format.figure(cell.value, cell.format),
        isNumber: true,
        isBold: false,
        tone: cell.tone ?? null,
      }
    case 'missing':
      return { text: 'n/a', isNumber: true, isBold: false, tone: 'muted' }
    case 'empty':
      return { text: '', isNumber: false, isBold: false, tone: null }
  }
}
