import type { Locale } from '../../shared/messages/index.ts'
import type { Results } from '../../shared/results.ts'
import { reportModel } from './report-model.ts'
import { writeWorkbook } from './workbook.ts'

export { reportModel }

/** The report of a run as the bytes of an .xlsx file; equal results and language give equal bytes. */
export function buildReport(results: Results, locale: Locale): Promise<Uint8Array> {
  return writeWorkbook(reportModel(results, locale))
}
