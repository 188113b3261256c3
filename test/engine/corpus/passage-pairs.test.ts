import { expect, it } from 'vitest'

import { passagePairs } from '../../../src/engine/corpus/passage-pairs.ts'
import { sketchesInMemory } from '../../../src/engine/corpus/sketches.ts'
import { sharedPassages, sketchOf } from '../../../src/engine/text/index.ts'
import { prose } from '../../fixtures/prose.ts'

it('finds the same pairs however few passages are compared at a time', async () => {
  const texts = Array.from(
    { length: 24 },
    (_, index) => `${prose(index, 120)} ${prose(500 + (index % 8), 60)}`,
  )
  const sketches = texts.map(sketchOf)
  const sizes = sketches.map(({ passages }) => passages.length / 2)
  const expected = sketches.flatMap((a, index) =>
    sketches.flatMap((b, other) => (index < other && sharedPassages(a, b) >= 0.1 ? [[index, other]] : [])),
  )
  expect(expected.length).toBeGreaterThan(10)
  for (const comparedAtOnce of [1e6, 500, 40]) {
    const pairs = await passagePairs(sketchesInMemory(sketches), sizes, comparedAtOnce)
    expect(pairs.sort(([a, b], [c, d]) => a - c || b - d)).toEqual(expected)
  }
})
