import { expect, test } from 'vitest'

import { documentRows, sortScores } from '../../../src/renderer/views/comparison/document-rows.ts'
import type { Results } from '../../../src/shared/results.ts'
import { sampleResults } from './sample-results.ts'

const rowsOf = (scores: Results['documents'][number]['scores']) =>
  documentRows({
    ...sampleResults(),
    documents: [{ name: 'a.txt', sha256: '', bytes: 30, characters: 10, scores }],
  })

test('each document has its mean nll by arm and the relative difference', () => {
  expect(
    rowsOf({ baseline: { nllSum: 400, tokens: 100 }, 'candidate-1': { nllSum: 410, tokens: 100 } }),
  ).toEqual([
    {
      name: 'a.txt',
      tokens: 100,
      'nll:baseline': 4,
      'nll:candidate-1': 4.1,
      'relative:candidate-1': 4.1 / 4 - 1,
    },
  ])
})

test('what was not scored, or with another tokenizer, has no difference', () => {
  const [unscored] = rowsOf({ baseline: { nllSum: 400, tokens: 100 } })
  expect([unscored?.['nll:candidate-1'], unscored?.['relative:candidate-1']]).toEqual([null, null])
  const [unpaired] = rowsOf({
    baseline: { nllSum: 400, tokens: 100 },
    'candidate-1': { nllSum: 410, tokens: 90 },
  })
  expect(unpaired?.['relative:candidate-1']).toBeNull()
  const [empty] = rowsOf({ baseline: { nllSum: 0, tokens: 0 }, 'candidate-1': { nllSum: 0, tokens: 0 } })
  expect([empty?.['nll:baseline'], empty?.['relative:candidate-1']]).toEqual([null, null])
})

test('rows are sorted by name or by a figure, those without it at the end either way', () => {
  const rows = [
    { name: '第10回.txt', tokens: 5, 'nll:a': null },
    { name: '第9回.txt', tokens: 5, 'nll:a': 2 },
    { name: '第1回.txt', tokens: 7, 'nll:a': 3 },
  ]
  const sorted = (by: string, isDescending: boolean): string[] =>
    sortScores(rows, { by, isDescending }, 'ja').map(({ name }) => name.replace(/\D/g, ''))
  expect(sorted('name', false)).toEqual(['1', '9', '10'])
  expect(sorted('tokens', true)).toEqual(['1', '10', '9'])
  expect(sorted('nll:a', false)).toEqual(['9', '1', '10'])
  expect(sorted('nll:a', true)).toEqual(['1', '9', '10'])
})
