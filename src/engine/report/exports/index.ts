import type { Locale } from '../../../shared/messages/index.ts'
import type { ReportFormat } from '../../../shared/contract/runs.ts'
import { assertNever } from '../../../shared/errors.ts'
import type { Results } from '../../../shared/results.ts'
import { calculateRoi, type RoiInputs } from '../../roi/index.ts'
import { previewOf } from '../preview.ts'
import { reportModel } from '../report-model.ts'
import { writeCsv } from './csv/write-csv.ts'
import { writeHtml } from './html/write-html.ts'
import { writeLlamaBench } from './llama-bench.ts'
import { writeLmEval } from './lm-eval.ts'

/** The report in a format other than a workbook's, as the text of a file; equal arguments give equal text. */
export function exportReport(
  results: Results,
  locale: Locale,
  roi: RoiInputs | null,
  format: Exclude<ReportFormat, 'xlsx'>,
): string {
  switch (format) {
    case 'html':
      return writeHtml(previewOf(reportModel(results, locale, roi)), locale)
    case 'csv':
      return writeCsv(results, roi === null ? null : calculateRoi(roi))
    case 'json':
      return `${JSON.stringify(results, null, 2)}\n`
    case 'llama-bench':
      return writeLlamaBench(results)
    case 'lm-eval':
      return writeLmEval(results)
    default:
      return assertNever(format)
  }
}
