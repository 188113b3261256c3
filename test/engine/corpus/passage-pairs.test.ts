import { expect, it } from 'vitest'

import { passagePairs } from '../../../src/engine/corpus/passage-pairs.ts'
import { sketchesInMemory } from '../../../src/engine/corpus/sketches.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import {
  KEPT_BELOW,
  MINHASHES,
  MOST_PASSAGES,
  sharedPassages,
  type Sketch,
  sketchOf,
} from '../../../src/engine/text/index.ts'
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

/** A sketch of passages, each a number of 28 bits and one of 24 below it. */
function sketchOfPassages(passages: ReadonlySet<number>): Sketch {
  const sorted = [...passages].sort((a, b) => a - b).slice(0, MOST_PASSAGES)
  const words = sorted.flatMap((passage) => [Math.floor(passage / 2 ** 24), passage % 2 ** 24])
  return { minhash: new Uint32Array(MINHASHES), passages: Uint32Array.from(words) }
}

/** Every pair compared with every other, as the rule has it: boilerplate of more than eight texts does not count. */
function naivePairs(sketches: readonly Sketch[]): string[] {
  const sets = sketches.map(({ passages }) => {
    const own = new Set<number>()
    for (let index = 0; index < passages.length; index += 2)
      own.add(passages[index]! * 2 ** 24 + passages[index + 1]!)
    return own
  })
  const owners = new Map<number, number>()
  for (const passage of sets.flatMap((own) => [...own])) owners.set(passage, (owners.get(passage) ?? 0) + 1)
  // A sketch that is full tells nothing of what lies above its highest first word.
  const bounds = sets.map((own) =>
    own.size < MOST_PASSAGES
      ? KEPT_BELOW
      : Math.floor([...own].reduce((a, b) => Math.max(a, b)) / 2 ** 24) + 1,
  )
  const pairs: string[] = []
  for (const [a, first] of sets.entries()) {
    for (const [b, second] of sets.entries()) {
      if (a >= b) continue
      const bound = Math.min(bounds[a]!, bounds[b]!)
      const below = (own: ReadonlySet<number>): number =>
        [...own].filter((passage) => passage < bound * 2 ** 24).length
      const shared = [...first].filter((passage) => second.has(passage) && owners.get(passage)! <= 8).length
      if (shared > 0 && shared >= 0.1 * Math.min(below(first), below(second))) pairs.push(`${a} ${b}`)
    }
  }
  return pairs.sort()
}

const named = (pairs: readonly [number, number][]): string[] => pairs.map(([a, b]) => `${a} ${b}`).sort()

const sizesOf = (sketches: readonly Sketch[]): number[] => sketches.map(({ passages }) => passages.length / 2)

it('finds what comparing every pair finds, among few and many equal passages', async () => {
  const random = new SeededRandom(17)
  const passage = (): number => random.integer(KEPT_BELOW) * 2 ** 24 + random.integer(2 ** 24)
  for (let round = 0; round < 60; round++) {
    // From passages of which every text has one to such as hardly two have.
    const pool = Array.from({ length: [5, 40, 400][round % 3]! }, passage)
    const sketches = Array.from({ length: 2 + random.integer(30) }, () => {
      const common = Array.from({ length: random.integer(12) }, () => pool[random.integer(pool.length)]!)
      return sketchOfPassages(new Set([...common, ...Array.from({ length: random.integer(60) }, passage)]))
    })
    const expected = naivePairs(sketches)
    for (const comparedAtOnce of [2 ** 19, 97, 7]) {
      const found = await passagePairs(sketchesInMemory(sketches), sizesOf(sketches), comparedAtOnce)
      expect(named(found)).toEqual(expected)
    }
    // The same texts in another order.
    const order = random.shuffle([...sketches.keys()])
    const reordered = order.map((index) => sketches[index]!)
    const found = await passagePairs(sketchesInMemory(reordered), sizesOf(reordered), 50)
    const back = found.map(([a, b]) => [order[a]!, order[b]!].sort((x, y) => x - y) as [number, number])
    expect(named(back)).toEqual(expected)
  }
})

it('finds what comparing every pair finds, among texts whose sketches are full', async () => {
  const random = new SeededRandom(23)
  // Texts of one, four and sixteen megacharacters: their sketches end at different words.
  const sketches = [1, 0.25, 0.0625].flatMap((part) => {
    const passage = (): number => random.integer(KEPT_BELOW * part) * 2 ** 24 + random.integer(2 ** 24)
    const own = Array.from({ length: MOST_PASSAGES + 2000 }, passage)
    const copied = Array.from({ length: 9000 }, () => own[random.integer(own.length)]!)
    const few = Array.from({ length: 60 }, () => own[random.integer(own.length)]!)
    const other = Array.from({ length: 40_000 }, passage)
    return [
      sketchOfPassages(new Set(own)),
      sketchOfPassages(new Set([...copied, ...other])),
      sketchOfPassages(new Set([...few, ...Array.from({ length: 400 }, passage)])),
      sketchOfPassages(new Set([...few.slice(0, 3), ...Array.from({ length: 400 }, passage)])),
    ]
  })
  const expected = naivePairs(sketches)
  expect(expected).toContain('0 1')
  expect(expected).not.toContain('0 3')
  for (const comparedAtOnce of [2 ** 19, 20_000]) {
    const found = await passagePairs(sketchesInMemory(sketches), sizesOf(sketches), comparedAtOnce)
    expect(named(found)).toEqual(expected)
  }
})
