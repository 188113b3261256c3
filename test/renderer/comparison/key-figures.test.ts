import { describe, expect, test } from 'vitest'

import {
  directionOf,
  keyFigures,
  verdictInterval,
} from '../../../src/renderer/views/comparison/key-figures.ts'
import { slowerContexts, unstableContexts } from '../../../src/renderer/views/comparison/results-reading.ts'
import type { Results } from '../../../src/shared/results.ts'
import { candidateOf, decidedBy, measured, sampleResults } from './sample-results.ts'

describe('what a relative difference says', () => {
  test.each([
    [measured(-0.2, [-0.3, -0.1]), 'better'],
    [measured(0.2, [0.1, 0.3]), 'worse'],
    [measured(-0.05, [-0.2, 0.1]), 'open'],
    [measured(-0.75), 'better'],
    [measured(0), 'open'],
    [measured(null), 'open'],
    [null, 'open'],
  ] as const)('%o is %s', (figure, direction) => expect(directionOf(figure)).toBe(direction))
})

describe('the three figures', () => {
  test('stand at the longest context length, with both values and the change', () => {
    const results = sampleResults()
    const figures = keyFigures(results, candidateOf(results))
    expect(figures.map(({ metric, context }) => [metric, context])).toEqual([
      ['kvBytes', 2048],
      ['ttftMs', 2048],
      ['tpotMs', 2048],
    ])
    const [kv, , tpot] = figures
    expect([kv?.baseline?.value, kv?.candidate?.value, kv?.relative?.value, kv?.direction]).toEqual([
      2048 * 8192,
      2048 * 2048,
      -0.75,
      'better',
    ])
    expect(tpot).toMatchObject({ direction: 'better', unstable: true })
    expect(kv?.unstable).toBe(false)
  })

  test('fall back to the predicted KV cache, which says so, and to n/a where nothing is known', () => {
    const results = sampleResults()
    const candidate = candidateOf(results)
    const unmeasured = {
      ...candidate,
      speed: [],
      memory: {
        ...candidate.memory,
        kvBytes: candidate.memory.kvBytes.map((entry) => ({ ...entry, measured: measured(null) })),
      },
    }
    const [kv, ttft] = keyFigures({ ...results, comparisons: [] }, unmeasured)
    expect(kv?.candidate?.provenance).toBe('estimated')
    expect(ttft).toMatchObject({ candidate: null, relative: null, direction: 'open' })
  })
})

test('a context length counts as slower only when its whole interval is', () => {
  const results = sampleResults()
  const slowerAt = (context: number, ci95: [number, number]): Results['comparisons'][number] => ({
    candidate: 'candidate-1',
    metric: `tpotMs@${context}`,
    difference: measured(1, ci95),
    ci95,
    relative: measured(0.1),
    margin: null,
    verdict: null,
  })
  const comparisons = [slowerAt(256, [0.1, 2]), slowerAt(512, [-0.1, 2]), slowerAt(2048, [1, 3])]
  expect(slowerContexts({ ...results, comparisons }, 'candidate-1')).toEqual([256, 2048])
})

test('unsettled timings are told by context length', () => {
  const [baseline, candidate] = sampleResults().arms
  expect([baseline, candidate].map((arm) => (arm === undefined ? null : unstableContexts(arm)))).toEqual([
    [2048],
    [],
  ])
})

describe('what a verdict rests on', () => {
  test('is drawn with its margin', () => {
    const results = decidedBy({ relative: measured(0.004, [-0.001, 0.009]), margin: 0.02 })
    expect(verdictInterval(results, 'candidate-1')).toEqual({
      estimate: 0.004,
      ci95: [-0.001, 0.009],
      margin: 0.02,
    })
  })

  test('has no interval where there were too few documents', () => {
    const results = decidedBy({ relative: measured(0.004), verdict: 'insufficient-data' })
    expect(verdictInterval(results, 'candidate-1')?.ci95).toBeNull()
  })

  test('is nothing for an arm without a verdict', () => {
    expect(verdictInterval(sampleResults(), 'baseline')).toBeNull()
  })
})
