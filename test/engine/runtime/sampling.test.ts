import { expect, it } from 'vitest'

import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { argmax, sample } from '../../../src/engine/runtime/sampling.ts'

const logits = Float32Array.from([0.5, 0.2, 0.25, 0.05], Math.log)

function frequencies(temperature: number, topP: number, draws = 20_000): number[] {
  const random = new SeededRandom(1)
  const counts = [0, 0, 0, 0]
  for (let i = 0; i < draws; i++) counts[sample(logits, { temperature, topP, seed: 1 }, random)]!++
  return counts.map((count) => count / draws)
}

// Five standard deviations of a proportion over 20,000 draws.
const TOLERANCE = 5 * Math.sqrt(0.25 / 20_000)

it.each([
  ['the distribution itself', 1, 1, [0.5, 0.2, 0.25, 0.05]],
  ['the nucleus of two tokens', 1, 0.7, [2 / 3, 0, 1 / 3, 0]],
  ['at least one token', 1, 0.001, [1, 0, 0, 0]],
  [
    'squared probabilities at temperature one half',
    0.5,
    1,
    [0.25, 0.04, 0.0625, 0.0025].map((p) => p / 0.355),
  ],
])('draws from %s', (_, temperature, topP, expected) => {
  const actual = frequencies(temperature, topP)
  for (const [token, probability] of expected.entries()) {
    if (probability === 0) expect(actual[token]).toBe(0)
    else expect(Math.abs(actual[token]! - probability)).toBeLessThan(TOLERANCE)
  }
})

it('takes the first of equal maxima', () => {
  expect(argmax(Float32Array.of(-1, 3, 3, 2))).toBe(1)
})
