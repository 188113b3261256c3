import { describe, expect, it } from 'vitest'

import { selectDocuments } from '../../../src/engine/corpus/index.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { similarity } from '../../../src/engine/text/index.ts'
import { prose } from '../../fixtures/prose.ts'
import { described } from './described.ts'

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

  it('leaves out what is excluded, equal texts and near-copies', () => {
    const { documents: kept, ...leftOut } = selectDocuments(documents, { excluded: ['a.txt', 'gone.txt'] })
    expect(kept).toEqual([documents[1], documents[3]])
    expect(leftOut).toEqual({
      duplicates: [{ name: 'd.txt', of: 'c.txt' }],
      nearDuplicates: [
        { name: 'c.txt', of: 'b.txt', similarity: similarity(documents[1]!.sketch, documents[2]!.sketch) },
      ],
      excluded: ['a.txt'],
    })
    expect(leftOut.nearDuplicates[0]!.similarity).toBeGreaterThan(0.95)
  })

  it('keeps near-copies where they are wanted, and tells them', () => {
    const kept = selectDocuments(documents, { nearDuplicates: 'keep' })
    expect(names(kept.documents)).toEqual(['a.txt', 'b.txt', 'c.txt', 'e.txt'])
    expect(names(kept.nearDuplicates)).toEqual(['c.txt'])
  })

  it('prefers an intact near-copy to a longer one that is not', () => {
    const [intact, broken] = [described('a.txt', report), described('b.txt', `${report}\ufffd\ufffd`)]
    const damaged = { ...broken, health: { ...broken.health, unreadable: 2 } }
    expect(names(selectDocuments([damaged, intact]).documents)).toEqual(['a.txt'])
  })

  it('an excluded document is nobody’s original', () => {
    const { documents: kept } = selectDocuments(documents, { excluded: ['b.txt', 'c.txt'] })
    expect(names(kept)).toEqual(['a.txt', 'd.txt', 'e.txt'])
  })

  it('keeps the longest of near-copies, whatever the names and the order', () => {
    const random = new SeededRandom(6)
    const texts = Array.from({ length: 6 }, (_, family) =>
      Array.from(
        { length: 5 },
        (_, version) => `${prose(100 + family)} ${'改訂版'.repeat(version % 4)}${version}`,
      ),
    )
    const keptTexts = Array.from({ length: 5 }, () => {
      const shuffled = random.shuffle(texts.flat()).map((text, index) => described(`${index}.txt`, text))
      const { documents: kept, nearDuplicates } = selectDocuments(shuffled)
      expect(nearDuplicates).toHaveLength(24)
      return kept.map(({ textSha256 }) => textSha256).sort()
    })
    const longest = texts.map((family) => described('', family[3]!).textSha256).sort()
    expect(keptTexts).toEqual(Array(5).fill(longest))
  })

  it('drops nothing that is less than nine tenths alike what stays, and finds all that is more', () => {
    const random = new SeededRandom(8)
    const mixed = Array.from({ length: 120 }, (_, index) => {
      const words = prose(index % 12, 200).split(' ')
      const edits = random.integer(20)
      for (let edit = 0; edit < edits; edit++) words[random.integer(words.length)] = `改${index}${edit}`
      return described(`${index}.txt`, words.join(' '))
    })
    const { documents: kept, nearDuplicates } = selectDocuments(mixed)
    const byName = new Map(mixed.map((document) => [document.name, document]))
    expect(nearDuplicates.length).toBeGreaterThan(10)
    expect(kept.length).toBeGreaterThan(20)
    for (const { name, of, similarity: alike } of nearDuplicates) {
      expect(alike).toBeGreaterThanOrEqual(0.9)
      expect(alike).toBe(similarity(byName.get(name)!.sketch, byName.get(of)!.sketch))
      expect(names(kept)).toContain(of)
    }
    for (const [index, a] of kept.entries()) {
      for (const b of kept.slice(index + 1)) expect(similarity(a.sketch, b.sketch)).toBeLessThan(0.9)
    }
  })
})
