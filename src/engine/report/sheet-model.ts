/**
 * The workbook before it is a file: the rows of the preview, and what only a workbook has. Cells are referred to by id;
 * where they stand is the writer's affair.
 */
import type {
  Block as PreviewBlock,
  Cell as PreviewCell,
  Chart as PreviewChart,
  ChartSeries as PreviewSeries,
  NumberFormat,
  ReportModel as PreviewModel,
  SheetModel as PreviewSheet,
  TableColumn as PreviewColumn,
  Tone,
} from '../../shared/report-model.ts'

export type { NumberFormat, Tone }

/** One cell, or the cells between two that stand in one row or column. */
export type Reference = { readonly cell: string } | { readonly from: string; readonly to: string }

/** A formula without its leading "=": text as it stands, and references. */
export type Formula = readonly (string | Reference)[]

/** `null`: an error of the spreadsheet (#N/A), which formulas that show it to a reader put into words. */
export type FormulaResult = number | string | null

export interface FormulaCell {
  readonly kind: 'formula'
  readonly formula: Formula
  /** What the formula gives for the values that stand in the workbook; equal to what a spreadsheet computes. */
  readonly result: FormulaResult
  readonly format: NumberFormat | 'text'
  readonly tone?: Tone
  readonly bold?: boolean
}

/** A value that the reader may change. */
export interface InputCell {
  readonly kind: 'input'
  readonly value: number | string
  readonly format: NumberFormat | 'text'
  readonly allowed:
    | {
        readonly kind: 'number'
        readonly isInteger: boolean
        readonly least: number | null
        readonly above: number | null
        readonly most: number | null
        readonly below: number | null
      }
    /** One of these texts. */
    | { readonly kind: 'choice'; readonly among: readonly string[] }
    | { readonly kind: 'any' }
  /** Said when what is entered is not allowed. */
  readonly refusal: string
}

export type Cell = (PreviewCell | FormulaCell | InputCell) & {
  /** By which formulas and charts refer to it; unique in the workbook. */
  readonly id?: string
  /** A defined name of the workbook for it. */
  readonly name?: string
}

export interface TableColumn extends PreviewColumn {
  /** Writes the header anew when what it depends on changes; gives `header` for the values in the workbook. */
  readonly formula?: Formula
}

/** Coloured by what a cell shows, also after it is computed anew. */
export interface ToneRule {
  readonly text: string
  readonly tone: Tone
}

export interface ChartSeries extends PreviewSeries {
  /** Where its name, its x and its y stand in the workbook. */
  readonly reference: { readonly name: Reference; readonly x: Reference; readonly y: Reference }
}
export interface Chart extends Omit<PreviewChart, 'series'> {
  readonly series: readonly ChartSeries[]
}

type Plain = Exclude<PreviewBlock, { kind: 'table' | 'chart' | 'figures' | 'verdict' | 'paragraph' }>

export type Block =
  | Plain
  | { readonly kind: 'paragraph'; readonly text: string; readonly tone?: Tone }
  /** A sentence that a formula writes. */
  | { readonly kind: 'live-paragraph'; readonly cell: Cell; readonly tone?: Tone }
  | { readonly kind: 'verdict'; readonly label: string; readonly text: string; readonly tone: Tone }
  | {
      readonly kind: 'table'
      readonly columns: readonly TableColumn[]
      readonly rows: readonly (readonly Cell[])[]
      /** Colours that follow the cells' texts. */
      readonly toneRules?: readonly ToneRule[]
    }
  | {
      readonly kind: 'figures'
      readonly figures: readonly { readonly label: string; readonly cell: Cell; readonly note: string }[]
      /** As of a table. */
      readonly toneRules?: readonly ToneRule[]
    }
  | Chart

export interface SheetModel extends Omit<PreviewSheet, 'blocks'> {
  readonly blocks: readonly Block[]
  /** The workings: not part of the preview. */
  readonly isWorkings?: true
  /** How many of its columns, from the left, are printed; left out, all of them. */
  readonly printedColumns?: number
}

export interface ReportModel extends Omit<PreviewModel, 'sheets'> {
  readonly sheets: readonly SheetModel[]
}

export const text = (value: string, options: { tone?: Tone; bold?: boolean } = {}): PreviewCell => ({
  kind: 'text',
  text: value,
  ...options,
})

export const number = (value: number | null, format: NumberFormat, tone?: Tone): PreviewCell =>
  value === null || !Number.isFinite(value)
    ? { kind: 'missing' }
    : { kind: 'number', value, format, ...(tone === undefined ? {} : { tone }) }

export const empty: PreviewCell = { kind: 'empty' }

export const at = (cell: string): Reference => ({ cell })
export const between = (from: string, to: string): Reference => ({ from, to })

/** A formula written as a template: references in the holes. Strings in them are text of the formula. */
export const formula = (
  texts: TemplateStringsArray,
  ...holes: readonly (Reference | string | number | Formula)[]
): Formula =>
  texts.flatMap((piece, index) => {
    const hole = index < holes.length ? holes[index] : undefined
    if (hole === undefined) return piece === '' ? [] : [piece]
    const inner: Formula = Array.isArray(hole)
      ? (hole as Formula)
      : [typeof hole === 'number' ? String(hole) : (hole as string | Reference)]
    return piece === '' ? [...inner] : [piece, ...inner]
  })

export { quoted } from './safe-text.ts'
