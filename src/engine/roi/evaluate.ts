import { assertNever } from '../../shared/errors.ts'
import type { Comparison, Expression, Operator } from './expression.ts'
import { internalRateOfReturn, presentValue } from './finance.ts'

/** A quantity's value by key; null where it has none. */
export type Values = ReadonlyMap<string, number | null>

/** Up to this far from a whole number counts as it; half a unit of the last decimal that spreadsheets round to. */
const WHOLE_TOLERANCE = 5e-10

/**
 * Computes an expression. Null spreads; what is not finite is null.
 *
 * @throws RangeError for a quantity that `values` does not have: a fault of the model, not of its inputs
 */
export function evaluate(expression: Expression, values: Values): number | null {
  const answer = compute(expression, values)
  return Number.isFinite(answer) ? answer : null
}

/** Inside, NaN stands for no answer: arithmetic spreads it by itself. */
function compute(expression: Expression, values: Values): number {
  switch (expression.op) {
    case 'constant':
      return expression.value
    case 'quantity':
      return operand(expression.key, values)
    case 'none':
      return Number.NaN
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
      return arithmetic(expression.op, compute(expression.left, values), compute(expression.right, values))
    case 'min':
      return Math.min(...expression.of.map((part) => compute(part, values)))
    case 'max':
      return Math.max(...expression.of.map((part) => compute(part, values)))
    case 'ceil':
      return Math.ceil(snapped(compute(expression.of, values)))
    case 'floor':
      return Math.floor(snapped(compute(expression.of, values)))
    case 'if': {
      const left = compute(expression.left, values)
      const right = compute(expression.right, values)
      if (Number.isNaN(left) || Number.isNaN(right)) return Number.NaN
      return compute(
        holds(expression.comparison, left, right) ? expression.then : expression.otherwise,
        values,
      )
    }
    case 'sum':
      return flows(expression.rows, values).reduce((total, flow) => total + flow, 0)
    case 'npv':
      return presentValue(compute(expression.rate, values), flows(expression.rows, values))
    case 'irr': {
      const rows = flows(expression.rows, values)
      return rows.some(Number.isNaN) ? Number.NaN : (internalRateOfReturn(rows) ?? Number.NaN)
    }
    default:
      return assertNever(expression)
  }
}

/** @throws RangeError for a quantity that `values` does not have */
export function valueOf(values: Values, key: string): number | null {
  const value = values.get(key)
  if (value === undefined) throw new RangeError(`the model has no quantity "${key}"`)
  return value
}

const operand = (key: string, values: Values): number => valueOf(values, key) ?? Number.NaN

const flows = (rows: readonly string[], values: Values): readonly number[] =>
  rows.map((key) => operand(key, values))

function snapped(value: number): number {
  const whole = Math.round(value)
  return Math.abs(value - whole) <= WHOLE_TOLERANCE ? whole : value
}

function arithmetic(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '^':
      // NaN ** 0 is 1, but what is computed from no answer has none.
      return Number.isNaN(left) ? left : left ** right
    default:
      return assertNever(operator)
  }
}

function holds(comparison: Comparison, left: number, right: number): boolean {
  switch (comparison) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    case '=':
      return left === right
    default:
      return assertNever(comparison)
  }
}
