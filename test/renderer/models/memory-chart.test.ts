import { describe, expect, test } from 'vitest'

import { memoryChart } from '../../../src/renderer/views/models/memory-chart.ts'
import { REFERENCE_GQA, REFERENCE_MHA } from './model-descriptions.ts'

const MIB = 2 ** 20
const key = (name: string): string => name
const ARMS = [
  { arm: 0, label: 'mha', model: REFERENCE_MHA },
  { arm: 1, label: 'gqa', model: REFERENCE_GQA },
]

describe('memoryChart', () => {
  test('weights and cache of each arm by context, and the memory at hand', () => {
    const input = { arms: ARMS, contexts: [1024, 2048], quantization: 'none', sequences: 2 } as const
    expect(memoryChart({ ...input, memory: 64 * MIB }, key)).toEqual({
      title: 'models.memory.chart',
      kind: 'line',
      x: { label: 'models.memory.context', type: 'log', unit: 'models.memory.unit' },
      y: { label: 'models.memory.needed', unit: 'MiB', from0: true },
      series: [
        {
          name: 'mha',
          color: 0,
          provenance: 'estimated',
          points: [
            { x: 1024, y: (19_145_728 + 2 * 1024 * 8192) / MIB },
            { x: 2048, y: (19_145_728 + 2 * 2048 * 8192) / MIB },
          ],
        },
        {
          name: 'gqa',
          color: 1,
          provenance: 'estimated',
          points: [
            { x: 1024, y: (17_572_864 + 2 * 1024 * 2048) / MIB },
            { x: 2048, y: (17_572_864 + 2 * 2048 * 2048) / MIB },
          ],
        },
        {
          name: 'models.memory.available',
          color: 2,
          provenance: 'assumed',
          points: [
            { x: 1024, y: 64 },
            { x: 2048, y: 64 },
          ],
        },
      ],
    })
  })

  test('a memory far above every need is left out; large needs are told in GiB', () => {
    const input = { arms: ARMS, contexts: [2048], quantization: 'none', sequences: 1 } as const
    expect(memoryChart({ ...input, memory: 1024 * MIB }, key).series.map(({ name }) => name)).toEqual([
      'mha',
      'gqa',
    ])
    expect(memoryChart({ ...input, sequences: 1000, memory: 1024 * MIB }, key).y.unit).toBe('GiB')
  })

  test('a gap beyond the positions, and where the weights cannot be told', () => {
    const onnx = { ...REFERENCE_GQA, layout: 'onnx', storedTypes: ['float16', 'int4'] } as const
    const arms = [...ARMS.slice(0, 1), { arm: 1, label: 'onnx', model: onnx }]
    const { series } = memoryChart(
      { arms, contexts: [2048, 4096], quantization: 'none', sequences: 1, memory: 1 },
      key,
    )
    expect(series.slice(0, 2).map(({ points }) => points.map(({ y }) => y === null))).toEqual([
      [false, true],
      [true, true],
    ])
  })
})
