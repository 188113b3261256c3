/**
 * Arithmetic as a value: one definition that is computed here and printed as a spreadsheet formula, so that the workbook
 * and the engine cannot disagree. What has no answer is null here and #N/A there.
 */

export type Comparison = '<' | '<=' | '>' | '>=' | '='
export type Operator = '+' | '-' | '*' | '/' | '^'

export type Expression =
  | { readonly op: 'constant'; readonly value: number }
  /** An input or an earlier row of the model, by key. */
  | { readonly op: 'quantity'; readonly key: string }
  /** No answer; whatever is computed from it has none either. */
  | { readonly op: 'none' }
  | { readonly op: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly op: 'min' | 'max'; readonly of: readonly Expression[] }
  /** To a whole number; what is one but for 10⁻⁹ counts as one, so that 0.1 · 30 devices are 3 and not 4. */
  | { readonly op: 'ceil' | 'floor'; readonly of: Expression }
  | {
      readonly op: 'if'
      readonly left: Expression
      readonly comparison: Comparison
      readonly right: Expression
      readonly then: Expression
      readonly otherwise: Expression
    }
  /** Over rows that stand together, in order. */
  | { readonly op: 'sum'; readonly rows: readonly string[] }
  /** Σ rows[i] / (1 + rate)^(i + 1): the first row comes at the end of the first period. */
  | { readonly op: 'npv'; readonly rate: Expression; readonly rows: readonly string[] }
  /**
   * The rate at which the rows, the first undiscounted, are worth 0; none unless their sign changes exactly once.
   * Spreadsheets search for it from `guess`, and have no answer where that has none.
   */
  | { readonly op: 'irr'; readonly guess: Expression; readonly rows: readonly string[] }

export const constant = (value: number): Expression => ({ op: 'constant', value })
export const none: Expression = { op: 'none' }

/** Strings stand for quantities, numbers for constants. */
export type Term = Expression | string | number

export const quantity = (key: string): Expression => ({ op: 'quantity', key })

const term = (value: Term): Expression => {
  if (typeof value === 'string') return quantity(value)
  return typeof value === 'number' ? constant(value) : value
}

const chain =
  (op: '+' | '*') =>
  (first: Term, ...rest: readonly Term[]): Expression =>
    rest.reduce<Expression>((left, right) => ({ op, left, right: term(right) }), term(first))

export const add = chain('+')
export const multiply = chain('*')

/** @param terms at least one */
export const total = (terms: readonly Term[]): Expression => {
  const [first, ...rest] = terms
  if (first === undefined) throw new RangeError('a sum of nothing')
  return add(first, ...rest)
}

const binary =
  (op: '-' | '/' | '^') =>
  (left: Term, right: Term): Expression => ({ op, left: term(left), right: term(right) })

export const subtract = binary('-')
export const divide = binary('/')
export const power = binary('^')
export const least = (...of: readonly Term[]): Expression => ({ op: 'min', of: of.map(term) })
export const largest = (...of: readonly Term[]): Expression => ({ op: 'max', of: of.map(term) })
export const ceil = (of: Term): Expression => ({ op: 'ceil', of: term(of) })
export const floor = (of: Term): Expression => ({ op: 'floor', of: term(of) })
export const sum = (rows: readonly string[]): Expression => ({ op: 'sum', rows })
export const npv = (rate: Term, rows: readonly string[]): Expression => ({
  op: 'npv',
  rate: term(rate),
  rows,
})
export const irr = (guess: Term, rows: readonly string[]): Expression => ({
  op: 'irr',
  guess: term(guess),
  rows,
})

/** `left comparison right ? then : otherwise` */
export const choose = (
  left: Term,
  comparison: Comparison,
  right: Term,
  then: Term,
  otherwise: Term,
): Expression => ({
  op: 'if',
  left: term(left),
  comparison,
  right: term(right),
  then: term(then),
  otherwise: term(otherwise),
})
