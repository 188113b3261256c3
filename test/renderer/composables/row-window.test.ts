import { describe, expect, test } from 'vitest'

import { rangeInView } from '../../../src/renderer/composables/row-window.ts'

describe('rangeInView', () => {
  test('the rows that are seen and eight more at either end', () => {
    expect(rangeInView(3600, 360, 36, 5000)).toEqual({ first: 92, end: 118 })
  })

  test('ends with the list', () => {
    expect(rangeInView(0, 360, 36, 5000)).toEqual({ first: 0, end: 18 })
    expect(rangeInView(179_640, 360, 36, 5000)).toEqual({ first: 4982, end: 5000 })
    expect(rangeInView(0, 360, 36, 3)).toEqual({ first: 0, end: 3 })
    expect(rangeInView(0, 360, 36, 0)).toEqual({ first: 0, end: 0 })
  })

  test('a list that has become shorter than what was scrolled away still shows its end', () => {
    expect(rangeInView(36_000, 360, 36, 20)).toEqual({ first: 12, end: 20 })
  })
})
