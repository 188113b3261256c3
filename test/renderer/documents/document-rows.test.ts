import { describe, expect, test } from 'vitest'

import {
  filterRows,
  NO_FILTER,
  type RowFilter,
  type SortKey,
  sortRows,
  summarise,
  toRows,
} from '../../../src/renderer/views/documents/document-rows.ts'
import type { DocumentEntry } from '../../../src/shared/contract/documents.ts'
import { entry, HEALTHY, skipped } from './document-entries.ts'

const DOCUMENTS: readonly DocumentEntry[] = [
  entry('規程/就業規則.txt', { characters: 900 }),
  entry('FAQ.html', { format: 'html', language: 'en', characters: 2000 }),
  entry('mail.txt', { state: 'damaged', health: { ...HEALTHY, unreadable: 3 }, characters: 100 }),
  entry('copy.txt', { state: 'duplicate', duplicateOf: 'mail.txt', characters: 100 }),
  entry('scan.pdf', {
    format: 'pdf',
    pages: 3,
    characters: 500,
    health: { ...HEALTHY, ocr: { pages: 3, confidence: 0.9 }, sensitive: [{ kind: 'password', count: 1 }] },
  }),
  entry('old.txt', { state: 'excluded', health: { ...HEALTHY, macros: true } }),
  skipped('photo.heic'),
]
const ROWS = toRows(DOCUMENTS, 'ja')

test('summarise counts states and warnings of all, languages and formats of what is evaluated', () => {
  expect(summarise(ROWS)).toEqual({
    total: 7,
    counted: 4,
    toCheck: 3,
    byState: [
      { value: 'skipped', count: 1 },
      { value: 'damaged', count: 1 },
      { value: 'duplicate', count: 1 },
      { value: 'excluded', count: 1 },
      { value: 'ready', count: 3 },
    ],
    byWarning: [
      { value: 'unreadable', count: 1 },
      { value: 'ocr', count: 1 },
      { value: 'secrets', count: 1 },
      { value: 'macros', count: 1 },
    ],
    byFormat: [
      { value: 'text', count: 4 },
      { value: 'html', count: 1 },
      { value: 'pdf', count: 1 },
    ],
    byLanguage: [
      { value: 'ja', count: 5 },
      { value: 'en', count: 1 },
    ],
    languages: [
      { name: 'en', documents: 1, characters: 2000 },
      { name: 'ja', documents: 3, characters: 1500 },
    ],
    formats: [
      { name: 'html', documents: 1, characters: 2000 },
      { name: 'text', documents: 2, characters: 1000 },
      { name: 'pdf', documents: 1, characters: 500 },
    ],
  })
})

test('what is to be checked needs attention first, whatever counts; what was settled comes after it', () => {
  expect(sortRows(ROWS, { by: 'attention', isDescending: false }).map(({ name }) => name)).toEqual([
    'photo.heic',
    'mail.txt',
    'scan.pdf',
    'copy.txt',
    'old.txt',
    'FAQ.html',
    '規程/就業規則.txt',
  ])
})

describe('filterRows', () => {
  const names = (filter: Partial<RowFilter>): readonly string[] =>
    filterRows(ROWS, { ...NO_FILTER, ...filter }).map(({ name }) => name)

  test('without a filter everything stays, in order', () => {
    expect(names({ words: ' ' })).toEqual(DOCUMENTS.map(({ name }) => name))
  })

  test.each<[string, Partial<RowFilter>, readonly string[]]>([
    ['states', { states: ['skipped', 'excluded'] }, ['old.txt', 'photo.heic']],
    ['what is to be checked', { onlyToCheck: true }, ['mail.txt', 'scan.pdf', 'photo.heic']],
    ['a warning', { warning: 'secrets' }, ['scan.pdf']],
    ['a format', { format: 'html' }, ['FAQ.html']],
    ['a language', { language: 'en' }, ['FAQ.html']],
    ['words, whatever their case', { words: 'faq' }, ['FAQ.html']],
    ['words, whatever their width', { words: 'ＦＡＱ' }, ['FAQ.html']],
    ['Japanese words', { words: '就業' }, ['規程/就業規則.txt']],
    ['several at once', { states: ['ready'], format: 'text', words: 'mail' }, []],
  ])('by %s', (_, filter, expected) => {
    expect(names(filter)).toEqual(expected)
  })
})

describe('sortRows', () => {
  const rows = toRows(
    [
      entry('文書10.txt', { characters: 5 }),
      entry('文書9.txt', { characters: 5 }),
      skipped('写真.heic'),
      entry('文書11.pdf', { characters: 7, format: 'pdf', pages: 2 }),
    ],
    'ja',
  )
  const names = (by: SortKey, isDescending = false): readonly string[] =>
    sortRows(rows, { by, isDescending }).map(({ name }) => name)

  test('by name with numbers in order, in both directions', () => {
    expect(names('place')).toEqual(['写真.heic', '文書9.txt', '文書10.txt', '文書11.pdf'])
    expect(names('place', true)).toEqual(names('place').toReversed())
  })

  test('by characters; what has none is last either way', () => {
    expect(names('characters')).toEqual(['文書9.txt', '文書10.txt', '文書11.pdf', '写真.heic'])
    expect(names('characters', true)).toEqual(['文書11.pdf', '文書9.txt', '文書10.txt', '写真.heic'])
  })

  test('by pages and by format', () => {
    expect(names('pages')[0]).toBe('文書11.pdf')
    expect(names('format')).toEqual(['文書9.txt', '文書10.txt', '文書11.pdf', '写真.heic'])
  })

  test('twenty thousand rows keep every one of them', () => {
    const many = toRows(
      Array.from({ length: 20_000 }, (_, index) => entry(`文書${index}.txt`, { characters: index % 97 })),
      'ja',
    )
    const sorted = sortRows(many, { by: 'characters', isDescending: false })
    expect(new Set(sorted).size).toBe(20_000)
    expect(sorted.slice(0, 2).map(({ name }) => name)).toEqual(['文書0.txt', '文書97.txt'])
  })
})
