/** Changes of a set of assumptions; each answers a new set. */
import {
  type Assumption,
  type AssumptionKey,
  ASSUMPTION_KEYS,
  type Assumptions,
  type Device,
} from '../../shared/roi/assumptions.ts'
import { rangeInProportion } from '../../shared/roi/range.ts'
import { definitionOf } from './assumption-entry.ts'

export const PARTS = ['value', 'pessimistic', 'optimistic'] as const
export type Part = (typeof PARTS)[number]

const withAssumption = (set: Assumptions, key: AssumptionKey, changed: Partial<Assumption>): Assumptions => ({
  ...set,
  values: { ...set.values, [key]: { ...set.values[key], ...changed } },
})

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
  const inProportion = rangeInProportion(key, before.value, base.values[key])
  const following = rangeInProportion(key, number, base.values[key])
  const bound = (name: 'pessimistic' | 'optimistic'): number =>
    before[name] === inProportion[name] ? following[name] : before[name]
  return withAssumption(set, key, {
    ...own,
    value: number,
    pessimistic: bound('pessimistic'),
    optimistic: bound('optimistic'),
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

/** What follows from a device, in the place of what was assumed of the one before, also where that was entered. */
export const withDevice = (set: Assumptions, device: Device | null): Assumptions => ({
  ...set,
  device: device?.id ?? null,
  values: { ...set.values, ...device?.values },
})

/** Defaults with a device that was chosen, told by its id, in the place of their own. */
export function onDevice(defaults: Assumptions, id: string | null, devices: readonly Device[]): Assumptions {
  if (id === defaults.device) return defaults
  return withDevice(defaults, devices.find((each) => each.id === id) ?? null)
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

/** Somebody's own part of a set: the rest follows from the run, the device and the language. */
const enteredIn = ({ currency, device, values }: Assumptions) => ({
  currency,
  device,
  values: ASSUMPTION_KEYS.map((key) => values[key]).map((each) => (each.origin === 'entered' ? each : null)),
})

/** Whether somebody has entered the same in both. */
export const isEnteredAlike = (a: Assumptions, b: Assumptions): boolean =>
  JSON.stringify(enteredIn(a)) === JSON.stringify(enteredIn(b))
