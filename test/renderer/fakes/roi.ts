/** A return on investment that looks like one: plausible, smooth, and far simpler than the engine's. */
import { type AssumptionKey, ASSUMPTION_KEYS, type Assumptions } from '../../../src/shared/roi/assumptions.ts'
import type { Cost, RoiCandidate, RoiCase, RoiResult, Sizing } from '../../../src/shared/roi/result.ts'

type Numbers = Readonly<Record<AssumptionKey, number>>
type Source = 'value' | 'pessimistic' | 'optimistic'
/** A device takes this many requests a second at 6,000 tokens. */
const THROUGHPUT = { baseline: 0.9, candidate: 2.4 } as const

const numbersOf = ({ values }: Assumptions, source: Source): Numbers =>
  Object.fromEntries(ASSUMPTION_KEYS.map((key) => [key, values[key][source]])) as Numbers

function sizing(n: Numbers, arm: keyof typeof THROUGHPUT): Sizing {
  const peak =
    ((n.requestsPerMonth * n.peakFactor) / (n.hoursPerMonth * 3600)) * (1 + n.growth) ** (n.horizon - 1)
  const rate = (THROUGHPUT[arm] * 6000 * n.targetBandwidth) / (n.inputTokens * 864)
  const devicesByThroughput = Math.ceil(peak / (rate * n.utilisation))
  const devicesByMemory = Math.ceil((peak * (arm === 'baseline' ? 14 : 9)) / (arm === 'baseline' ? 8 : 32))
  return {
    ttftSeconds: arm === 'baseline' ? 0.82 : 0.74,
    tpotSeconds: arm === 'baseline' ? 0.031 : 0.022,
    kvBytesPerSequence: (arm === 'baseline' ? 4 : 1) * 2 ** 29,
    weightsBytes: 14.5 * 2 ** 30,
    batchByMemory: arm === 'baseline' ? 14 : 57,
    batchByLatency: arm === 'baseline' ? 8 : 41,
    batch: arm === 'baseline' ? 8 : 32,
    deviceSecondsPerRequest: 1 / rate,
    responseSeconds: arm === 'baseline' ? 14 : 9,
    devicesByThroughput,
    devicesByMemory,
    devices: Math.max(devicesByThroughput, devicesByMemory),
  }
}

function cost(n: Numbers, devices: number, oneOff: number, served = 1): Cost {
  const years = Array.from({ length: n.horizon + 1 }, (_, year) => {
    const isBegin = year === 0
    const energy = isBegin
      ? 0
      : (devices * n.poweredHoursPerYear * (n.idlePower + n.activePower) * n.pue) / 2000
    const purchases = isBegin ? devices * (n.devicePrice + n.serverShare) : 0
    const power = energy * n.powerPrice
    const maintenance = isBegin ? 0 : devices * (n.devicePrice + n.serverShare) * n.maintenanceRate
    const operation = isBegin ? 0 : devices * n.operationHours * n.hourlyCost
    const once = isBegin ? oneOff : 0
    return {
      year,
      devices,
      purchases,
      power,
      maintenance,
      operation,
      oneOff: once,
      cost: purchases + power + maintenance + operation + once,
      co2Kg: energy * n.co2PerKwh,
      served,
    }
  })
  const sum = (of: (year: (typeof years)[number]) => number): number =>
    years.reduce((total, year) => total + of(year), 0)
  const tco = sum((year) => year.cost)
  return {
    years,
    tco,
    tcoPresent: sum(({ cost: each, year }) => each / (1 + n.discountRate) ** year),
    energyKwh: sum(({ co2Kg }) => co2Kg) / n.co2PerKwh,
    co2Kg: sum(({ co2Kg }) => co2Kg),
    perThousandRequests:
      n.requestsPerMonth === 0 ? null : (tco / (n.requestsPerMonth * 12 * n.horizon)) * 1000,
  }
}

