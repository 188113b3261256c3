import type { Locale } from '../../shared/messages/index.ts'
import {
  type Assumption,
  ASSUMPTION_KEYS,
  type AssumptionKey,
  type Assumptions,
  type AssumptionsFile,
  assumptionsSchema,
} from '../../shared/roi/assumptions.ts'
import { rangeInProportion } from '../../shared/roi/range.ts'
import { targetValues } from './device-values.ts'
import { checkWith } from './refusal.ts'
import { deviceOf, type PriceTables } from './tables.ts'

type Entered = NonNullable<NonNullable<AssumptionsFile['values']>[AssumptionKey]>

/**
 * Fills what a file leaves out. A device brings its memory, bandwidth, compute, power and, where it is known, its price;
 * a value without a range keeps the proportion of its default's.
 *
 * @param defaults in the file's currency
 * @param source what messages call the file
 * @throws AppError assumptions/unknown-device, and by field where values contradict each other's limits
 */
export function completeAssumptions(
  file: AssumptionsFile,
  {
    defaults,
    tables,
    locale,
    source,
  }: {
    readonly defaults: Assumptions
    readonly tables: PriceTables
    readonly locale: Locale
    readonly source: string
  },
): Assumptions {
  const device = file.device === undefined ? defaults.device : file.device
  const ofDevice =
    device === null || device === defaults.device
      ? {}
      : targetValues(deviceOf(tables.devices, device, source), tables, locale)
  const base = { ...defaults.values, ...ofDevice }
  const values = Object.fromEntries(
    ASSUMPTION_KEYS.map((key) => {
      const entered = file.values?.[key]
      return [key, entered === undefined ? base[key] : completed(key, entered, base[key])]
    }),
  )
  const { schema, name, currency } = defaults
  return checkWith(assumptionsSchema, { schema, name: file.name ?? name, currency, device, values }, source)
}

function completed(key: AssumptionKey, entered: Entered, standard: Assumption): Assumption {
  const given = typeof entered === 'number' ? { value: entered } : entered
  const range = { ...rangeInProportion(key, given.value, standard), ...rangeOf(given) }
  const isUnchanged =
    given.value === standard.value &&
    range.pessimistic === standard.pessimistic &&
    range.optimistic === standard.optimistic
  // A template that somebody has edited still says "default" where it was edited.
  if (isUnchanged && given.origin !== undefined && given.origin !== 'entered') return standard
  return {
    value: given.value,
    ...range,
    source: given.source ?? '',
    date: given.date ?? null,
    origin: 'entered',
  }
}

const rangeOf = ({ pessimistic, optimistic }: Exclude<Entered, number>): Partial<Assumption> => ({
  ...(pessimistic === undefined ? {} : { pessimistic }),
  ...(optimistic === undefined ? {} : { optimistic }),
})
