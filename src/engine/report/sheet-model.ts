/** The report as plain rows: what stands in which cell, and nothing about a file format. */

export type Tone = 'good' | 'bad' | 'caution' | 'muted'

export type Cell =
  | { readonly kind: 'text'; readonly text: string; readonly tone?: Tone; readonly bold?: boolean }
  | { readonly kind: 'number'; readonly value: number; readonly format: NumberFormat; readonly tone?: Tone }
  | { readonly kind: 'missing' }
  | { readonly kind: 'empty' }

/** How numbers look; the workbook maps these to number formats. */
export type NumberFormat =
  | 'integer'
  | 'decimal1'
  | 'decimal2'
  | 'decimal4'
  | 'decimal6'
  | 'percent1'
  | 'percent2'
  | 'signed4'
  | 'signedPercent2'

export interface TableColumn {
  readonly header: string
  readonly align: 'left' | 'right'
}

export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly tone?: Tone }
  /** A large verdict with its explanation. */
  | { readonly kind: 'verdict'; readonly label: string; readonly text: string; readonly tone: Tone }
  /** Label and value pairs; the value may run over all remaining columns. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly TableColumn[]
      readonly rows: readonly (readonly Cell[])[]
    }

export interface SheetModel {
  readonly name: string
  /** Column widths in characters. */
  readonly widths: readonly number[]
  readonly blocks: readonly Block[]
  /** Fit the whole sheet on one page instead of one page wide. */
  readonly onePage: boolean
}

export interface ReportModel {
  readonly title: string
  readonly subject: string
  /** ISO time of the run; the workbook's creation time, so that equal results give equal bytes. */
  readonly createdAt: string
  readonly footer: string
  readonly sheets: readonly SheetModel[]
}

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
