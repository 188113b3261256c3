import { describe, expect, test } from 'vitest'

import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { caseValues, scenarioInputs } from '../../../src/engine/roi/cases.ts'
import { calculateRoi, roiInputs, roiModel, VOLUME_FACTORS } from '../../../src/engine/roi/index.ts'
import { costOf, roiCase } from '../../../src/engine/roi/read-case.ts'
import { ASSUMPTION_KEYS, type AssumptionKey } from '../../../src/shared/roi/assumptions.ts'
import { type Cost, type RoiCase, type RoiResult, roiResultSchema } from '../../../src/shared/roi/result.ts'
import { type ArmSpec, assumptionSet, GQA, MHA, runResults, STANDARD } from './fixtures.ts'
import { type PlainYear, plainCosts, plainReturns, yearCost } from './plain-roi.ts'

type Changed = Parameters<typeof assumptionSet>[0]

const roiOf = (changed: Changed = {}, specs: readonly ArmSpec[] = [MHA, GQA]): RoiResult =>
  calculateRoi(roiInputs(runResults(specs), assumptionSet(changed)))

/** The standard scenario alone. */
function standardOf(
  changed: Changed = {},
  specs: readonly ArmSpec[] = [MHA, GQA],
): RoiCase & { readonly doNothing: Cost } {
  const inputs = roiInputs(runResults(specs), assumptionSet(changed))
  const values = caseValues(inputs, roiModel(inputs), 0, scenarioInputs('standard'))
  return { ...roiCase(values), doNothing: costOf(values, 'doNothing') }
}

/** Equal to 12 digits of the larger of themselves and what they are differences of. */
function expectClose(actual: number | null, expected: number, scale = 0): void {
  expect(actual).not.toBeNull()
  const error = Math.abs(actual! - expected)
  const allowed = 1e-12 * Math.max(Math.abs(expected), scale)
  expect(error, `${actual} for ${expected}`).toBeLessThanOrEqual(allowed)
}

function expectCost(actual: Cost, years: readonly PlainYear[], discountRate: number): void {
  expect(actual.years.map(({ year }) => year)).toEqual(years.map((_, year) => year))
  for (const [index, expected] of years.entries()) {
    const year = actual.years[index]!
    expect(year.devices).toBe(expected.devices)
    // Busy hours may be given back at idle power: small differences of large terms.
    const scale = yearCost(expected)
    expectClose(year.purchases, expected.purchases)
    expectClose(year.power, expected.power, scale)
    expectClose(year.maintenance, expected.maintenance)
    expectClose(year.operation, expected.operation)
    expectClose(year.oneOff, expected.oneOff)
    expectClose(year.cost, scale)
    expectClose(year.co2Kg, expected.co2, expected.co2)
  }
  const total = (of: (year: PlainYear, index: number) => number): number =>
    years.reduce((sum, year, index) => sum + of(year, index), 0)
  expectClose(actual.tco, total(yearCost))
  expectClose(
    actual.tcoPresent,
    total((year, index) => yearCost(year) / (1 + discountRate) ** index),
  )
  expectClose(
    actual.co2Kg,
    total(({ co2 }) => co2),
  )
  const answered = total((year) => year.answered)
  if (answered === 0) expect(actual.perThousandRequests).toBeNull()
  else expectClose(actual.perThousandRequests, (1000 * total(yearCost)) / answered)
}

