import { describe, expect, test } from 'vitest'

import { breakEvenOf, recommendedOf } from '../../../src/engine/roi/calculate.ts'
import { calculateRoi, roiInputs } from '../../../src/engine/roi/index.ts'
import type { NoAnswer, RoiCandidate, RoiResult } from '../../../src/shared/roi/result.ts'
import { type ArmSpec, assumptionSet, GQA, MHA, runResults, STANDARD } from './fixtures.ts'

const roiOf = (
  changed: Parameters<typeof assumptionSet>[0] = {},
  specs: readonly ArmSpec[] = [MHA, GQA],
): RoiResult => calculateRoi(roiInputs(runResults(specs), assumptionSet(changed)))

const allFor = (reason: NoAnswer) => ({
  npv: reason,
  irr: reason,
  roi: reason,
  payback: reason,
  discountedPayback: reason,
})

test('sizing by hand', () => {
  const arm = (id: string): ArmSpec => ({
    id,
    weightsBytes: 8e9,
    kvBytesPerToken: 1e6,
    times: [[1000, 1000, 50]],
  })
  const { sizing } = roiOf(
    {
      inputTokens: 1000,
      outputTokens: 200,
      deviceMemory: 32,
      memoryReserve: 0,
      latencyTarget: 5,
      maxBatch: 8,
      measuredCompute: 100,
      targetCompute: 200,
      measuredBandwidth: 1000,
      targetBandwidth: 5000,
      requestsPerMonth: 720_000,
      growth: 0,
      hoursPerMonth: 200,
      peakFactor: 4,
      utilisation: 0.5,
    },
    [arm('mha'), arm('gqa')],
  ).candidates[0]!.scenarios.standard
  // A step of 8 sequences reads 8 + 8 · 1.1 GB, one of a single sequence 8 + 1.1.
  const decoding = (0.01 * 199 * (8 + 8 * 1.1)) / (8 + 1.1)
  expect(sizing.candidate).toEqual({
    ttftSeconds: 0.5,
    tpotSeconds: expect.closeTo(0.01, 15),
    kvBytesPerSequence: 1.2e9,
    weightsBytes: 8e9,
    // (32 · 2³⁰ − 8·10⁹) / 1.2·10⁹ = 21.97; ((5 − 0.5) · 9.1 / 1.99 − 8) / 1.1 = 11.43
    batchByMemory: 21,
    batchByLatency: 11,
    batch: 8,
    deviceSecondsPerRequest: expect.closeTo(0.5 + decoding / 8, 14),
    responseSeconds: expect.closeTo(0.5 + decoding, 14),
    // 4 requests a second at peak.
    devicesByThroughput: expect.closeTo((4 * (0.5 + decoding / 8)) / 0.5, 13),
    devicesByMemory: expect.closeTo((4 * (0.5 + decoding)) / 21, 13),
    devices: 8,
  })
})

describe('an arm that cannot be served', () => {
  test('because its weights do not fit', () => {
    const result = roiOf({ deviceMemory: 14 })
    const { standard } = result.candidates[0]!.scenarios
    expect(standard.sizing.baseline).toMatchObject({ batchByMemory: 0, batch: null, devices: null })
    expect(standard).toMatchObject({ npv: null, irr: null, noAnswers: allFor('cannot-serve') })
    expect(standard.baseline.tco).toBeNull()
    expect(standard.baseline.years.map(({ served }) => served)).toEqual(Array(6).fill(null))
    expect(result.doNothing.tco).toBeNull()
    expect(result.candidates[0]!.breakEven).toEqual({ kind: 'never' })
    expect(result.candidates[0]!.tornado.every(({ swing }) => swing === 0)).toBe(true)
    expect(result.recommended).toBeNull()
  })

  test('because the latency target is out of reach', () => {
    const { standard } = roiOf({ latencyTarget: 2 }).candidates[0]!.scenarios
    expect(standard.sizing.candidate).toMatchObject({ batchByLatency: 0, batch: null, devices: null })
    expect(standard.noAnswers).toEqual(allFor('cannot-serve'))
  })

  test('on one side of the tornado only: the other side against the standard', () => {
    const { tornado, scenarios } = roiOf({
      // Only the memory limits the batch.
      deviceMemory: { value: 24, pessimistic: 14, optimistic: 160 },
      maxBatch: 512,
      latencyTarget: 10_000,
    }).candidates[0]!
    const memory = tornado.find(({ key }) => key === 'deviceMemory')!
    expect(memory.npvPessimistic).toBeNull()
    expect(memory.swing).toBeGreaterThan(0)
    expect(memory.swing).toBe(Math.abs(memory.npvOptimistic! - scenarios.standard.npv!))
  })

  test('the candidate alone, while the baseline has its cost', () => {
    const { standard } = roiOf({}, [MHA, { ...GQA, weightsBytes: 200e9 }]).candidates[0]!.scenarios
    expect(standard.candidate.tco).toBeNull()
    expect(standard.baseline.tco).toBeGreaterThan(0)
  })
})

