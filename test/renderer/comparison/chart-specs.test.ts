import { describe, expect, test } from 'vitest'

import { createFormatter } from '../../../src/renderer/format.ts'
import type { Translate } from '../../../src/renderer/i18n.ts'
import {
  type ChartVocabulary,
  kvBytesChart,
  latencyChart,
  nllByPositionChart,
  peakMemoryChart,
} from '../../../src/renderer/views/comparison/chart-specs.ts'
import { measured, sampleResults } from './sample-results.ts'

const t: Translate = (key, params) =>
  params === undefined ? key : `${key} ${Object.values(params).join(' ')}`
const vocabulary: ChartVocabulary = { t, format: createFormatter('en') }

test('nll by position: a line for each arm over named stretches, with intervals', () => {
  const spec = nllByPositionChart(sampleResults(), vocabulary)
  expect(spec).toMatchObject({ kind: 'line', x: { type: 'category' }, y: { unit: 'nats/token' } })
  expect(spec.series.map(({ name, color, provenance }) => [name, color, provenance])).toEqual([
    ['baseline', 0, 'measured'],
    ['candidate-1', 1, 'measured'],
  ])
  expect(spec.series[0]?.points.map(({ x }) => x)).toEqual([
    '0–127',
    '128–255',
    '256–511',
    '512–1,023',
    '1,024–2,047',
  ])
  const [first] = spec.series[0]?.points ?? []
  expect([first?.low, first?.y, first?.high].map((value) => value?.toFixed(4))).toEqual([
    '4.7205',
    '4.7705',
    '4.8205',
  ])
})

test('a stretch of one position is named by it', () => {
  const results = sampleResults()
  const arms = results.arms.map((arm) => ({
    ...arm,
    quality: { ...arm.quality, nllByPosition: [{ from: 1, to: 2, nll: measured(7.5) }] },
  }))
  expect(nllByPositionChart({ ...results, arms }, vocabulary).series[0]?.points).toEqual([{ x: '1', y: 7.5 }])
})

describe('latency by context length', () => {
  test('starts at zero, over an axis of doublings', () => {
    const spec = latencyChart(sampleResults(), 'tpotMs', vocabulary)
    expect(spec).toMatchObject({ x: { type: 'log' }, y: { unit: 'ms', from0: true } })
    expect(spec.series[1]?.points.map(({ x }) => x)).toEqual([256, 512, 1024, 2048])
  })

  test('a single context length has no axis to span', () => {
    const results = sampleResults()
    const spec = latencyChart({ ...results, run: { ...results.run, contexts: [256] } }, 'ttftMs', vocabulary)
    expect(spec.x.type).toBe('category')
  })
})

test('KV cache: what was measured and what the shape predicts stay apart', () => {
  const spec = kvBytesChart(sampleResults(), vocabulary)
  expect(spec.y.unit).toBe('MiB')
  expect(
    spec.series.map(({ name, color, provenance, points }) => [name, color, provenance, points.at(-1)?.y]),
  ).toEqual([
    ['baseline', 0, 'measured', 16],
    ['comparison.chart.predicted baseline', 0, 'estimated', 16],
    ['candidate-1', 1, 'measured', 4],
    ['comparison.chart.predicted candidate-1', 1, 'estimated', 4],
  ])
})

test('peak memory that could not be measured is a gap, and large sizes are in GiB', () => {
  const results = sampleResults()
  const [baseline, candidate] = results.arms
  if (baseline === undefined || candidate === undefined) throw new RangeError('no arms')
  const arms = [
    { ...baseline, memory: { ...baseline.memory, peakRssBytes: measured(3 * 2 ** 30) } },
    candidate,
  ]
  const spec = peakMemoryChart({ ...results, arms }, vocabulary)
  expect(spec).toMatchObject({ kind: 'bar', y: { unit: 'GiB', from0: true } })
  expect(spec.series.map(({ points }) => points.at(-1)?.y)).toEqual([3, null])
})
