import { beforeAll, expect, it } from 'vitest'

import {
  completeAssumptions,
  defaultAssumptions,
  type PriceTables,
  readPriceTables,
} from '../../../src/engine/assumptions/index.ts'
import type { Assumptions, AssumptionsFile } from '../../../src/shared/roi/assumptions.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import { sampleResults } from '../../fixtures/results.ts'

let tables: PriceTables
let defaults: Assumptions
beforeAll(async () => {
  tables = await readPriceTables('no such folder', 'JPY')
  defaults = defaultAssumptions(sampleResults(), 'ja', tables)
})

const complete = (file: AssumptionsFile): Assumptions =>
  completeAssumptions(file, { defaults, tables, locale: 'ja', source: 'a.json' })

it('an empty file is the defaults', () => {
  expect(complete({})).toEqual(defaults)
})

it('a bare number keeps the proportion of the default’s range', () => {
  // 100,000 with 30,000 and 300,000.
  const { values } = complete({ name: '試算', values: { requestsPerMonth: 20_000 } })
  expect(values.requestsPerMonth).toEqual({
    value: 20_000,
    pessimistic: 6_000,
    optimistic: 60_000,
    source: '',
    date: null,
    origin: 'entered',
  })
  expect(values.growth).toEqual(defaults.values.growth)
})

it('a range is kept inside what the assumption may be, in whole numbers where those are meant', () => {
  const { values } = complete({
    values: { utilisation: 0.9, horizon: 10, deviceLife: 3, peakFactor: 1, pue: 1 },
  })
  // 0.8/0.6 of 0.9 would be 1.2.
  expect(values.utilisation).toMatchObject({ pessimistic: 1, optimistic: 0.75 })
  expect(values.horizon).toMatchObject({ pessimistic: 6, optimistic: 10 })
  // 6/5 and 4/5 of 3.
  expect(values.deviceLife).toMatchObject({ pessimistic: 4, optimistic: 2 })
  expect(values.peakFactor).toMatchObject({ pessimistic: 1 })
  expect(values.pue).toMatchObject({ pessimistic: 1 })
})

it('below zero, the pessimistic value stays on its side', () => {
  // Default growth 0.1 with 0 and 0.3: one and two times as far as the value from 0.
  const { growth } = complete({ values: { growth: -0.2 } }).values
  expect(growth.pessimistic).toBeCloseTo(-0.4, 12)
  expect(growth.optimistic).toBeCloseTo(0.2, 12)
})

it('where the default is 0 there is no proportion, and no range', () => {
  expect(complete({ values: { ownedDevices: 4 } }).values.ownedDevices).toMatchObject({
    pessimistic: 4,
    optimistic: 4,
  })
})

it('what is given of a range, a source and a date counts', () => {
  const given = { value: 30, optimistic: 45, source: '電力契約書', date: '2026-10-01' }
  expect(complete({ values: { powerPrice: given } }).values.powerPrice).toEqual({
    ...given,
    pessimistic: 24,
    origin: 'entered',
  })
})

it('a device brings its memory, bandwidth, compute and power; what is given beside it counts more', () => {
  const { device, values } = complete({
    device: 'nvidia-l4',
    values: { devicePrice: 450_000, deviceMemory: 22.5 },
  })
  expect(device).toBe('nvidia-l4')
  const { deviceMemory, targetBandwidth, targetCompute, activePower, devicePrice } = values
  expect(
    [deviceMemory, targetBandwidth, targetCompute, activePower, devicePrice].map(({ value }) => value),
  ).toEqual([22.5, 300, 121, 72, 450_000])
  expect([deviceMemory.origin, targetBandwidth.origin, devicePrice.origin]).toEqual([
    'entered',
    'default',
    'entered',
  ])
  expect(values.measuredBandwidth).toEqual(defaults.values.measuredBandwidth)
})

it('a device without a price keeps the placeholder, and says whose it is', () => {
  const { devicePrice } = complete({ device: 'nvidia-h100-pcie' }).values
  expect(devicePrice).toMatchObject({ value: 1_500_000, origin: 'default' })
  expect(devicePrice.source).toContain('NVIDIA H100 PCIe の価格は装置の表にありません')
})

it('null is a device that its values alone describe', () => {
  const { device, values } = complete({ device: null, values: { deviceMemory: 96 } })
  expect([device, values.deviceMemory.value]).toEqual([null, 96])
})

it('a device that the table does not have is refused, naming those that it has', async () => {
  expect(await failureOf(() => complete({ device: 'l40s' }))).toEqual({
    code: 'assumptions/unknown-device',
    params: { source: 'a.json', device: 'l40s', known: tables.devices.map(({ id }) => id).join(', ') },
  })
})

it('a template comes back as it was written; only what is changed in it counts as entered', () => {
  expect(complete(defaults)).toEqual(defaults)
  const { values } = defaults
  const edited = complete({
    ...defaults,
    values: { ...values, hourlyCost: { ...values.hourlyCost, value: 5500 } },
  })
  expect(edited.values.hourlyCost).toEqual({ ...values.hourlyCost, value: 5500, origin: 'entered' })
  const changed = Object.entries(edited.values).filter(([, { origin }]) => origin === 'entered')
  expect(changed.map(([key]) => key)).toEqual(['hourlyCost'])
})

it('a default that is entered as it is counts as confirmed', () => {
  expect(complete({ values: { pue: 1.56 } }).values.pue).toMatchObject({ value: 1.56, origin: 'entered' })
})
