import type { Results } from '../../../shared/results.ts'
import type { Formatter } from '../../format.ts'
import type { Translate } from '../../i18n.ts'
import { decidingComparison } from './results-reading.ts'
import type { ReportWords } from './use-report-words.ts'

export interface VerdictVocabulary {
  readonly t: Translate
  readonly words: ReportWords
  readonly format: Formatter
}

/** The reader's name of a quality metric. */
function qualityMetricName(metric: string, words: ReportWords): string {
  switch (metric) {
    case 'nll':
      return words('metric.nll')
    case 'bitsPerByte':
      return words('metric.bitsPerByte')
    default:
      return metric
  }
}

/** What a candidate's verdict means, in the sentence that the workbook has, too. */
export function verdictText(
  results: Results,
  candidate: string,
  { t, words, format }: VerdictVocabulary,
): string {
  const deciding = decidingComparison(results, candidate)
  const verdict = deciding?.verdict ?? null
  if (deciding === undefined || verdict === null) return t('comparison.verdict.noMargin')
  if (verdict === 'insufficient-data') {
    return words('verdict.insufficient-data.text', { documents: results.corpus.documents })
  }
  const signed = (share: number | null | undefined): string =>
    share === null || share === undefined ? t('common.unavailable') : format.signedPercent(share, 2)
  const params = {
    metric: qualityMetricName(deciding.metric, words),
    relative: signed(deciding.relative.value),
    low: signed(deciding.relative.ci95?.[0]),
    high: signed(deciding.relative.ci95?.[1]),
    margin: deciding.margin === null ? t('common.unavailable') : format.percent(deciding.margin, 2),
    candidate,
  }
  return isUndecidedByCorrection(results, candidate)
    ? t('comparison.verdict.corrected', params)
    : words(`verdict.${verdict}.text`, params)
}

/** Its own interval would decide; several candidates together do not. */
const isUndecidedByCorrection = ({ warnings }: Results, candidate: string): boolean =>
  warnings.some(
    ({ code, params }) => code === 'comparison/several-candidates' && params['candidate'] === candidate,
  )
