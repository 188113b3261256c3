import { MAX_YEARS } from '../../shared/roi/assumptions.ts'
import { choose, type Expression, type Term } from './expression.ts'

export type Unit =
  | 'tokens'
  | 'seconds'
  | 'bytes'
  | 'sequences'
  | 'requests'
  | 'requests/s'
  | 'devices'
  | 'currency'
  | 'currency/1000 requests'
  | 'kWh'
  | 'kg'
  | 'hours'
  | 'years'
  | 'ratio'
  | 'count'

/** One row of the calculation: how a quantity follows from inputs and earlier rows. */
export interface ModelRow {
  readonly key: string
  readonly unit: Unit
  readonly expression: Expression
  /** Year of a row that comes once a year; 0 is the decision. */
  readonly year?: number
}

export const years = (from: 0 | 1): readonly number[] =>
  Array.from({ length: MAX_YEARS + 1 - from }, (_, index) => from + index)

/** Keys of a series. */
export const yearly = (key: string, from: 0 | 1): readonly string[] =>
  years(from).map((year) => `${key}.${year}`)

/** One row a year, standing together. */
export const series = (
  key: string,
  unit: Unit,
  from: 0 | 1,
  expression: (year: number) => Expression,
): ModelRow[] =>
  years(from).map((year) => ({ key: `${key}.${year}`, unit, year, expression: expression(year) }))

export const single = (key: string, unit: Unit, expression: Expression): ModelRow => ({
  key,
  unit,
  expression,
})

/** A year counts from 1 to the horizon. */
export const within = (year: number, then: Term): Expression => choose(year, '<=', 'horizon', then, 0)
