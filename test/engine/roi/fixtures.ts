import type { ArmResult, Results, Verdict } from '../../../src/shared/results.ts'
import {
  ASSUMPTIONS,
  type Assumption,
  type AssumptionKey,
  type Assumptions,
} from '../../../src/shared/roi/assumptions.ts'
import { sampleResults } from '../../fixtures/results.ts'

/** Of one arm; times are [context, TTFT in ms, TPOT in ms], null where a figure was not measured. */
export interface ArmSpec {
  readonly id: string
  readonly weightsBytes: number | null
  readonly kvBytesPerToken: number
  readonly times: readonly (readonly [number, number | null, number | null])[]
  readonly verdict?: Verdict
  /** Metric of the deciding comparison. */
  readonly metric?: string
}

export const MHA: ArmSpec = {
  id: 'mha',
  weightsBytes: 14e9,
  kvBytesPerToken: 524_288,
  times: [
    [512, 900, 60],
    [2048, 4000, 66],
    [8192, 20_000, 90],
  ],
}

export const GQA: ArmSpec = {
  id: 'gqa',
  weightsBytes: 13e9,
  kvBytesPerToken: 131_072,
  times: [
    [512, 850, 57],
    [2048, 3700, 58.5],
    [8192, 18_000, 64],
  ],
  verdict: 'kept',
}

/** Results of a run with these arms, the first the baseline. */
export function runResults(specs: readonly ArmSpec[]): Results {
  const sample = sampleResults()
  const [baseline, candidate] = sample.arms as [ArmResult, ArmResult]
  const comparison = sample.comparisons[0]!
  return {
    ...sample,
    arms: specs.map((spec, index) => armResult(index === 0 ? baseline : candidate, spec)),
    comparisons: specs.slice(1).map(({ id, metric = 'nll', verdict = 'kept' }) => ({
      ...comparison,
      candidate: id,
      metric,
      verdict,
    })),
  }
}

function armResult(sample: ArmResult, { id, weightsBytes, kvBytesPerToken, times }: ArmSpec): ArmResult {
  const speed = sample.speed[0]!
  const figure = (value: number | null) => ({ ...speed.ttftMs, value })
  return {
    ...sample,
    id,
    model: { ...sample.model, name: id, kvBytesPerToken },
    memory: { ...sample.memory, weightsBytes: figure(weightsBytes) },
    speed: times.map(([context, ttft, tpot]) => ({
      ...speed,
      context,
      ttftMs: figure(ttft),
      tpotMs: figure(tpot),
    })),
  }
}

/** A department with a chat assistant; round numbers. */
export const STANDARD: Readonly<Record<AssumptionKey, number>> = {
  requestsPerMonth: 400_000,
  growth: 0.1,
  inputTokens: 1500,
  outputTokens: 300,
  hoursPerMonth: 200,
  peakFactor: 3,
  latencyTarget: 30,
  utilisation: 0.6,
  maxBatch: 32,
  ownedDevices: 0,
  devicePrice: 5_000_000,
  serverShare: 2_000_000,
  deviceLife: 5,
  maintenanceRate: 0.1,
  deviceMemory: 80,
  memoryReserve: 0.1,
  targetBandwidth: 2000,
  targetCompute: 300,
  measuredBandwidth: 1000,
  measuredCompute: 100,
  activePower: 400,
  idlePower: 80,
  poweredHoursPerYear: 8760,
  pue: 1.4,
  powerPrice: 25,
  co2PerKwh: 0.43,
  operationHours: 40,
  hourlyCost: 5000,
  minutesSaved: 2,
  pocCost: 3_000_000,
  tuningCost: 2_000_000,
  migrationCost: 1_000_000,
  discountRate: 0.05,
  horizon: 5,
}

type Entered = Partial<Assumption>

/** A complete set: the standard one with some values, or whole assumptions, replaced. */
export function assumptionSet(
  changed: Readonly<Partial<Record<AssumptionKey, number | Entered>>> = {},
): Assumptions {
  const assumption = (key: AssumptionKey): Assumption => {
    const entry = changed[key] ?? STANDARD[key]
    const { value = STANDARD[key], ...others } = typeof entry === 'number' ? { value: entry } : entry
    return {
      value,
      pessimistic: value,
      optimistic: value,
      source: 'test',
      date: null,
      origin: 'default',
      ...others,
    }
  }
  return {
    schema: 'soroban.assumptions/1',
    name: 'test',
    currency: 'JPY',
    device: null,
    values: Object.fromEntries(ASSUMPTIONS.map(({ key }) => [key, assumption(key)])) as Assumptions['values'],
  }
}
