import { expect, test } from 'vitest'

import { cutAtDifference } from '../../../src/renderer/views/comparison/generation/text-difference.ts'

test('both texts are cut at the first character that differs', () => {
  expect(cutAtDifference(['届け出が必要な変更です', '届け出が不要な変更です'], true)).toEqual([
    { same: '届け出が', different: '必', rest: '要な変更です' },
    { same: '届け出が', different: '不', rest: '要な変更です' },
  ])
})

test('equal texts have no difference', () => {
  expect(cutAtDifference(['同じ', '同じ'], true)).toBeNull()
})

test('a shorter text differs only once both have ended', () => {
  expect(cutAtDifference(['長い答え', '長い'], false)).toBeNull()
  expect(cutAtDifference(['長い答え', '長い'], true)).toEqual([
    { same: '長い', different: '答', rest: 'え' },
    { same: '長い', different: '', rest: '' },
  ])
})

test('a difference while both are written is one already', () => {
  expect(cutAtDifference(['ab', 'acd'], false)?.[0].same).toBe('a')
})

test('a character of several code units is never cut apart', () => {
  // One high surrogate for both; a mark that combines with the letter before it; a joined sequence.
  expect(cutAtDifference(['値𠮟る', '値𠮷る'], true)?.map(({ different }) => different)).toEqual(['𠮟', '𠮷'])
  expect(cutAtDifference(['か', 'か\u3099'], true)?.map(({ different }) => different)).toEqual([
    'か',
    'か\u3099',
  ])
  expect(cutAtDifference(['x👩‍🔧y', 'x👩‍🔬y'], true)?.map(({ same }) => same)).toEqual(['x', 'x'])
})