test('a busy device is switched on, and takes no less than an idle one', () => {
  const energyOf = (activePower: number, poweredHoursPerYear: number): number | null =>
    roiOf({ activePower, idlePower: 80, poweredHoursPerYear, horizon: 1, pue: 1 }).candidates[0]!.scenarios
      .standard.candidate.energyKwh
  const { sizing } = roiOf({ horizon: 1 }).candidates[0]!.scenarios.standard
  const busyHours = (400_000 * 12 * sizing.candidate.deviceSecondsPerRequest!) / 3600
  expect(energyOf(400, 0)).toBeCloseTo(busyHours * 0.4, 6)
  expect(energyOf(10, 0)).toBeCloseTo(busyHours * 0.08, 6)
  expect(energyOf(10, 8760)).toBeCloseTo(sizing.candidate.devices! * 8760 * 0.08, 6)
})

test('without requests nothing is bought, and only the change itself costs', () => {
  const result = roiOf({ requestsPerMonth: 0, minutesSaved: 5 })
  const { standard } = result.candidates[0]!.scenarios
  expect(standard.sizing.candidate.devices).toBe(0)
  expect(standard.baseline).toMatchObject({ tco: 0, perThousandRequests: null })
  expect(standard).toMatchObject({
    npv: -6_000_000,
    irr: null,
    roi: -1,
    payback: null,
    noAnswers: { npv: null, irr: 'no-sign-change', roi: null, payback: 'never', discountedPayback: 'never' },
  })
  expect(result.candidates[0]!.breakEven).toEqual({ kind: 'never' })
  expect(result.doNothing.years.map(({ served }) => served)).toEqual([1, 1, 1, 1, 1, 1])
  expect(result.hoursSaved.total).toBe(0)
})

describe('the discount rate', () => {
  test('of 0 leaves the savings as they are', () => {
    const { npv, savings, payback, discountedPayback } = roiOf({ discountRate: 0 }).candidates[0]!.scenarios
      .standard
    expect(npv! / savings!).toBeCloseTo(1, 12)
    expect(discountedPayback).toBe(payback)
  })

  test('may be negative', () => {
    const { flows, npv } = roiOf({ discountRate: -0.5, horizon: 2 }).candidates[0]!.scenarios.standard
    const [a, b, c] = flows.map(({ flow }) => flow!) as [number, number, number]
    expect(npv! / (a + 2 * b + 4 * c)).toBeCloseTo(1, 12)
  })
})

describe('the horizon', () => {
  test.each([1, 10])('of %i years', (horizon) => {
    const result = roiOf({ horizon })
    const { standard } = result.candidates[0]!.scenarios
    expect(standard.flows.map(({ year }) => year)).toEqual(Array.from({ length: horizon + 1 }, (_, y) => y))
    expect(standard.baseline.years.at(-1)!.purchases).toBe(0)
    expect(standard.baseline.years.at(-1)!.devices).toBeGreaterThan(0)
    expect(result.hoursSaved.years).toHaveLength(horizon)
  })
})

test('devices that live one year are bought every year', () => {
  const { years } = roiOf({ deviceLife: 1, ownedDevices: 1 }).candidates[0]!.scenarios.standard.baseline
  const price = STANDARD.devicePrice + STANDARD.serverShare
  const needed = years.map(({ devices }) => devices!)
  expect(years.map(({ purchases }) => purchases)).toEqual([
    // The owned one serves the first year.
    (needed[1]! - 1) * price,
    ...needed.slice(2).map((devices) => devices * price),
    0,
  ])
})

test('falling demand: what is not needed any more is switched off, but still maintained', () => {
  const { years } = roiOf({ growth: -0.5, requestsPerMonth: 4_000_000 }).candidates[0]!.scenarios.standard
    .baseline
  const price = STANDARD.devicePrice + STANDARD.serverShare
  const needed = years.map(({ devices }) => devices!)
  expect(needed.slice(1)).toEqual(needed.slice(1).toSorted((a, b) => b - a))
  expect(needed.at(-1)).toBeLessThan(needed[1]!)
  expect(years.slice(1).map(({ purchases }) => purchases)).toEqual([0, 0, 0, 0, 0])
  for (const { maintenance, operation, devices } of years.slice(1)) {
    expect(maintenance! / (needed[1]! * price * STANDARD.maintenanceRate)).toBeCloseTo(1, 12)
    expect(operation).toBe(devices! * STANDARD.operationHours * STANDARD.hourlyCost)
  }
})

