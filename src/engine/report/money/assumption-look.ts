import type { AssumptionDefinition, AssumptionUnit } from '../../../shared/roi/assumptions.ts'
import type { InputCell, NumberFormat } from '../sheet-model.ts'
import type { MoneyWords } from './money-words.ts'

/** How values of a unit are written. */
export function assumptionFormat(unit: AssumptionUnit): NumberFormat {
  switch (unit) {
    case 'requests/month':
    case 'tokens':
    case 'years':
    case 'count':
      return 'integer'
    case 'hours/month':
    case 'hours/year':
    case 'minutes':
    case 'seconds':
    case 'GiB':
    case 'GB/s':
    case 'TFLOP/s':
    case 'W':
      return 'decimal1'
    case 'factor':
      return 'decimal2'
    case 'share':
      return 'percent1'
    case 'kg/kWh':
      return 'decimal4'
    case 'currency':
    case 'currency/hour':
      return 'money'
    case 'currency/kWh':
      return 'price'
  }
}

const FINER = [
  { format: 'decimal1', decimals: 1 },
  { format: 'decimal2', decimals: 2 },
  { format: 'decimal4', decimals: 4 },
] as const

/** Half a unit of the third significant digit of 1. */
const TOLERANCE = 0.005

/** How values of a unit are written, with decimals enough for three significant digits of each. */
export function shownFormat(unit: AssumptionUnit, values: readonly number[]): NumberFormat {
  const usual = assumptionFormat(unit)
  const place = FINER.findIndex(({ format }) => format === usual)
  if (place === -1) return usual
  const isExact = (decimals: number): boolean =>
    values.every((value) => Math.abs(Number(value.toFixed(decimals)) - value) <= TOLERANCE * Math.abs(value))
  return FINER.slice(place).find(({ decimals }) => isExact(decimals))?.format ?? 'decimal4'
}

/** A cell for one number of an assumption, refusing what the calculation cannot take. */
export function assumptionInput(
  definition: AssumptionDefinition,
  value: number,
  label: string,
  words: MoneyWords,
): InputCell {
  const { unit, isInteger, least, above, most, below } = definition
  const bounds = { least, above, most, below }
  const limits = [
    ...(isInteger === true ? [words('limit.integer')] : []),
    ...BOUNDS.flatMap((bound) => {
      const limit = bounds[bound]
      return limit === undefined ? [] : [words(`limit.${bound}`, { limit })]
    }),
  ]
  return {
    kind: 'input',
    value,
    format: assumptionFormat(unit),
    allowed: {
      kind: 'number',
      isInteger: isInteger ?? false,
      least: least ?? null,
      above: above ?? null,
      most: most ?? null,
      below: below ?? null,
    },
    refusal: words('refusal', { label, limits: limits.join(words('list.separator')) }),
  }
}

const BOUNDS = ['least', 'above', 'most', 'below'] as const
