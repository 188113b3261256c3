import { describe, expect, it } from 'vitest'

import { groupNearDuplicates } from '../../../src/engine/corpus/index.ts'
import { prose } from '../../fixtures/prose.ts'

describe('near duplicates', () => {
  it('groups copies, editions and excerpts, however wrapped, and nothing else', () => {
    const [a, b, c] = [prose(1), prose(2), prose(3)]
    const excerpt = `${prose(4, 100)} ${b.slice(0, 1200)}`
    const wrapped = a.replaceAll(' ', '\n  ')
    expect(groupNearDuplicates([a, b, wrapped, c, excerpt])).toEqual([0, 1, 0, 3, 1])
  })

  it('does not take a line found everywhere for a copy', () => {
    const boilerplate = prose(5, 40)
    const texts = Array.from({ length: 12 }, (_, index) => `${prose(10 + index, 120)} ${boilerplate}`)
    expect(groupNearDuplicates(texts)).toEqual(texts.map((_, index) => index))
  })
})
