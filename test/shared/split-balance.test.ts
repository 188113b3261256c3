import { expect, it } from 'vitest'

import type { CorpusSplit } from '../../src/shared/documents.ts'
import { scarceHeldOut } from '../../src/shared/split-balance.ts'

const parts = (characters: Partial<Record<CorpusSplit, number>>) =>
  Object.entries(characters).map(([split, count]) => ({ split: split as CorpusSplit, characters: count }))

it('tells the share that is held out where it is less than half of what a split plans', () => {
  expect(scarceHeldOut(parts({ tuning: 900, validation: 80, 'held-out': 20 }))).toBe(0.02)
  expect(scarceHeldOut(parts({ tuning: 900, validation: 100 }))).toBe(0)
  expect(scarceHeldOut([...parts({ 'held-out': 40, tuning: 900 }), ...parts({ 'held-out': 60 })])).toBeNull()
})

it('has nothing to tell where all is held out, or there is nothing', () => {
  expect(scarceHeldOut(parts({ 'held-out': 3 }))).toBeNull()
  expect(scarceHeldOut(parts({ 'held-out': 0, tuning: 0 }))).toBeNull()
  expect(scarceHeldOut([])).toBeNull()
})
