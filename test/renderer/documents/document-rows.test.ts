import { describe, expect, test } from 'vitest'

import {
  filterRows,
  sortRows,
  summarise,
  toRows,
} from '../../../src/renderer/views/documents/document-rows.ts'
import type { DocumentEntry } from '../../../src/shared/contract/documents.ts'
import { entry } from './document-entries.ts'

const DOCUMENTS: readonly DocumentEntry[] = [
  entry('規程/就業規則.txt', { characters: 900 }),
  entry('FAQ.html', { format: 'html', language: 'en', characters: 2000 }),
  entry('mail.txt', { state: 'damaged', brokenCharacters: 3, characters: 100 }),
  entry('copy.txt', { state: 'duplicate', duplicateOf: 'mail.txt', characters: 100 }),
  entry('blank.txt', { state: 'blank', language: null, characters: 0 }),
  entry('photo.jpg', { state: 'skipped', format: null, encoding: null, language: null, characters: null }),
]

test('summarise counts by state, and languages and formats of what is evaluated', () => {
  expect(summarise(DOCUMENTS)).toEqual({
    total: 6,
    counted: 3,
    byState: { ready: 2, damaged: 1, duplicate: 1, blank: 1, skipped: 1 },
    languages: [
      { name: 'en', documents: 1, characters: 2000 },
      { name: 'ja', documents: 2, characters: 1000 },
    ],
    formats: [
      { name: 'html', documents: 1, characters: 2000 },
      { name: 'text', documents: 2, characters: 1000 },
    ],
  })
})

test('toRows ranks the states by the attention that they need', () => {
  expect(toRows(DOCUMENTS).map(({ attention }) => attention)).toEqual([4, 4, 1, 3, 2, 0])
})

describe('filterRows', () => {
  const names = (states: readonly DocumentEntry['state'][], words: string): readonly string[] =>
    filterRows(toRows(DOCUMENTS), states, words).map(({ name }) => name)

  test('without a filter everything stays, in order', () => {
    expect(names([], ' ')).toEqual(DOCUMENTS.map(({ name }) => name))
  })

  test('by states', () => {
    expect(names(['skipped', 'blank'], '')).toEqual(['blank.txt', 'photo.jpg'])
  })

  test('by words, whatever their case and width', () => {
    expect(names([], 'faq')).toEqual(['FAQ.html'])
    expect(names([], '就業')).toEqual(['規程/就業規則.txt'])
  })

  test('by both', () => {
    expect(names(['duplicate'], 'mail')).toEqual([])
  })
})

describe('sortRows', () => {
  const rows = toRows([
    entry('文書10.txt', { characters: 5 }),
    entry('文書9.txt', { characters: 5 }),
    entry('写真.jpg', { state: 'skipped', characters: null }),
    entry('文書11.txt', { characters: 7 }),
  ])
  const names = (by: 'attention' | 'name' | 'characters', isDescending: boolean): readonly string[] =>
    sortRows(rows, { by, isDescending }, 'ja').map(({ name }) => name)

  test('by state, what needs attention first, then by name with numbers in order', () => {
    expect(names('attention', false)).toEqual(['写真.jpg', '文書9.txt', '文書10.txt', '文書11.txt'])
  })

  test('by characters; what has none is last either way', () => {
    expect(names('characters', false)).toEqual(['文書9.txt', '文書10.txt', '文書11.txt', '写真.jpg'])
    expect(names('characters', true)).toEqual(['文書11.txt', '文書9.txt', '文書10.txt', '写真.jpg'])
  })

  test('by name in both directions', () => {
    expect(names('name', true)).toEqual(names('name', false).toReversed())
  })
})
