import { describe, expect, test } from 'vitest'

import {
  calculateRoi,
  CASE_SCENARIOS,
  type Expression,
  printFormula,
  roiCases,
  roiInputs,
  roiModel,
  VOLUME_FACTORS,
} from '../../../src/engine/roi/index.ts'
import { ASSUMPTION_KEYS } from '../../../src/shared/roi/assumptions.ts'
import { assumptionSet, GQA, MHA, runResults } from './fixtures.ts'

const assumptions = assumptionSet({
  requestsPerMonth: { value: 400_000, pessimistic: 200_000, optimistic: 800_000 },
  growth: { value: 0.1, pessimistic: 0, optimistic: 0.3 },
  utilisation: { value: 0.6, pessimistic: 0.4, optimistic: 0.8 },
})
const inputs = roiInputs(
  runResults([MHA, GQA, { ...GQA, id: 'gqa-2', kvBytesPerToken: 65_536 }]),
  assumptions,
)
const model = roiModel(inputs)

describe('roiCases', () => {
  const columns = roiCases(inputs, 1)
  const column = (id: string) => columns.find((entry) => entry.id === id)!

  test('has a column for each scenario of each candidate, each varied assumption and each volume', () => {
    expect(columns.map(({ id }) => id)).toEqual([
      ...[0, 1].flatMap((place) => CASE_SCENARIOS.map((scenario) => `${place}.${scenario}`)),
      ...ASSUMPTION_KEYS.flatMap((key) => [`selected.${key}.pessimistic`, `selected.${key}.optimistic`]),
      ...VOLUME_FACTORS.map((_, place) => `selected.volume.${place}`),
    ])
    expect(columns.map(({ candidate }) => candidate)).toEqual([
      ...[0, 0, 0, 1, 1, 1],
      ...Array<string>(2 * ASSUMPTION_KEYS.length + VOLUME_FACTORS.length).fill('selected'),
    ])
  })

  test('tells of each assumption which value it takes', () => {
    const sources = (id: string) =>
      Object.entries(column(id).inputs).filter(([, { source, factor }]) => source !== 'value' || factor !== 1)
    expect(sources('0.standard')).toEqual([])
    expect(sources('1.pessimistic')).toEqual(
      ASSUMPTION_KEYS.map((key) => [key, { source: 'pessimistic', factor: 1 }]),
    )
    expect(sources('selected.growth.optimistic')).toEqual([['growth', { source: 'optimistic', factor: 1 }]])
    expect(sources('selected.volume.0')).toEqual([['requestsPerMonth', { source: 'value', factor: 0.05 }]])
  })

  test('has the values of the result, and of the candidate that is selected', () => {
    const { candidates } = calculateRoi(inputs)
    for (const [place, candidate] of candidates.entries())
      for (const scenario of CASE_SCENARIOS)
        expect(column(`${place}.${scenario}`).values.get('npv')).toBe(candidate.scenarios[scenario].npv)
    const selected = candidates[1]!
    for (const { key, npvPessimistic, npvOptimistic } of selected.tornado) {
      expect(column(`selected.${key}.pessimistic`).values.get('npv')).toBe(npvPessimistic)
      expect(column(`selected.${key}.optimistic`).values.get('npv')).toBe(npvOptimistic)
    }
    for (const [place, { requestsPerMonth, npv }] of selected.volumes.entries()) {
      const { values } = column(`selected.volume.${place}`)
      expect([values.get('requestsPerMonth'), values.get('npv')]).toEqual([requestsPerMonth, npv])
    }
    expect(column('selected.growth.pessimistic').values.get('candidate.kvBytesPerToken')).toBe(65_536)
  })
})

describe('roiModel', () => {
  /** Every quantity that an expression refers to, ranges with all their rows. */
  function referencesOf(expression: Expression): readonly string[] {
    const keys: string[] = []
    printFormula<string>(expression, {
      cell: (key) => {
        keys.push(key)
        return ''
      },
      range: (first, last) => {
        const rows = model.rows.map(({ key }) => key)
        keys.push(...rows.slice(rows.indexOf(first), rows.indexOf(last) + 1))
        return ''
      },
    })
    return keys
  }

  test('gives each quantity and row one key, and refers to earlier ones only', () => {
    const known = new Set<string>()
    for (const { key } of model.quantities) {
      expect(known.has(key)).toBe(false)
      known.add(key)
    }
    for (const { key, expression } of model.rows) {
      expect(referencesOf(expression).filter((reference) => !known.has(reference))).toEqual([])
      expect(known.has(key)).toBe(false)
      known.add(key)
    }
  })

  test('keeps the rows that a formula takes as a range together and in order', () => {
    const rows = model.rows.map(({ key }) => key)
    const ranges: (readonly string[])[] = []
    const collect = (expression: unknown): void => {
      if (typeof expression !== 'object' || expression === null) return
      if ('rows' in expression) ranges.push(expression.rows as readonly string[])
      Object.values(expression).forEach(collect)
    }
    model.rows.forEach(({ expression }) => collect(expression))
    expect(ranges.length).toBeGreaterThan(10)
    for (const range of ranges) {
      const start = rows.indexOf(range[0]!)
      expect(rows.slice(start, start + range.length)).toEqual(range)
    }
  })

  test('uses every assumption and every measured quantity', () => {
    const used = new Set(model.rows.flatMap(({ expression }) => referencesOf(expression)))
    expect(model.quantities.map(({ key }) => key).filter((key) => !used.has(key))).toEqual([])
  })

  test('does not depend on the arms, only on how many contexts were measured', () => {
    expect(roiModel({ contexts: [1, 2, 3] })).toEqual(model)
    expect(roiModel({ contexts: [1] }).quantities.length).toBe(model.quantities.length - 10)
  })
})