/** Any set that is allowed and whose numbers a company could have. */
function randomCase(random: SeededRandom): {
  readonly a: Record<AssumptionKey, number>
  readonly specs: readonly [ArmSpec, ArmSpec]
} {
  const between = (low: number, high: number): number => low + (high - low) * random.uniform()
  const whole = (low: number, high: number): number => Math.floor(between(low, high + 1))
  const wide = (low: number, high: number): number => Math.exp(between(Math.log(low), Math.log(high)))
  const a = {
    requestsPerMonth: wide(1e4, 3e6),
    growth: between(-0.5, 0.8),
    inputTokens: wide(20, 20_000),
    outputTokens: whole(1, 1500),
    hoursPerMonth: between(100, 744),
    peakFactor: between(1, 5),
    latencyTarget: wide(5, 200),
    utilisation: between(0.2, 1),
    maxBatch: whole(1, 64),
    ownedDevices: whole(0, 40),
    devicePrice: wide(1e5, 1e7),
    serverShare: between(0, 3e6),
    deviceLife: whole(1, 10),
    maintenanceRate: between(0, 0.2),
    deviceMemory: between(16, 200),
    memoryReserve: between(0, 0.3),
    targetBandwidth: between(500, 5000),
    targetCompute: between(50, 1000),
    measuredBandwidth: between(500, 5000),
    measuredCompute: between(50, 1000),
    activePower: between(100, 1000),
    idlePower: between(0, 100),
    poweredHoursPerYear: between(2000, 8784),
    pue: between(1, 2),
    powerPrice: between(10, 50),
    co2PerKwh: between(0, 1),
    operationHours: between(0, 200),
    hourlyCost: between(0, 10_000),
    minutesSaved: between(0, 10),
    pocCost: between(0, 1e7),
    tuningCost: between(0, 1e7),
    migrationCost: between(0, 1e7),
    discountRate: between(-0.05, 0.3),
    horizon: whole(1, 10),
  }
  const contexts = [256, 1024, 4096, 16_384].slice(0, whole(1, 4))
  const arm = (id: string, kvBytesPerToken: number, speedUp: number): ArmSpec => ({
    id,
    weightsBytes: wide(1e9, 3e10),
    kvBytesPerToken,
    times: contexts.map((context) => [
      context,
      (context * between(0.5, 1) + between(0, 50)) * speedUp,
      (between(10, 15) + context / 1000) * speedUp,
    ]),
    verdict: 'kept',
  })
  return { a, specs: [arm('mha', 524_288, 1), arm('gqa', 65_536 * whole(1, 8), between(0.6, 1.1))] }
}

describe('the calculation equals plain loops', () => {
  test('for 1,000 random cases', () => {
    const random = new SeededRandom(4)
    const seen = { cannotServe: 0, irr: 0, payback: 0, severalChanges: 0, partly: 0 }
    for (let round = 0; round < 1000; round++) {
      const { a, specs } = randomCase(random)
      const actual = standardOf(a, specs)
      const baseline = plainCosts(a, specs[0], 'baseline')
      const candidate = plainCosts(a, specs[1], 'candidate')
      if (baseline !== null) {
        expectCost(actual.baseline, baseline, a.discountRate)
        expectCost(actual.doNothing, plainCosts(a, specs[0], 'doNothing')!, a.discountRate)
        if (actual.doNothing.years.some(({ served }) => served! > 0 && served! < 1)) seen.partly++
      }
      if (candidate !== null) expectCost(actual.candidate, candidate, a.discountRate)
      if (baseline === null || candidate === null) {
        seen.cannotServe++
        expect(actual.noAnswers).toEqual({
          npv: 'cannot-serve',
          irr: 'cannot-serve',
          roi: 'cannot-serve',
          payback: 'cannot-serve',
          discountedPayback: 'cannot-serve',
        })
        continue
      }
      const expected = plainReturns(a, baseline, candidate)
      const scale = Math.max(actual.baseline.tco!, actual.candidate.tco!)
      const presentScale = Math.max(actual.baseline.tcoPresent!, actual.candidate.tcoPresent!)
      for (const [year, flow] of expected.flows.entries()) expectClose(actual.flows[year]!.flow, flow, scale)
      expectClose(actual.npv, expected.npv, presentScale)
      expectClose(
        actual.savings,
        expected.flows.reduce((sum, flow) => sum + flow, 0),
        scale,
      )
      expect(actual.irr === null).toBe(expected.irr === null)
      if (expected.irr !== null) {
        seen.irr++
        expect((1 + actual.irr!) / (1 + expected.irr)).toBeCloseTo(1, 8)
      }
      if (expected.signChanges > 1) {
        seen.severalChanges++
        expect(actual.noAnswers.irr).toBe('several-sign-changes')
      }
      for (const key of ['payback', 'discountedPayback'] as const) {
        expect(actual[key] === null).toBe(expected[key] === null)
        if (expected[key] === null) continue
        seen.payback++
        expect(actual[key]! / expected[key]).toBeCloseTo(1, 8)
      }
    }
    // The cases reach every branch often enough to mean something.
    for (const [branch, count] of Object.entries(seen)) expect(count, branch).toBeGreaterThan(10)
  })

  test('in scenarios, tornado and volumes', () => {
    const random = new SeededRandom(9)
    const npvOf = (a: Record<AssumptionKey, number>): number => {
      const [baseline, candidate] = [plainCosts(a, MHA, 'baseline')!, plainCosts(a, GQA, 'candidate')!]
      return plainReturns(a, baseline, candidate).npv
    }
    const varied = ASSUMPTION_KEYS.filter(
      (key) => !['horizon', 'maxBatch', 'deviceLife', 'ownedDevices'].includes(key),
    )
    const ranges = Object.fromEntries(
      varied.map((key) => [
        key,
        {
          value: STANDARD[key],
          pessimistic: STANDARD[key] * (1 + 0.1 * random.uniform()),
          optimistic: STANDARD[key] * (1 - 0.05 * random.uniform()),
        },
      ]),
    ) as Record<AssumptionKey, { value: number; pessimistic: number; optimistic: number }>
    // Shares and factors have limits of their own.
    ranges.utilisation = { value: 0.6, pessimistic: 0.5, optimistic: 0.8 }
    const { scenarios, tornado, volumes } = roiOf(ranges).candidates[0]!
    const at = (source: 'value' | 'pessimistic' | 'optimistic', keys: readonly AssumptionKey[]) =>
      npvOf({ ...STANDARD, ...Object.fromEntries(keys.map((key) => [key, ranges[key][source]])) })

    const tco = scenarios.standard.baseline.tco!
    expectClose(scenarios.pessimistic.npv, at('pessimistic', varied), tco)
    expectClose(scenarios.standard.npv, at('value', varied), tco)
    expectClose(scenarios.optimistic.npv, at('optimistic', varied), tco)

    const swings = varied
      .map((key) => ({ key, low: at('pessimistic', [key]), high: at('optimistic', [key]) }))
      .toSorted((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low))
      .slice(0, 10)
    expect(tornado.map(({ key }) => key)).toEqual(swings.map(({ key }) => key))
    for (const [place, { low, high }] of swings.entries()) {
      expectClose(tornado[place]!.npvPessimistic, low, tco)
      expectClose(tornado[place]!.npvOptimistic, high, tco)
      expectClose(tornado[place]!.swing, Math.abs(high - low), tco)
    }

    expect(volumes).toHaveLength(VOLUME_FACTORS.length)
    for (const [place, factor] of VOLUME_FACTORS.entries()) {
      const requestsPerMonth = STANDARD.requestsPerMonth * factor
      expect(volumes[place]!.requestsPerMonth).toBe(requestsPerMonth)
      expectClose(volumes[place]!.npv, npvOf({ ...STANDARD, requestsPerMonth }), tco * factor + 1e7)
    }
  })
})

