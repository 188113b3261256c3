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

/** `difference(a, b)` = a − b */
export const difference = (left: Live, right: Live): Live => ({
  formula: formula`(${left.formula}-${right.formula})`,
  value: left.value === null || right.value === null ? null : left.value - right.value,
})