test('doing nothing: owned devices answer what they can until they are old', () => {
  const { doNothing, candidates } = roiOf({ ownedDevices: 2, deviceLife: 3, growth: 0 })
  const { baseline, sizing } = candidates[0]!.scenarios.standard
  const share = 2 / sizing.baseline.devicesByThroughput!
  expect(share).toBeLessThan(1)
  expect(doNothing.years.map(({ devices }) => devices)).toEqual([0, 2, 2, 2, 0, 0])
  const served = doNothing.years.map((year) => year.served!)
  for (const [year, expected] of [1, share, share, share, 0, 0].entries())
    expect(served[year]).toBeCloseTo(expected, 14)
  expect(doNothing.years.map(({ purchases, oneOff }) => [purchases, oneOff])).toEqual(Array(6).fill([0, 0]))
  expect(doNothing.years.at(-1)!.cost).toBe(0)
  expect(doNothing.tco).toBeLessThan(baseline.tco!)
})

test('an answer of one token has no decoding', () => {
  const { sizing } = roiOf({ outputTokens: 1 }).candidates[0]!.scenarios.standard
  expect(sizing.candidate.batchByLatency).toBe(STANDARD.maxBatch)
  expect(sizing.candidate.responseSeconds).toBe(sizing.candidate.ttftSeconds)
  const { sizing: late } = roiOf({ outputTokens: 1, latencyTarget: 0.01 }).candidates[0]!.scenarios.standard
  expect(late.candidate.batchByLatency).toBe(0)
})

test('hours saved are those of all requests, and no part of the cash', () => {
  const without = roiOf({ minutesSaved: 0 })
  const { hoursSaved, candidates } = roiOf({ minutesSaved: 6, growth: 0.5, horizon: 3 })
  const hours = [1, 1.5, 2.25].map((factor) => (400_000 * 12 * factor * 6) / 60)
  expect(hoursSaved.years.map(({ year }) => year)).toEqual([1, 2, 3])
  for (const [place, expected] of hours.entries())
    expect(hoursSaved.years[place]!.hours! / expected).toBeCloseTo(1, 12)
  expect(hoursSaved.total! / (hours[0]! + hours[1]! + hours[2]!)).toBeCloseTo(1, 12)
  expect(roiOf({ minutesSaved: 6 }).candidates[0]!.scenarios).toEqual(without.candidates[0]!.scenarios)
  expect(candidates).toHaveLength(1)
})

describe('breakEvenOf', () => {
  const at = (...npvs: readonly (number | null)[]) =>
    breakEvenOf(npvs.map((npv, place) => ({ requestsPerMonth: 100 * (place + 1), npv })))

  test('is where the straight line between two volumes meets 0', () => {
    expect(at(-30, -10, 30, 50)).toEqual({ kind: 'at', requestsPerMonth: 225 })
  })
  test('is the first of several', () => {
    expect(at(-10, 10, -10, 10)).toEqual({ kind: 'at', requestsPerMonth: 150 })
    expect(at(5, -10, 10)).toEqual({ kind: 'at', requestsPerMonth: 250 })
  })
  test('begins where the value leaves 0', () => {
    expect(at(0, 0, 10)).toEqual({ kind: 'at', requestsPerMonth: 200 })
  })
  test('is told apart from always and never', () => {
    expect(at(1, 2, 3)).toEqual({ kind: 'always' })
    expect(at(-1, -2, -3)).toEqual({ kind: 'never' })
    expect(at(0, 0, 0)).toEqual({ kind: 'never' })
    expect(at(3, 2, -1)).toEqual({ kind: 'never' })
    expect(at(null, null)).toEqual({ kind: 'never' })
  })
})

describe('recommendedOf', () => {
  const candidate = (verdict: RoiCandidate['verdict'], npv: number | null) => ({
    verdict,
    scenarios: { standard: { npv } } as RoiCandidate['scenarios'],
  })

  test('prefers kept quality to money, then money', () => {
    expect(recommendedOf([candidate('worse', 90), candidate('kept', 10), candidate('kept', 20)])).toBe(2)
  })
  test('takes the best of all where none is kept', () => {
    expect(recommendedOf([candidate('undecided', -5), candidate('worse', 10)])).toBe(1)
  })
  test('never takes one that cannot be served', () => {
    expect(recommendedOf([candidate('kept', null), candidate('worse', -10)])).toBe(1)
    expect(recommendedOf([candidate('kept', null)])).toBeNull()
  })
})
