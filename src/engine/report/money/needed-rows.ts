import type { Expression, RoiModel } from '../../roi/index.ts'

/** The rows and inputs that a row follows from, itself included. */
export function neededFor(key: string, { rows }: RoiModel): ReadonlySet<string> {
  const expressions = new Map(rows.map((row) => [row.key, row.expression]))
  const needed = new Set<string>()
  const visit = (of: string): void => {
    if (needed.has(of)) return
    needed.add(of)
    const expression = expressions.get(of)
    if (expression !== undefined) for (const next of quantitiesIn(expression)) visit(next)
  }
  visit(key)
  return needed
}

function quantitiesIn(expression: Expression): readonly string[] {
  switch (expression.op) {
    case 'constant':
    case 'none':
      return []
    case 'quantity':
      return [expression.key]
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
      return [expression.left, expression.right].flatMap(quantitiesIn)
    case 'min':
    case 'max':
      return expression.of.flatMap(quantitiesIn)
    case 'ceil':
    case 'floor':
      return quantitiesIn(expression.of)
    case 'if': {
      const { left, right, then, otherwise } = expression
      return [left, right, then, otherwise].flatMap(quantitiesIn)
    }
    case 'sum':
      return expression.rows
    case 'npv':
      return [...quantitiesIn(expression.rate), ...expression.rows]
    case 'irr':
      return [...quantitiesIn(expression.guess), ...expression.rows]
  }
}
