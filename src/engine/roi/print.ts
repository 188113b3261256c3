import { assertNever } from '../../shared/errors.ts'
import type { Expression } from './expression.ts'

/** How a workbook refers to quantities. */
export interface QuantityReferences<Reference> {
  /** To one quantity. */
  readonly cell: (key: string) => Reference
  /** To rows that stand together, in order. */
  readonly range: (first: string, last: string) => Reference
}

/** Decimals to which numbers are rounded before they are taken up or down to a whole one. */
const WHOLE_DECIMALS = 9

/**
 * An expression as a spreadsheet formula without its leading "=": text as it stands, and references. Every operation
 * stands in brackets: precedence never decides (in spreadsheets −2^2 is 4). Where there is no answer it gives #N/A,
 * which spreads in a spreadsheet as null does in `evaluate`.
 */
export function printFormula<Reference>(
  expression: Expression,
  references: QuantityReferences<Reference>,
): readonly (string | Reference)[] {
  type Part = string | Reference
  const print = (part: Expression): readonly Part[] => printFormula(part, references)
  const list = (parts: readonly Expression[]): readonly Part[] =>
    parts.flatMap((part, index) => (index === 0 ? print(part) : [',', ...print(part)]))
  const range = (rows: readonly string[]): Reference => {
    const [first, last] = [rows[0], rows.at(-1)]
    if (first === undefined || last === undefined) throw new RangeError('a formula over no rows')
    return references.range(first, last)
  }
  switch (expression.op) {
    case 'constant': {
      const digits = String(expression.value).toUpperCase()
      return [expression.value < 0 ? `(${digits})` : digits]
    }
    case 'quantity':
      return [references.cell(expression.key)]
    case 'none':
      return ['NA()']
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
      return ['(', ...print(expression.left), expression.op, ...print(expression.right), ')']
    case 'min':
    case 'max':
      return [expression.op === 'min' ? 'MIN(' : 'MAX(', ...list(expression.of), ')']
    case 'floor':
      return ['INT(ROUND(', ...print(expression.of), `,${WHOLE_DECIMALS}))`]
    case 'ceil':
      return ['(-INT(-ROUND(', ...print(expression.of), `,${WHOLE_DECIMALS})))`]
    case 'if':
      return [
        'IF(',
        ...print(expression.left),
        expression.comparison,
        ...list([expression.right, expression.then, expression.otherwise]),
        ')',
      ]
    case 'sum':
      return ['SUM(', range(expression.rows), ')']
    case 'npv':
      return ['NPV(', ...print(expression.rate), ',', range(expression.rows), ')']
    case 'irr':
      return ['IRR(', range(expression.rows), ',', ...print(expression.guess), ')']
    default:
      return assertNever(expression)
  }
}
