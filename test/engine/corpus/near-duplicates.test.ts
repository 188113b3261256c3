import { describe, expect, it } from 'vitest'

import { groupNearDuplicates } from '../../../src/engine/corpus/index.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { prose } from '../../fixtures/prose.ts'

describe('groupNearDuplicates', () => {
  it('groups copies, editions and excerpts, however wrapped, and nothing else', async () => {
    const [a, b, c] = [prose(1), prose(2), prose(3)]
    const excerpt = `${prose(4, 100)} ${b.slice(0, 1200)}`
    const wrapped = a.replaceAll(' ', '\n  ')
    expect(await groupNearDuplicates([a, b, wrapped, c, excerpt])).toEqual([0, 1, 0, 3, 1])
  })

  it('groups by way of a third, and names a group after its first text', async () => {
    const [a, b, c] = [prose(1), prose(2), prose(3)]
    expect(await groupNearDuplicates([a, c, b, `${b} ${c}`, `${a} ${b}`])).toEqual([0, 0, 0, 0, 0])
  })

  it('does not take a line found everywhere for a copy', async () => {
    const boilerplate = prose(5, 40)
    const texts = Array.from({ length: 12 }, (_, index) => `${prose(10 + index, 120)} ${boilerplate}`)
    expect(await groupNearDuplicates(texts)).toEqual(texts.map((_, index) => index))
  })

  it('groups many editions of one text, though their passages are found everywhere', async () => {
    const random = new SeededRandom(2)
    const editions = Array.from({ length: 40 }, (_, month) => `${prose(7, 300)} ${prose(500 + month, 100)}`)
    const texts = random.shuffle([
      ...editions,
      ...Array.from({ length: 20 }, (_, index) => prose(800 + index)),
    ])
    const groups = Map.groupBy((await groupNearDuplicates(texts)).entries(), ([, group]) => group)
    expect([...groups.values()].map(({ length }) => length).sort((a, b) => b - a)).toEqual([
      40,
      ...Array<number>(20).fill(1),
    ])
  })

  it('groups short texts with nothing in common apart, and no text with an empty one', async () => {
    expect(await groupNearDuplicates(['経費精算', '出張旅費', '会議室', ''])).toEqual([0, 1, 2, 3])
    expect(await groupNearDuplicates([])).toEqual([])
  })
})
