import { describe, expect, test } from 'vitest'

import { evaluate } from '../../../src/engine/roi/evaluate.ts'
import {
  add,
  ceil,
  choose,
  constant,
  divide,
  type Expression,
  floor,
  irr,
  largest,
  least,
  multiply,
  none,
  npv,
  power,
  subtract,
  sum,
  total,
} from '../../../src/engine/roi/expression.ts'
import { printFormula, type QuantityReferences } from '../../../src/engine/roi/print.ts'

const VALUES = new Map<string, number | null>([
  ['a', 6],
  ['b', -4],
  ['zero', 0],
  ['unknown', null],
  ['f.0', -100],
  ['f.1', 60],
  ['f.2', 60],
])
const ROWS = ['f.0', 'f.1', 'f.2']

const printed = (expression: Expression): string =>
  printFormula<string>(expression, {
    cell: (key) => `<${key}>`,
    range: (first, last) => `<${first}>:<${last}>`,
  }).join('')

describe('an expression is computed, and printed with every operation in brackets', () => {
  test.each<[Expression, number | null, string]>([
    [constant(1e-12), 1e-12, '1E-12'],
    [constant(-2), -2, '(-2)'],
    [add('a', 'b', 1), 3, '((<a>+<b>)+1)'],
    [total(['a', 'a']), 12, '(<a>+<a>)'],
    [subtract('a', 'b'), 10, '(<a>-<b>)'],
    [multiply('a', 'b', 2), -48, '((<a>*<b>)*2)'],
    [divide('a', 'b'), -1.5, '(<a>/<b>)'],
    [power('b', 2), 16, '(<b>^2)'],
    [least('a', 'b', 0), -4, 'MIN(<a>,<b>,0)'],
    [largest('a', 'b'), 6, 'MAX(<a>,<b>)'],
    [ceil(divide('a', 4)), 2, '(-INT(-ROUND((<a>/4),9)))'],
    [floor(divide('b', 3)), -2, 'INT(ROUND((<b>/3),9))'],
    [choose('a', '<', 'b', 1, 2), 2, 'IF(<a><<b>,1,2)'],
    [choose('a', '<=', 6, 1, 2), 1, 'IF(<a><=6,1,2)'],
    [choose('a', '>', 6, 1, 2), 2, 'IF(<a>>6,1,2)'],
    [choose('a', '>=', 6, 1, 2), 1, 'IF(<a>>=6,1,2)'],
    [choose('a', '=', 6, 1, 2), 1, 'IF(<a>=6,1,2)'],
    [sum(ROWS), 20, 'SUM(<f.0>:<f.2>)'],
    [add('f.0', npv(0.2, ['f.1', 'f.2'])), -100 + 60 / 1.2 + 60 / 1.44, '(<f.0>+NPV(0.2,<f.1>:<f.2>))'],
    [none, null, 'NA()'],
  ])('%j', (expression, value, formula) => {
    expect(evaluate(expression, VALUES)).toBe(value)
    expect(printed(expression)).toBe(formula)
  })

  test('a rate of return', () => {
    const rate = irr(subtract('a', 5), ROWS)
    // 100 x² = 60 x + 60
    expect(evaluate(rate, VALUES)).toBeCloseTo((3 + Math.sqrt(69)) / 10 - 1, 14)
    expect(printed(rate)).toBe('IRR(<f.0>:<f.2>,(<a>-5))')
  })

  test('references of any kind stay what they are', () => {
    const references: QuantityReferences<object> = {
      cell: (key) => ({ cell: key }),
      range: (from, to) => ({ from, to }),
    }
    expect(printFormula(add('a', sum(ROWS)), references)).toEqual([
      '(',
      { cell: 'a' },
      '+',
      'SUM(',
      { from: 'f.0', to: 'f.2' },
      ')',
      ')',
    ])
  })
})

describe('no answer', () => {
  test.each<[string, Expression]>([
    ['addition', add('unknown', 1)],
    ['multiplication by 0', multiply('unknown', 0)],
    ['the power 0', power('unknown', 0)],
    ['an unknown power', power(1, 'unknown')],
    ['a minimum', least('unknown', 1)],
    ['a maximum', largest('unknown', 1)],
    ['rounding', ceil('unknown')],
    ['a condition', choose('unknown', '<', 1, 1, 2)],
    ['its other side', choose(1, '<', 'unknown', 1, 2)],
    ['the branch that is taken', choose(1, '<', 2, 'unknown', 1)],
    ['a sum', sum(['f.0', 'unknown'])],
    ['a present value', npv(0.1, ['f.0', 'unknown'])],
    ['a present value at an unknown rate', npv('unknown', ['f.0'])],
    ['a rate of return', irr(0, ['f.0', 'unknown'])],
    ['a rate that is not unique', irr(0, ['f.1', 'f.2'])],
    ['division by 0', divide('a', 'zero')],
  ])('spreads through %s', (_, expression) => {
    expect(evaluate(expression, VALUES)).toBeNull()
  })

  test('does not come from the branch that is not taken', () => {
    expect(evaluate(choose(1, '<', 2, 'a', 'unknown'), VALUES)).toBe(6)
    expect(evaluate(choose('zero', '=', 0, 0, divide(1, 'zero')), VALUES)).toBe(0)
  })
})

test('what rounding leaves beside a whole number is the whole number', () => {
  expect(0.1 * 30).toBe(3)
  expect(0.1 * 3 * 10).toBeGreaterThan(3)
  expect(evaluate(ceil(multiply(0.1, 3, 10)), VALUES)).toBe(3)
  expect(evaluate(floor(multiply(0.29, 100)), VALUES)).toBe(29)
  expect(evaluate(ceil(3.000_001), VALUES)).toBe(4)
})

test('a quantity that the model does not have is a fault', () => {
  expect(() => evaluate(add('missing', 1), VALUES)).toThrow('the model has no quantity "missing"')
  expect(() => printed(sum([]))).toThrow(RangeError)
  expect(() => total([])).toThrow(RangeError)
})