function roiCase(n: Numbers): RoiCase {
  const sizes = { baseline: sizing(n, 'baseline'), candidate: sizing(n, 'candidate') }
  const baseline = cost(n, sizes.baseline.devices ?? 0, 0)
  const candidate = cost(n, sizes.candidate.devices ?? 0, n.pocCost + n.tuningCost + n.migrationCost)
  let cumulative = 0
  let discountedCumulative = 0
  const flows = baseline.years.map(({ cost: before, year }, index) => {
    const flow = (before ?? 0) - (candidate.years[index]?.cost ?? 0)
    cumulative += flow
    discountedCumulative += flow / (1 + n.discountRate) ** year
    return { year, flow, cumulative, discountedCumulative }
  })
  const paid = flows.findIndex((each) => each.cumulative >= 0)
  const isOutlay = (flows[0]?.flow ?? 0) < 0
  const payback =
    isOutlay && paid > 0 ? paid - (flows[paid]?.cumulative ?? 0) / (flows[paid]?.flow ?? 1) : null
  const why = isOutlay ? (payback === null ? 'never' : null) : 'no-outlay'
  const savings = (baseline.tco ?? 0) - (candidate.tco ?? 0)
  return {
    baseline,
    candidate,
    sizing: sizes,
    flows,
    savings,
    npv: discountedCumulative,
    irr: isOutlay && savings > 0 ? 0.31 : null,
    roi: isOutlay ? savings / -(flows[0]?.flow ?? 1) : null,
    payback,
    discountedPayback: payback === null ? null : payback * 1.1,
    co2SavedKg: (baseline.co2Kg ?? 0) - (candidate.co2Kg ?? 0),
    noAnswers: {
      npv: null,
      irr: isOutlay && savings > 0 ? null : 'no-sign-change',
      roi: isOutlay ? null : 'no-outlay',
      payback: why,
      discountedPayback: why,
    },
  }
}

const FACTORS = [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3.5, 5, 10, 20]

export function roiCandidate(id: string, assumptions: Assumptions): RoiCandidate {
  const standard = numbersOf(assumptions, 'value')
  const npvWith = (changed: Partial<Numbers>): number => roiCase({ ...standard, ...changed }).npv ?? 0
  const tornado = ASSUMPTION_KEYS.map((key) => {
    const { pessimistic, optimistic } = assumptions.values[key]
    const [npvPessimistic, npvOptimistic] = [npvWith({ [key]: pessimistic }), npvWith({ [key]: optimistic })]
    return {
      key,
      pessimistic,
      optimistic,
      npvPessimistic,
      npvOptimistic,
      swing: Math.abs(npvOptimistic - npvPessimistic),
    }
  })
  const volumes = FACTORS.map((factor) => {
    const requestsPerMonth = standard.requestsPerMonth * factor
    return { requestsPerMonth, npv: npvWith({ requestsPerMonth }) }
  })
  const up = volumes.findIndex(({ npv }) => npv >= 0)
  return {
    id,
    verdict: 'kept',
    scenarios: {
      pessimistic: roiCase(numbersOf(assumptions, 'pessimistic')),
      standard: roiCase(standard),
      optimistic: roiCase(numbersOf(assumptions, 'optimistic')),
    },
    tornado: tornado.toSorted((a, b) => b.swing - a.swing).slice(0, 10),
    volumes,
    breakEven:
      up === -1
        ? { kind: 'never' }
        : up === 0
          ? { kind: 'always' }
          : { kind: 'at', requestsPerMonth: volumes[up]?.requestsPerMonth ?? 0 },
  }
}

/** As `roi.calculate` answers. */
export function roiResult(run: string, assumptions: Assumptions): RoiResult {
  const n = numbersOf(assumptions, 'value')
  const hours = (n.requestsPerMonth * 12 * n.minutesSaved) / 60
  return {
    schema: 'soroban.roi/1',
    run,
    currency: assumptions.currency,
    assumptions,
    provenance: { rates: 'estimated', lengths: 'extrapolated' },
    doNothing: cost(n, n.ownedDevices, 0, 0),
    candidates: [roiCandidate('reference-gqa', assumptions)],
    recommended: 0,
    excluded: [],
    hoursSaved: {
      years: Array.from({ length: n.horizon }, (_, index) => ({ year: index + 1, hours })),
      total: hours * n.horizon,
    },
    unconfirmed: ASSUMPTION_KEYS.filter((key) => assumptions.values[key].origin === 'default'),
  }
}
