import type { Locale } from '../../shared/messages/index.ts'
import type { Results } from '../../shared/results.ts'
import type { RoiInputs } from '../roi/index.ts'
import { reportModel } from './report-model.ts'
import { writeWorkbook } from './workbook.ts'

export { exportReport } from './exports/index.ts'
export { previewOf } from './preview.ts'
export { reportModel }

/**
 * The report of a run as the bytes of an .xlsx file; equal arguments give equal bytes.
 *
 * @param roi null leaves money out
 */
export function buildReport(results: Results, locale: Locale, roi: RoiInputs | null): Promise<Uint8Array> {
  return writeWorkbook(reportModel(results, locale, roi))
}
