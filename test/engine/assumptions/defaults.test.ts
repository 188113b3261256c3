import { beforeAll, describe, expect, it } from 'vitest'

import {
  defaultAssumptions,
  type PriceTables,
  readPriceTables,
} from '../../../src/engine/assumptions/index.ts'
import type { Results } from '../../../src/shared/results.ts'
import { assumptionsSchema } from '../../../src/shared/roi/assumptions.ts'
import { sampleResults } from '../../fixtures/results.ts'

let tables: PriceTables
beforeAll(async () => {
  tables = await readPriceTables('no such folder', 'JPY')
})

const onGpu = (...gpus: readonly [name: string, memoryBytes: number | null][]): Results => {
  const results = sampleResults()
  return {
    ...results,
    environment: {
      ...results.environment,
      providerUsed: 'webgpu',
      gpus: gpus.map(([name, memoryBytes]) => ({ name, driver: null, memoryBytes })),
    },
  }
}

describe('without a run', () => {
  it('every value is the table’s, for the table’s device', () => {
    const set = defaultAssumptions(null, 'ja', tables)
    expect(assumptionsSchema.parse(set)).toEqual(set)
    expect([set.name, set.currency, set.device]).toEqual(['既定の前提条件', 'JPY', 'nvidia-l40s'])
    expect(new Set(Object.values(set.values).map(({ origin }) => origin))).toEqual(new Set(['default']))
    const { deviceMemory, targetBandwidth, targetCompute, activePower, utilisation } = set.values
    expect([deviceMemory, targetBandwidth, targetCompute, activePower].map(({ value }) => value)).toEqual([
      48, 864, 362.05, 350,
    ])
    expect(utilisation).toEqual({
      value: 0.6,
      pessimistic: 0.8,
      optimistic: 0.5,
      source: '仮の値です。自社の見積りで置き換えてください。',
      date: '2026-11-23',
      origin: 'default',
    })
  })
})

describe('from a run', () => {
  it('the length of requests is the mean of its documents under the baseline', () => {
    // Two documents of 600 tokens; the table varies by half and twice.
    expect(defaultAssumptions(sampleResults(), 'en', tables).values.inputTokens).toEqual({
      value: 600,
      pessimistic: 300,
      optimistic: 1200,
      source: 'Mean tokens per document of run run-0001 (2 documents, by the baseline).',
      date: '2026-04-01',
      origin: 'run',
    })
  })

  it('on a processor, its rates are typical ones that say so', () => {
    const results = sampleResults()
    const cpu = { model: 'Example CPU @ 2.50GHz', physicalCores: 8, logicalCores: 16 }
    const { device, values } = defaultAssumptions(
      { ...results, environment: { ...results.environment, cpu } },
      'en',
      tables,
    )
    expect(device).toBe('nvidia-l40s')
    // Two channels of 25.6 GB/s; 8 cores at 2.5 GHz with 32 operations a cycle.
    expect(values.measuredBandwidth).toMatchObject({ value: 51.2, pessimistic: 38.4, optimistic: 64 })
    expect(values.measuredCompute).toMatchObject({ value: 0.64, pessimistic: 0.48, optimistic: 0.8 })
    expect(values.measuredCompute).toMatchObject({ origin: 'default', date: '2026-04-01' })
    expect(values.measuredBandwidth.source).toMatch(/DDR4-3200, 2 channels.*Not a measurement/)
  })

  it('a server’s processor has eight channels', () => {
    const results = sampleResults()
    const cpu = { model: 'Example Server CPU', physicalCores: 32, logicalCores: 64 }
    const { values } = defaultAssumptions(
      { ...results, environment: { ...results.environment, cpu } },
      'ja',
      tables,
    )
    expect(values.measuredBandwidth.value).toBeCloseTo(204.8, 12)
    expect(values.measuredCompute.value).toBeCloseTo(3.072, 12)
  })

  it.each([
    ['NVIDIA H100 80GB HBM3', 'nvidia-h100-sxm', 3350, 989.5, 80],
    ['NVIDIA A100-SXM4-80GB', 'nvidia-a100-80gb-sxm', 2039, 312, 80],
    ['NVIDIA Corporation NVIDIA L4', 'nvidia-l4', 300, 121, 24],
    ['Tesla T4', 'nvidia-t4', 320, 65, 16],
  ])('on %s, that GPU is measured and planned for', (name, id, bandwidth, compute, memory) => {
    const { device, values } = defaultAssumptions(
      onGpu(['Onboard Graphics', 2 ** 30], [name, null]),
      'ja',
      tables,
    )
    expect(device).toBe(id)
    expect([values.measuredBandwidth.value, values.targetBandwidth.value]).toEqual([bandwidth, bandwidth])
    expect([values.measuredCompute.value, values.targetCompute.value]).toEqual([compute, compute])
    expect([values.deviceMemory.value, values.measuredBandwidth.origin]).toEqual([memory, 'run'])
    // The table names no price of it: the placeholder says whose it is.
    expect(values.devicePrice.value).toBe(1_500_000)
    expect(values.devicePrice.source).toContain('NVIDIA L40S の仮の値')
  })

  it('a GPU with a price in the table brings it, which varies as the placeholder does', async () => {
    const dollars = await readPriceTables('no such folder', 'USD')
    const { values } = defaultAssumptions(onGpu(['NVIDIA GeForce RTX 4090', null]), 'en', dollars)
    expect(values.devicePrice).toMatchObject({
      // The placeholder is 9,000, between 7,000 and 11,000.
      value: 1599,
      pessimistic: 1243.66666667,
      optimistic: 1954.33333333,
      date: '2022-09-20',
    })
  })

  it('a GPU that the table does not have is planned for as it is: both sides of the ratio are equal', () => {
    const { device, values } = defaultAssumptions(
      onGpu(['Onboard Graphics', 2 ** 30], ['Example GPU 9000', 32 * 2 ** 30]),
      'en',
      tables,
    )
    expect(device).toBeNull()
    expect(values.measuredBandwidth.value).toBe(values.targetBandwidth.value)
    expect(values.measuredCompute.value).toBe(values.targetCompute.value)
    expect(values.deviceMemory).toMatchObject({ value: 32, origin: 'run' })
    expect(values.targetBandwidth.source).toContain('Example GPU 9000')
    expect(values.activePower.source).toContain('NVIDIA L40S stands in')
  })

  it('documents without scores leave the table’s length', () => {
    const results = sampleResults()
    const documents = results.documents.map((document) => ({ ...document, scores: {} }))
    expect(defaultAssumptions({ ...results, documents }, 'ja', tables).values.inputTokens.value).toBe(4000)
  })
})
