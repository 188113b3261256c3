import { expect, test } from 'vitest'

import { createFormatter } from '../../../src/renderer/format.ts'
import { conditionGroups, conditionsText } from '../../../src/renderer/views/comparison/conditions.ts'
import { formatMessage } from '../../../src/shared/messages/define.ts'
import { reportMessages } from '../../../src/shared/messages/report.ts'
import { sampleResults } from './sample-results.ts'

test('conditions are copied as lines of label and value, hashes in full', () => {
  const groups = conditionGroups(
    sampleResults(),
    (key, params) => formatMessage(reportMessages[key], 'en', params),
    createFormatter('en'),
  )
  expect(groups.map(({ title, isCode }) => [title, isCode])).toEqual([
    ['Run', false],
    ['Environment', false],
    ['Hashes (SHA-256)', true],
  ])
  const text = conditionsText(groups)
  expect(text.split('\n').slice(0, 4)).toEqual([
    'Run',
    'Run\t20260402-101500-a1b2',
    'Created (UTC)\t2026-04-02T01:15:00.000Z',
    'Seed\t1',
  ])
  expect(text).toContain(`Corpus\t${'cd'.repeat(32)}`)
  expect(text).toContain('GPU\tn/a')
})
