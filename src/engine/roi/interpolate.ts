import {
  add,
  choose,
  divide,
  type Expression,
  largest,
  multiply,
  quantity,
  subtract,
  type Term,
} from './expression.ts'

/** A measured value and where it was measured, both quantities by key. */
export interface MeasuredPoint {
  readonly x: string
  readonly y: string
}

/**
 * A measured curve at a place between, below or beyond its points: straight lines through neighbouring points, the outer
 * ones going on. So that no time becomes 0 or negative there, it is at least in proportion to the first point's below
 * it, and at least the last point's beyond it.
 *
 * @param at key of the place, a positive quantity
 * @param points ascending in x, at least one
 * @param lone what a single point says of other places: `proportional` to the place, or `constant`
 */
export function interpolate(
  at: string,
  points: readonly MeasuredPoint[],
  lone: 'proportional' | 'constant',
): Expression {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) throw new RangeError('a curve needs at least one point')
  const proportional = divide(multiply(first.y, at), first.x)
  if (points.length === 1) return lone === 'proportional' ? proportional : quantity(first.y)
  const below = largest(through(at, first, points[1]!), proportional)
  const beyond = largest(through(at, points.at(-2)!, last), last.y)
  const segments = points
    .slice(1)
    .map((point, index): readonly [string, Term] => [point.x, through(at, points[index]!, point)])
  const inside = segments.reduceRight<Expression>(
    (otherwise, [end, line]) => choose(at, '<=', end, line, otherwise),
    beyond,
  )
  return choose(at, '<', first.x, below, inside)
}

const through = (at: string, a: MeasuredPoint, b: MeasuredPoint): Expression =>
  add(a.y, divide(multiply(subtract(at, a.x), subtract(b.y, a.y)), subtract(b.x, a.x)))
