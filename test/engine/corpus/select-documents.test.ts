import { describe, expect, it } from 'vitest'

import { selectDocuments } from '../../../src/engine/corpus/index.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { similarity } from '../../../src/engine/text/index.ts'
import { prose } from '../../fixtures/prose.ts'
import { described, folderOf, sketchFor } from './described.ts'

const names = (documents: readonly { readonly name: string }[]): string[] => documents.map(({ name }) => name)

describe('selectDocuments', () => {
  const report = prose(1)
  const documents = [
    described('d.txt', report),
    described('b.txt', `${report} 改訂`),
    described('c.txt', `\ufeff${report}\r\n`),
    described('e.txt', prose(2)),
    described('a.txt', prose(3)),
  ]

  it('leaves out what is excluded, equal texts and near-copies', async () => {
    const { documents: kept, ...leftOut } = await selectDocuments(folderOf(documents), {
      excluded: ['a.txt', 'gone.txt'],
    })
    expect(kept).toEqual([documents[1], documents[3]])
    expect(leftOut).toEqual({
      duplicates: [{ name: 'd.txt', of: 'c.txt' }],
      nearDuplicates: [
        {
          name: 'c.txt',
          of: 'b.txt',
          similarity: similarity(sketchFor(documents[1]!), sketchFor(documents[2]!)),
        },
      ],
      excluded: ['a.txt'],
    })
    expect(leftOut.nearDuplicates[0]!.similarity).toBeGreaterThan(0.95)
  })

  it('keeps near-copies where they are wanted, and tells them', async () => {
    const kept = await selectDocuments(folderOf(documents), { nearDuplicates: 'keep' })
    expect(names(kept.documents)).toEqual(['a.txt', 'b.txt', 'c.txt', 'e.txt'])
    expect(names(kept.nearDuplicates)).toEqual(['c.txt'])
  })

  it('prefers an intact near-copy to a longer one that is not', async () => {
    const [intact, broken] = [described('a.txt', report), described('b.txt', `${report}\ufffd\ufffd`)]
    const damaged = { ...broken, health: { ...broken.health, unreadable: 2 } }
    expect(names((await selectDocuments(folderOf([damaged, intact]))).documents)).toEqual(['a.txt'])
  })

  it('an excluded document is nobody’s original', async () => {
    const { documents: kept } = await selectDocuments(folderOf(documents), { excluded: ['b.txt', 'c.txt'] })
    expect(names(kept)).toEqual(['a.txt', 'd.txt', 'e.txt'])
  })

  it('keeps the longest of near-copies, whatever the names and the order', async () => {
    const random = new SeededRandom(6)
    const texts = Array.from({ length: 6 }, (_, family) =>
      Array.from(
        { length: 5 },
        (_, version) => `${prose(100 + family)} ${'改訂版'.repeat(version % 4)}${version}`,
      ),
    )
    const keptTexts: string[][] = []
    for (let round = 0; round < 5; round++) {
      const shuffled = random.shuffle(texts.flat()).map((text, index) => described(`${index}.txt`, text))
      const { documents: kept, nearDuplicates } = await selectDocuments(folderOf(shuffled))
      expect(nearDuplicates).toHaveLength(24)
      keptTexts.push(kept.map(({ textSha256 }) => textSha256).sort())
    }
    const longest = texts.map((family) => described('', family[3]!).textSha256).sort()
    expect(keptTexts).toEqual(Array(5).fill(longest))
  })

  it('drops nothing that is less than nine tenths alike what stays, and finds all that is more', async () => {
    const random = new SeededRandom(8)
    const mixed = Array.from({ length: 120 }, (_, index) => {
      const words = prose(index % 12, 200).split(' ')
      const edits = random.integer(20)
      for (let edit = 0; edit < edits; edit++) words[random.integer(words.length)] = `改${index}${edit}`
      return described(`${index}.txt`, words.join(' '))
    })
    const { documents: kept, nearDuplicates } = await selectDocuments(folderOf(mixed))
    const byName = new Map(mixed.map((document) => [document.name, document]))
    expect(nearDuplicates.length).toBeGreaterThan(10)
    expect(kept.length).toBeGreaterThan(20)
    for (const { name, of, similarity: alike } of nearDuplicates) {
      expect(alike).toBeGreaterThanOrEqual(0.9)
      expect(alike).toBe(similarity(sketchFor(byName.get(name)!), sketchFor(byName.get(of)!)))
      expect(names(kept)).toContain(of)
    }
    for (const [index, a] of kept.entries()) {
      for (const b of kept.slice(index + 1)) expect(similarity(sketchFor(a), sketchFor(b))).toBeLessThan(0.9)
    }
  })
})
