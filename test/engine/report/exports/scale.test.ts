import { describe, expect, it } from 'vitest'

import { linearScale, logScale, markedAtValues } from '../../../../src/engine/report/exports/chart/scale.ts'
import { textWidth, wrapText } from '../../../../src/engine/report/exports/chart/text-width.ts'

describe('a linear scale', () => {
  it.each([
    [[0, 97], 5, [0, 20, 40, 60, 80, 100]],
    [[-18.2e6, 22e6], 5, [-20e6, -10e6, 0, 10e6, 20e6, 30e6]],
    [[0, 0.31], 4, [0, 0.1, 0.2, 0.3, 0.4]],
    [[3.41, 3.52], 4, [3.4, 3.45, 3.5, 3.55]],
    [[0, 0], 2, [0, 0.5, 1]],
    [[7, 7], 4, [0, 2, 4, 6, 8]],
    [[], 2, [0, 0.5, 1]],
  ])('marks %j in about %i steps of 1, 2 or 5', (values, count, ticks) => {
    expect(linearScale(values, [0, 100], count).ticks).toEqual(ticks)
  })

  it('places its ends at the ends of its range, also downwards', () => {
    const scale = linearScale([0, 97], [200, 0], 5)
    expect([0, 50, 100].map(scale.place)).toEqual([200, 100, 0])
  })
})

describe('a logarithmic scale', () => {
  it('marks 1, 2 and 5 times powers of ten, powers alone over a long way, equal steps over a short one', () => {
    const ticks = (values: number[]) => logScale(values, [0, 1]).ticks
    expect(ticks([0.5, 8])).toEqual([0.5, 1, 2, 5])
    expect(ticks([1, 100_000])).toEqual([1, 10, 100, 1000, 10_000, 100_000])
    expect(ticks([57, 90])).toEqual([50, 60, 70, 80, 90, 100])
    expect(ticks([])).toEqual([1, 2, 5, 10])
  })

  it('may be marked where something was measured, if that is not too much', () => {
    const contexts = [16_384, 256, 1024, 256, 4096]
    expect(markedAtValues(logScale(contexts, [0, 1]), contexts).ticks).toEqual([256, 1024, 4096, 16_384])
    const many = Array.from({ length: 9 }, (_, index) => 2 ** index)
    expect(markedAtValues(logScale(many, [0, 1]), many).ticks).toEqual([1, 2, 5, 10, 20, 50, 100, 200])
  })

  it('places equal ratios at equal distances', () => {
    const { place } = logScale([1, 100], [0, 300])
    expect(place(10) - place(1)).toBeCloseTo(place(100) - place(10), 9)
  })
})

describe('texts of charts', () => {
  it('takes full-width letters for twice as wide as others, about', () => {
    expect(textWidth('前提条件', 10)).toBe(40)
    expect(textWidth('abcd', 10)).toBeCloseTo(22.4, 9)
  })

  it('breaks lines between words, or between full-width letters, and cuts what is left', () => {
    expect(wrapText('price of a device', 60, 10, 2)).toEqual(['price of a', 'device'])
    expect(wrapText('ベースラインの総費用', 60, 10, 2)).toEqual(['ベースライン', 'の総費用'])
    expect(wrapText('ベースラインの総費用の内訳', 60, 10, 2)).toEqual(['ベースライン', 'の総費用の…'])
    expect(wrapText('x'.repeat(30), 60, 10, 2)).toEqual(['xxxxxxxxxx', 'xxxxxxxxx…'])
    expect(wrapText('', 60, 10, 2)).toEqual([])
  })
})
