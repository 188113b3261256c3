import { describe, expect, test } from 'vitest'

import { beadPath, drawHeads } from '../../../src/renderer/views/models/head-rods.ts'

const rodsOf = (queryHeads: number, kvHeads: number) =>
  drawHeads(queryHeads, kvHeads).frames.flatMap(({ rods }) => rods)

describe('drawHeads', () => {
  test('one rod for each KV head, with the query heads that it serves', () => {
    const rods = rodsOf(8, 2)
    expect(rods.map(({ lower }) => lower.length)).toEqual([4, 4])
    expect(rods[0]).toEqual({
      upper: { x: 10, y: 10, width: 20 },
      lower: [
        { x: 10, y: 36 },
        { x: 10, y: 48 },
        { x: 10, y: 60 },
        { x: 10, y: 72 },
      ],
      columns: [20],
    })
  })

  test('MHA is groups of one', () => {
    expect(rodsOf(8, 8).map(({ lower }) => lower.length)).toEqual(Array.from({ length: 8 }, () => 1))
  })

  test.each([
    [128, 128],
    [128, 8],
    [128, 1],
    [71, 1],
    [64, 8],
    [96, 12],
    [1, 1],
  ])('%i query heads over %i KV heads stay inside a small frame without touching', (queryHeads, kvHeads) => {
    const { width, height, beadWidth, beadHeight, frames } = drawHeads(queryHeads, kvHeads)
    expect(width).toBeLessThanOrEqual(800)
    expect(height).toBeLessThanOrEqual(330)
    const beads = frames.flatMap(({ rods }) => rods.flatMap(({ lower }) => lower))
    expect(beads).toHaveLength(queryHeads)
    expect(new Set(beads.map(({ x, y }) => `${x},${y}`)).size).toBe(queryHeads)
    for (const frame of frames) {
      for (const { upper, lower } of frame.rods) {
        expect(upper.x + upper.width).toBeLessThanOrEqual(frame.width - 10)
        expect(upper.y + beadHeight).toBeLessThan(frame.beamY)
        for (const { x, y } of lower) {
          expect(x).toBeGreaterThanOrEqual(upper.x)
          expect(x + beadWidth).toBeLessThanOrEqual(upper.x + upper.width)
          expect(y).toBeGreaterThan(frame.beamY)
          expect(y + beadHeight).toBeLessThan(frame.y + frame.height)
        }
      }
    }
  })
})

test('a bead is two cones base to base, the wide edge in the middle', () => {
  expect(beadPath({ x: 10, y: 20 }, 18, 12)).toBe('M10 26L16 20.5H22L28 26L22 31.5H16Z')
})
