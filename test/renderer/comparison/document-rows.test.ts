import { expect, test } from 'vitest'

import { documentRows } from '../../../src/renderer/views/comparison/document-rows.ts'
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
      characters: 10,
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