test('a result satisfies the published schema', () => {
  const result = roiOf({ deviceMemory: 80, growth: { value: 0.1, pessimistic: 0, optimistic: 0.2 } })
  expect(roiResultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result)
})

describe('properties', () => {
  test('a candidate that is the baseline and costs nothing changes nothing', () => {
    const twin: ArmSpec = { ...MHA, id: 'twin', verdict: 'kept' }
    const oneOff = { pocCost: 0, tuningCost: 0, migrationCost: 0 }
    const { flows, npv, savings, noAnswers } = standardOf(oneOff, [MHA, twin])
    expect(flows.map(({ flow }) => flow)).toEqual([0, 0, 0, 0, 0, 0])
    expect({ npv, savings, noAnswers }).toEqual({
      npv: 0,
      savings: 0,
      noAnswers: {
        npv: null,
        irr: 'no-sign-change',
        roi: 'no-outlay',
        payback: 'no-outlay',
        discountedPayback: 'no-outlay',
      },
    })
  })

  test('a one-off cost lowers the net present value and the savings by itself', () => {
    const before = standardOf()
    for (const key of ['pocCost', 'tuningCost', 'migrationCost'] as const) {
      const after = standardOf({ [key]: STANDARD[key] + 1_234_567 })
      expectClose(before.npv! - after.npv!, 1_234_567, before.baseline.tco!)
      expectClose(before.savings! - after.savings!, 1_234_567, before.baseline.tco!)
    }
  })

  test('a smaller KV cache never needs more devices', () => {
    const random = new SeededRandom(11)
    for (let round = 0; round < 60; round++) {
      const { a, specs } = randomCase(random)
      let fewest = Number.POSITIVE_INFINITY
      for (const kvBytesPerToken of [1_048_576, 524_288, 131_072, 16_384]) {
        const { sizing } = standardOf(a, [specs[0], { ...specs[1], kvBytesPerToken }])
        const devices = sizing.candidate.devices ?? Number.POSITIVE_INFINITY
        expect(devices).toBeLessThanOrEqual(fewest)
        fewest = devices
      }
    }
  })

  test('the value of money: a larger discount rate never makes an outlay that comes back later worth more', () => {
    const worths = [-0.05, 0, 0.05, 0.2, 1].map((discountRate) => standardOf({ discountRate }).npv!)
    expect(worths).toEqual(worths.toSorted((a, b) => b - a))
  })
})
