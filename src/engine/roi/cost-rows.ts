import { MAX_YEARS } from '../../shared/roi/assumptions.ts'
import {
  add,
  ceil,
  choose,
  constant,
  divide,
  type Expression,
  largest,
  least,
  multiply,
  none,
  npv,
  subtract,
  sum,
  type Term,
  total,
} from './expression.ts'
import { type ModelRow, series, single, within, yearly, years } from './rows.ts'

const SECONDS_PER_HOUR = 3600
const WATTS_PER_KILOWATT = 1000
const THOUSAND = 1000

/** What one device costs to buy. */
const unitPrice = add('devicePrice', 'serverShare')
const nothing = constant(0)
/** What a year's cost is the sum of. */
const COSTS = ['purchaseCost', 'power', 'maintenance', 'operation', 'oneOff'] as const

/** Owned devices count as new at the decision; they serve as long as bought ones. */
const ownedIn = (year: number): Expression => choose('deviceLife', '>=', year, 'ownedDevices', 0)

/**
 * Serving the whole demand with one arm. What a year needs beyond the devices still alive is bought at the end of the
 * year before, and serves for `deviceLife` years; nothing is sold. Devices that a year does not need are switched off:
 * they cost maintenance, but neither power nor work.
 */
export function costRows(arm: 'baseline' | 'candidate'): ModelRow[] {
  const of = (name: string): string => `${arm}.${name}`
  /** Alive in a year, of those owned and those bought before the end of the year `until`. */
  const alive = (year: number, until: number): Expression =>
    add(
      ownedIn(year),
      ...years(0)
        .filter((bought) => bought < until)
        .map((bought) => choose('deviceLife', '>=', year - bought, of(`purchases.${bought}`), 0)),
    )
  return [
    ...series(of('devices'), 'devices', 0, (year) =>
      year === 0 ? nothing : ceil(largest(of(`devicesByThroughput.${year}`), of(`devicesByMemory.${year}`))),
    ),
    ...series(of('purchases'), 'devices', 0, (year) =>
      year === MAX_YEARS ? nothing : largest(0, subtract(of(`devices.${year + 1}`), alive(year + 1, year))),
    ),
    ...series(of('fleet'), 'devices', 1, (year) => alive(year, year)),
    ...yearlyCostRows(arm, {
      busySeconds: (year) => multiply(`requests.${year}`, of('deviceSeconds')),
      purchaseCost: (year) => multiply(of(`purchases.${year}`), unitPrice),
      oneOff: arm === 'candidate' ? add('pocCost', 'tuningCost', 'migrationCost') : nothing,
    }),
    ...totalRows(arm, 'requestsTotal'),
  ]
}

/**
 * Neither buying nor changing anything: the devices that are owned go on with the baseline until their life ends, and
 * answer what they can of the demand at peak.
 */
export function doNothingRows(): ModelRow[] {
  const needed = (year: number): Expression =>
    largest(`baseline.devicesByThroughput.${year}`, `baseline.devicesByMemory.${year}`)
  return [
    ...series('doNothing.fleet', 'devices', 1, ownedIn),
    ...series('doNothing.devices', 'devices', 0, (year) =>
      year === 0 ? nothing : least(`doNothing.fleet.${year}`, `baseline.devices.${year}`),
    ),
    ...series('doNothing.served', 'ratio', 1, (year) =>
      choose(needed(year), '>', 0, least(1, divide(`doNothing.fleet.${year}`, needed(year))), 1),
    ),
    ...series('doNothing.answered', 'requests', 1, (year) =>
      multiply(`requests.${year}`, `doNothing.served.${year}`),
    ),
    single('doNothing.answeredTotal', 'requests', sum(yearly('doNothing.answered', 1))),
    ...yearlyCostRows('doNothing', {
      busySeconds: (year) => multiply(`doNothing.answered.${year}`, 'baseline.deviceSeconds'),
      purchaseCost: () => nothing,
      oneOff: nothing,
    }),
    ...totalRows('doNothing', 'doNothing.answeredTotal'),
  ]
}

interface Spending {
  /** Device seconds that answering takes in a year. */
  readonly busySeconds: (year: number) => Expression
  readonly purchaseCost: (year: number) => Expression
  /** At the decision. */
  readonly oneOff: Expression
}

function yearlyCostRows(way: string, { busySeconds, purchaseCost, oneOff }: Spending): ModelRow[] {
  const of = (name: string): string => `${way}.${name}`
  const busyHours = (year: number): Expression => divide(busySeconds(year), SECONDS_PER_HOUR)
  const afterDecision =
    (expression: (year: number) => Expression) =>
    (year: number): Expression =>
      year === 0 ? nothing : expression(year)
  return [
    // Active above idle power while devices are busy, idle power as long as they are switched on; a busy device is
    // switched on, and takes no less than an idle one.
    ...series(
      of('energy'),
      'kWh',
      0,
      afterDecision((year) =>
        multiply(
          divide(
            add(
              multiply(busyHours(year), subtract(largest('activePower', 'idlePower'), 'idlePower')),
              multiply(
                largest(multiply(of(`devices.${year}`), 'poweredHoursPerYear'), busyHours(year)),
                'idlePower',
              ),
            ),
            WATTS_PER_KILOWATT,
          ),
          'pue',
        ),
      ),
    ),
    ...series(of('co2'), 'kg', 0, (year) => multiply(of(`energy.${year}`), 'co2PerKwh')),
    ...series(of('purchaseCost'), 'currency', 0, purchaseCost),
    ...series(of('power'), 'currency', 0, (year) => multiply(of(`energy.${year}`), 'powerPrice')),
    ...series(
      of('maintenance'),
      'currency',
      0,
      afterDecision((year) => within(year, multiply(of(`fleet.${year}`), unitPrice, 'maintenanceRate'))),
    ),
    ...series(
      of('operation'),
      'currency',
      0,
      afterDecision((year) => multiply(of(`devices.${year}`), 'operationHours', 'hourlyCost')),
    ),
    ...series(of('oneOff'), 'currency', 0, (year) => (year === 0 ? oneOff : nothing)),
    ...series(of('cost'), 'currency', 0, (year) => total(COSTS.map((name) => of(`${name}.${year}`)))),
  ]
}

function totalRows(way: string, answered: Term): ModelRow[] {
  const of = (name: string): string => `${way}.${name}`
  return [
    single(of('tco'), 'currency', sum(yearly(of('cost'), 0))),
    single(of('tcoPresent'), 'currency', add(of('cost.0'), npv('discountRate', yearly(of('cost'), 1)))),
    single(of('energyTotal'), 'kWh', sum(yearly(of('energy'), 1))),
    single(of('co2Total'), 'kg', sum(yearly(of('co2'), 1))),
    single(
      of('perThousandRequests'),
      'currency/1000 requests',
      choose(answered, '>', 0, divide(multiply(of('tco'), THOUSAND), answered), none),
    ),
  ]
}
