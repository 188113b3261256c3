import { expect, test } from 'vitest'

import { definitionOf, entryText, readEntry } from '../../../src/renderer/stores/assumption-entry.ts'
import { ASSUMPTION_KEYS, type AssumptionKey } from '../../../src/shared/roi/assumptions.ts'
import { defaultAssumptions } from '../fakes/assumptions.ts'

const read = (key: AssumptionKey, text: string) => readEntry(definitionOf(key), text)

test.each([
  ['requestsPerMonth', '１２，０００', 12_000],
  ['requestsPerMonth', '1,234,567', 1_234_567],
  ['growth', '−5', -0.05],
  ['utilisation', '57', 0.57],
  ['utilisation', '57 %', 0.57],
  ['powerPrice', '27.5', 27.5],
  ['horizon', '5', 5],
] as const)('%s: "%s" is read as %d', (key, text, value) => {
  expect(read(key, text)).toEqual({ ok: true, value })
})

test.each([
  ['requestsPerMonth', '', 'number', null],
  ['requestsPerMonth', '1e5', 'number', null],
  ['requestsPerMonth', '1,2', 'number', null],
  ['devicePrice', '-1', 'least', 0],
  ['horizon', '0', 'least', 1],
  ['horizon', '11', 'most', 10],
  ['horizon', '2.5', 'integer', null],
  ['utilisation', '101', 'most', 1],
  ['utilisation', '0', 'above', 0],
  ['peakFactor', '0.9', 'least', 1],
  ['discountRate', '-100', 'above', -1],
  ['memoryReserve', '100', 'below', 1],
] as const)('%s: "%s" breaks the rule "%s" of %s', (key, text, rule, limit) => {
  expect(read(key, text)).toEqual({ ok: false, problem: { rule, limit } })
})

test('every default is typed as it is read', () => {
  const { values } = defaultAssumptions()
  for (const key of ASSUMPTION_KEYS) {
    expect(read(key, entryText(definitionOf(key), values[key].value))).toEqual({
      ok: true,
      value: values[key].value,
    })
  }
})
