import { describe, expect, test } from 'vitest'

import { evaluate } from '../../../src/engine/roi/evaluate.ts'
import { interpolate } from '../../../src/engine/roi/interpolate.ts'

const POINTS = [
  { x: 'x0', y: 'y0' },
  { x: 'x1', y: 'y1' },
  { x: 'x2', y: 'y2' },
] as const

/** The curve through the first points at a place. */
function at(
  place: number,
  measured: readonly (readonly [number, number])[],
  lone: 'proportional' | 'constant' = 'constant',
): number | null {
  const values = new Map<string, number | null>([['at', place]])
  for (const [index, [x, y]] of measured.entries()) values.set(`x${index}`, x).set(`y${index}`, y)
  return evaluate(interpolate('at', POINTS.slice(0, measured.length), lone), values)
}

const CURVE = [
  [100, 10],
  [200, 30],
  [400, 40],
] as const

describe('interpolate', () => {
  test('meets the points and goes straight between them', () => {
    expect([100, 150, 200, 300, 400].map((place) => at(place, CURVE))).toEqual([10, 20, 30, 35, 40])
  })

  test('goes on straight beyond the last point', () => {
    expect(at(1000, CURVE)).toBe(70)
  })

  test('goes on straight below the first point where that leaves more than proportion', () => {
    const slow = [
      [100, 10],
      [200, 12],
    ] as const
    expect(at(50, slow)).toBe(9)
  })

  test('falls in proportion below a first point from which a straight line would reach 0', () => {
    expect(at(50, CURVE)).toBe(5)
    expect(at(1, CURVE)).toBe(0.1)
  })

  test('never falls below the last point beyond it', () => {
    const noisy = [
      [100, 10],
      [200, 9],
    ] as const
    expect(at(10_000, noisy)).toBe(9)
    expect(at(150, noisy)).toBe(9.5)
  })

  test('takes a lone point as told', () => {
    expect(at(300, [[100, 10]], 'constant')).toBe(10)
    expect(at(300, [[100, 10]], 'proportional')).toBe(30)
  })

  test('needs a point', () => {
    expect(() => interpolate('at', [], 'constant')).toThrow(RangeError)
  })
})
