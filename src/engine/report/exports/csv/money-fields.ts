import type { Cost, CostYear, Sizing } from '../../../../shared/roi/result.ts'
import type { TidyRow } from './tidy-row.ts'

/** What a set of values belongs to. */
type Place = Pick<TidyRow, 'section' | 'arm' | 'scenario'>

const YEAR_UNITS: Readonly<Record<Exclude<keyof CostYear, 'year'>, string | null>> = {
  devices: 'count',
  purchases: null,
  power: null,
  maintenance: null,
  operation: null,
  oneOff: null,
  cost: null,
  co2Kg: 'kg',
  served: '1',
}

const COST_UNITS: Readonly<Record<Exclude<keyof Cost, 'years'>, string | null>> = {
  tco: null,
  tcoPresent: null,
  energyKwh: 'kWh',
  co2Kg: 'kg',
  perThousandRequests: null,
}

export const SIZING_UNITS: Readonly<Record<keyof Sizing, string>> = {
  ttftSeconds: 'seconds',
  tpotSeconds: 'seconds',
  kvBytesPerSequence: 'bytes',
  weightsBytes: 'bytes',
  batchByMemory: 'count',
  batchByLatency: 'count',
  batch: 'count',
  deviceSecondsPerRequest: 'seconds',
  responseSeconds: 'seconds',
  devicesByThroughput: 'count',
  devicesByMemory: 'count',
  devices: 'count',
}

/** One row for each field that has a unit; a unit of null is the currency. */
export function fieldRows<Key extends string>(
  place: Place & Pick<TidyRow, 'year'>,
  values: Readonly<Record<Key, number | null>>,
  units: Readonly<Record<Key, string | null>>,
  currency: string,
): TidyRow[] {
  return (Object.keys(units) as Key[]).map((metric) => ({
    ...place,
    metric,
    value: values[metric],
    unit: units[metric] ?? currency,
    provenance: 'estimated',
  }))
}

/** Costs of one way to go: by year, and totals. */
export const costRows = (place: Place, cost: Cost, currency: string): TidyRow[] => [
  ...cost.years.flatMap((year) => fieldRows({ ...place, year: year.year }, year, YEAR_UNITS, currency)),
  ...fieldRows(place, cost, COST_UNITS, currency),
]
