import { type Cell, type Formula, type FormulaResult, formula, type NumberFormat } from '../sheet-model.ts'

/** A number as a formula, and what it is for the values that stand in the workbook; null is #N/A. */
export interface Live {
  readonly formula: Formula
  readonly value: number | null
}

export const liveCell = (
  { formula: content, value }: { readonly formula: Formula; readonly value: FormulaResult },
  format: NumberFormat | 'text',
  rest: { readonly id?: string; readonly name?: string; readonly bold?: boolean } = {},
): Cell => ({ kind: 'formula', formula: content, result: value, format, ...rest })

/** Formulas one after the other, separated by commas: arguments of a function. */
export const list = (formulas: readonly Formula[]): Formula =>
  formulas.flatMap((one, index) => (index === 0 ? one : [',', ...one]))

/** What equal amounts differ by after two ways of adding them up is less. */
const DIFFERENCE_DECIMALS = 6

/** As a spreadsheet's ROUND: halves go away from 0. */
const roundedTo = (value: number, decimals: number): number =>
  (Math.sign(value) * Math.round(Math.abs(value) * 10 ** decimals)) / 10 ** decimals

/** `difference(a, b)` = a − b, 0 where only rounding sets them apart. */
export const difference = (left: Live, right: Live): Live => ({
  formula: formula`ROUND(${left.formula}-${right.formula},${DIFFERENCE_DECIMALS})`,
  value:
    left.value === null || right.value === null
      ? null
      : roundedTo(left.value - right.value, DIFFERENCE_DECIMALS),
})
