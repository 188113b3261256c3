/** Changes of a set of assumptions; each answers a new set. */
import {
  type Assumption,
  type AssumptionKey,
  ASSUMPTION_KEYS,
  type Assumptions,
  type Device,
} from '../../shared/roi/assumptions.ts'
import { definitionOf, problemOf, rounded } from './assumption-entry.ts'

export const PARTS = ['value', 'pessimistic', 'optimistic'] as const
export type Part = (typeof PARTS)[number]

const withAssumption = (set: Assumptions, key: AssumptionKey, changed: Partial<Assumption>): Assumptions => ({
  ...set,
  values: { ...set.values, [key]: { ...set.values[key], ...changed } },
})

/** A bound as far from a value as the model's bound is from the model's value; the value itself where that is impossible. */
function inProportion(key: AssumptionKey, value: number, model: Assumption, part: Part): number {
  const definition = definitionOf(key)
  // By the distance and not by the factor: below 0, as above, the pessimistic value stays on its side.
  const share = model.value === 0 ? 0 : (model[part] - model.value) / Math.abs(model.value)
  const bound = value + share * Math.abs(value)
  const exact = definition.isInteger === true ? Math.round(bound) : rounded(bound)
  const possible = Math.min(Math.max(exact, definition.least ?? -Infinity), definition.most ?? Infinity)
  return problemOf(definition, possible) === null ? possible : value
}

/** Where a value was not the company's own, neither is its source. */
const entered = ({ origin, source, date }: Assumption): Pick<Assumption, 'origin' | 'source' | 'date'> =>
  origin === 'entered' ? { origin, source, date } : { origin: 'entered', source: '', date: null }

/**
 * Takes a number that somebody entered. Bounds that still have the default's proportion to the value keep it.
 *
 * @param base the set with nothing entered
 */
export function withEntered(
  set: Assumptions,
  base: Assumptions,
  key: AssumptionKey,
  part: Part,
  number: number,
): Assumptions {
  const before = set.values[key]
  const own = entered(before)
  if (part !== 'value') return withAssumption(set, key, { ...own, [part]: number })
  const following = (bound: 'pessimistic' | 'optimistic'): number =>
    before[bound] === inProportion(key, before.value, base.values[key], bound)
      ? inProportion(key, number, base.values[key], bound)
      : before[bound]
  return withAssumption(set, key, {
    ...own,
    value: number,
    pessimistic: following('pessimistic'),
    optimistic: following('optimistic'),
  })
}

/** Says where a value is from; who says so stands by the value. */
export const withSource = (
  set: Assumptions,
  key: AssumptionKey,
  source: string,
  date: string | null,
): Assumptions => withAssumption(set, key, { origin: 'entered', source, date })

/** A default that somebody stands by. */
export const withConfirmed = (set: Assumptions, key: AssumptionKey): Assumptions =>
  withAssumption(set, key, { origin: 'entered' })

export const withReset = (set: Assumptions, base: Assumptions, key: AssumptionKey): Assumptions =>
  withAssumption(set, key, base.values[key])

/** A device's data sheet in the place of what was assumed of the device. Its price varies as the one before did. */
export function withDevice(set: Assumptions, device: Device | null): Assumptions {
  if (device === null) return { ...set, device: null }
  const price = device.prices[set.currency]
  const filled: Partial<Record<AssumptionKey, number>> = {
    deviceMemory: device.memory,
    targetBandwidth: device.bandwidth,
    targetCompute: device.compute,
    activePower: device.power,
    ...(price === undefined ? {} : { devicePrice: price }),
  }
  const values = Object.entries(filled).map(([key, value]): [string, Assumption] => {
    const of = key as AssumptionKey
    const model = set.values[of]
    return [
      of,
      {
        value,
        pessimistic: inProportion(of, value, model, 'pessimistic'),
        optimistic: inProportion(of, value, model, 'optimistic'),
        source: device.source,
        date: device.date,
        origin: 'default',
      },
    ]
  })
  return { ...set, device: device.id, values: { ...set.values, ...Object.fromEntries(values) } }
}

/** What was entered, over other defaults. */
export function rebased(set: Assumptions, base: Assumptions): Assumptions {
  const own = ASSUMPTION_KEYS.filter((key) => set.values[key].origin === 'entered')
  return {
    ...base,
    name: set.name,
    values: { ...base.values, ...Object.fromEntries(own.map((key) => [key, set.values[key]])) },
  }
}

const isMoney = (key: AssumptionKey): boolean => definitionOf(key).unit.startsWith('currency')

/** The amounts of another set, in its currency; what is no amount stays. */
export function withAmountsOf(set: Assumptions, amounts: Assumptions): Assumptions {
  const money = ASSUMPTION_KEYS.filter(isMoney)
  return {
    ...set,
    currency: amounts.currency,
    values: { ...set.values, ...Object.fromEntries(money.map((key) => [key, amounts.values[key]])) },
  }
}

export const isSame = (a: Assumptions, b: Assumptions): boolean => JSON.stringify(a) === JSON.stringify(b)
