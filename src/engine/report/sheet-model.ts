import type { Cell, NumberFormat, Tone } from '../../shared/report-model.ts'

export type {
  Block,
  Cell,
  NumberFormat,
  ReportModel,
  SheetModel,
  TableColumn,
  Tone,
} from '../../shared/report-model.ts'

export const text = (value: string, options: { tone?: Tone; bold?: boolean } = {}): Cell => ({
  kind: 'text',
  text: value,
  ...options,
})

export const number = (value: number | null, format: NumberFormat, tone?: Tone): Cell =>
  value === null || !Number.isFinite(value)
    ? { kind: 'missing' }
    : { kind: 'number', value, format, ...(tone === undefined ? {} : { tone }) }

export const empty: Cell = { kind: 'empty' }
