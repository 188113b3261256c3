import { describe, expect, test } from 'vitest'

import {
  marginText,
  readContext,
  readMargin,
  readSeed,
  withContext,
} from '../../../src/renderer/views/runs/plan-fields.ts'

describe('a context length', () => {
  test.each([
    ['4096', 4096],
    [' 4,096 ', 4096],
    ['４０９６', 4096],
    ['64', 64],
  ])('%o is %i', (text, value) => {
    expect(readContext(text, [], null)).toEqual({ ok: true, value })
  })

  test.each([
    ['', 'number'],
    ['8k', 'number'],
    ['-4', 'number'],
    ['12.5', 'number'],
    ['1,24', 'number'],
    ['63', 'short'],
    ['2049', 'long'],
    ['1024', 'duplicate'],
  ] as const)('%o is refused: %s', (text, problem) => {
    expect(readContext(text, [256, 1024], 2048)).toEqual({ ok: false, problem })
  })

  test('beyond the positions of models that nobody has looked at is left to the engine', () => {
    expect(readContext('1000000', [], null)).toEqual({ ok: true, value: 1_000_000 })
  })

  test('the seventeenth is one too many', () => {
    const sixteen = Array.from({ length: 16 }, (_, index) => 64 + index)
    expect(readContext('4096', sixteen, null)).toEqual({ ok: false, problem: 'full' })
  })

  test('is put in its place', () => {
    expect(withContext([256, 2048], 1024)).toEqual([256, 1024, 2048])
  })
})

describe('a margin', () => {
  test.each([
    ['1', 0.01],
    ['0.57', 0.0057],
    ['.5', 0.005],
    ['２.５ %', 0.025],
    ['99', 0.99],
  ])('%o percent is the share %f', (text, value) => {
    expect(readMargin(text)).toEqual({ ok: true, value })
  })

  test.each(['0', '100', '-1', 'one', '', '1e3', '1.2.3'])('%o is refused', (text) => {
    expect(readMargin(text)).toEqual({ ok: false, problem: 'margin' })
  })

  test.each([0.01, 0.0057, 0.025, 0.1])('%f is shown as it would be typed', (share) => {
    expect(readMargin(marginText(share))).toEqual({ ok: true, value: share })
  })
})

describe('a seed', () => {
  test('is a whole number', () => expect(readSeed('42')).toEqual({ ok: true, value: 42 }))
  test.each(['-1', '1.5', '', '99999999999999999999'])('%o is refused', (text) => {
    expect(readSeed(text)).toEqual({ ok: false, problem: 'seed' })
  })
})
