import type { AssumptionKey } from '../../../src/shared/roi/assumptions.ts'
import type { ArmSpec } from './fixtures.ts'

export type PlainAssumptions = Readonly<Record<AssumptionKey, number>>

interface PlainService {
  readonly batch: number
  /** Seconds of a device that one request takes. */
  readonly busy: number
  readonly response: number
  readonly byMemory: number
}

/** The time at a place on the measured curve, told by the rules in words: straight lines, going on outside. */
function timeAt(place: number, points: readonly (readonly [number, number])[], growsFromNothing: boolean) {
  const sorted = points.toSorted(([a], [b]) => a - b)
  const [firstX, firstY] = sorted[0]!
  if (sorted.length === 1) return growsFromNothing ? (firstY / firstX) * place : firstY
  let right = sorted.findIndex(([x]) => x >= place)
  if (right === -1) right = sorted.length - 1
  if (right === 0) right = 1
  const [x0, y0] = sorted[right - 1]!
  const [x1, y1] = sorted[right]!
  const weight = (place - x0) / (x1 - x0)
  const line = (1 - weight) * y0 + weight * y1
  if (place < firstX) return Math.max(line, (firstY / firstX) * place)
  const [lastX, lastY] = sorted.at(-1)!
  return place > lastX ? Math.max(line, lastY) : line
}

/** How a device serves an arm, or null where it cannot. The batch is found by trying. */
function service(a: PlainAssumptions, arm: ArmSpec): PlainService | null {
  const middle = a.inputTokens + a.outputTokens / 2
  const prefill =
    (timeAt(
      a.inputTokens,
      arm.times.map(([context, ttft]) => [context, ttft!]),
      true,
    ) /
      1000) *
    (a.measuredCompute / a.targetCompute)
  const step =
    (timeAt(
      middle,
      arm.times.map(([context, , tpot]) => [context, tpot!]),
      false,
    ) /
      1000) *
    (a.measuredBandwidth / a.targetBandwidth)
  const weights = arm.weightsBytes!
  const kv = arm.kvBytesPerToken * middle
  const response = (batch: number): number =>
    prefill + step * (a.outputTokens - 1) * ((weights + batch * kv) / (weights + kv))
  const room = a.deviceMemory * 1024 ** 3 * (1 - a.memoryReserve)
  const fits = (batch: number): boolean =>
    weights + batch * arm.kvBytesPerToken * (a.inputTokens + a.outputTokens) <= room
  let batch = 0
  while (batch < a.maxBatch && fits(batch + 1) && response(batch + 1) <= a.latencyTarget) batch++
  if (batch === 0) return null
  const byMemory = Math.floor((room - weights) / (arm.kvBytesPerToken * (a.inputTokens + a.outputTokens)))
  const busy = prefill + (response(batch) - prefill) / batch
  return { batch, busy, response: response(batch), byMemory }
}

export interface PlainYear {
  devices: number
  purchases: number
  power: number
  maintenance: number
  operation: number
  oneOff: number
  co2: number
  answered: number
}

/** Year by year, devices as a list of the last years that they serve. Null where the arm cannot be served. */
export function plainCosts(
  a: PlainAssumptions,
  arm: ArmSpec,
  way: 'baseline' | 'candidate' | 'doNothing',
): readonly PlainYear[] | null {
  const served = service(a, arm)
  if (served === null) return null
  const price = a.devicePrice + a.serverShare
  const requestsIn = (year: number): number => {
    let requests = a.requestsPerMonth * 12
    for (let past = 1; past < year; past++) requests += requests * a.growth
    return requests
  }
  const loadIn = (year: number): number => {
    const rate = (requestsIn(year) / 12 / (a.hoursPerMonth * 3600)) * a.peakFactor
    return Math.max((rate * served.busy) / a.utilisation, (rate * served.response) / served.byMemory)
  }
  let lastYears: number[] = Array.from({ length: a.ownedDevices }, () => a.deviceLife)
  const years: PlainYear[] = []
  for (let year = 0; year <= a.horizon; year++) {
    const entry: PlainYear = {
      devices: 0,
      purchases: 0,
      power: 0,
      maintenance: 0,
      operation: 0,
      oneOff: way === 'candidate' && year === 0 ? a.pocCost + a.tuningCost + a.migrationCost : 0,
      co2: 0,
      answered: 0,
    }
    if (year > 0) {
      const load = loadIn(year)
      const share = way !== 'doNothing' || load === 0 ? 1 : Math.min(1, lastYears.length / load)
      entry.devices = Math.min(Math.ceil(load), lastYears.length)
      entry.answered = requestsIn(year) * share
      const busyHours = (entry.answered * served.busy) / 3600
      const kwh =
        (a.pue *
          (busyHours * Math.max(a.activePower, a.idlePower) +
            Math.max(0, entry.devices * a.poweredHoursPerYear - busyHours) * a.idlePower)) /
        1000
      entry.power = kwh * a.powerPrice
      entry.co2 = kwh * a.co2PerKwh
      entry.maintenance = lastYears.length * (price * a.maintenanceRate)
      entry.operation = entry.devices * (a.operationHours * a.hourlyCost)
    }
    lastYears = lastYears.filter((last) => last > year)
    if (way !== 'doNothing' && year < a.horizon) {
      const short = Math.ceil(loadIn(year + 1)) - lastYears.length
      if (short > 0) {
        entry.purchases = short * price
        for (let bought = 0; bought < short; bought++) lastYears.push(year + a.deviceLife)
      }
    }
    years.push(entry)
  }
  return years
}

export const yearCost = (year: PlainYear): number =>
  year.purchases + year.power + year.maintenance + year.operation + year.oneOff

export interface PlainReturns {
  readonly flows: readonly number[]
  readonly npv: number
  /** Of the flows without zeros. */
  readonly signChanges: number
  readonly irr: number | null
  readonly payback: number | null
  readonly discountedPayback: number | null
}

export function plainReturns(
  a: PlainAssumptions,
  baseline: readonly PlainYear[],
  candidate: readonly PlainYear[],
): PlainReturns {
  const flows = baseline.map((year, index) => yearCost(year) - yearCost(candidate[index]!))
  let npv = 0
  for (const flow of flows.toReversed()) npv = npv / (1 + a.discountRate) + flow
  let signChanges = 0
  let sign = 0
  for (const flow of flows) {
    if (flow * sign < 0) signChanges++
    if (flow !== 0) sign = Math.sign(flow)
  }
  const discounted = flows.map((flow, year) => flow * (1 + a.discountRate) ** -year)
  return {
    flows,
    npv,
    signChanges,
    irr: signChanges === 1 ? plainRate(flows) : null,
    payback: lastReturn(flows),
    discountedPayback: lastReturn(discounted),
  }
}

/** By halving the interval of the discount factor v = 1 / (1 + rate), with Horner's scheme. */
function plainRate(flows: readonly number[]): number {
  const value = (v: number): number => flows.reduceRight((sum, flow) => sum * v + flow, 0)
  let [low, high] = [0, 1]
  const atNothing = Math.sign(flows.find((flow) => flow !== 0)!)
  while (Math.sign(value(high)) === atNothing) high *= 2
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2
    if (Math.sign(value(middle)) === atNothing) low = middle
    else high = middle
  }
  return 2 / (low + high) - 1
}

function lastReturn(flows: readonly number[]): number | null {
  let balance = flows[0]!
  let answer: number | null = null
  for (let year = 1; year < flows.length; year++) {
    const next = balance + flows[year]!
    if (balance < 0 && next >= 0) answer = year - next / flows[year]!
    balance = next
  }
  return balance < 0 ? null : answer
}
