import { expect, test } from 'vitest'

import { createFormatter } from '../../../src/renderer/format.ts'
import type { Translate } from '../../../src/renderer/i18n.ts'
import { messages } from '../../../src/renderer/locales/index.ts'
import { verdictText } from '../../../src/renderer/views/comparison/verdict-text.ts'
import { formatMessage, type Locale } from '../../../src/shared/messages/define.ts'
import { reportMessages } from '../../../src/shared/messages/report.ts'
import type { Results } from '../../../src/shared/results.ts'
import { decidedBy, measured, sampleResults } from './sample-results.ts'

const textOf = (results: Results, locale: Locale = 'en'): string => {
  const t: Translate = (key, params) => formatMessage(messages[key], locale, params)
  return verdictText(results, 'candidate-1', {
    t,
    words: (key, params) => formatMessage(reportMessages[key], locale, params),
    format: createFormatter(locale),
  })
}

test('says what the workbook says', () => {
  const results = decidedBy({ verdict: 'worse', relative: measured(0.05, [0.03, 0.07]), margin: 0.01 })
  expect(textOf(results)).toBe(
    'Negative log-likelihood (nll) differs by +5.00 % (95 % interval +3.00 % to +7.00 %). The whole interval lies beyond the margin of +1.00 %: candidate "candidate-1" is worse than the baseline on these documents. Replacing it as it stands is not advised.',
  )
})

test('bits per byte decide where the tokenizers differ', () => {
  expect(textOf(decidedBy({ metric: 'bitsPerByte' }), 'ja')).toMatch(/^ビット\/バイト の差は/)
})

test('too little data is told by its documents, without an interval', () => {
  const results = decidedBy({ verdict: 'insufficient-data', relative: measured(0.05) })
  expect(textOf(results, 'ja')).toBe(
    '文書が 28 件しかなく、統計的な判定ができません（5 件以上が必要です）。文書を増やして再実行してください。',
  )
})

test('a verdict that only the correction for several candidates took away is not called straddling', () => {
  const results = decidedBy({ verdict: 'undecided', relative: measured(0.001, [-0.001, 0.003]) })
  const warning = {
    code: 'comparison/several-candidates',
    params: { candidate: 'candidate-1', candidates: 2 },
    message: '',
  }
  expect(textOf({ ...results, warnings: [warning] })).toContain('Holm')
  expect(textOf({ ...results, warnings: [{ ...warning, params: { candidate: 'other' } }] })).toContain(
    'straddles',
  )
})

test('an arm without a verdict has none', () => {
  expect(textOf({ ...sampleResults(), comparisons: [] })).toBe('There is no verdict for this candidate.')
})
