import type { Results } from '../../../../shared/results.ts'
import type { RoiResult } from '../../../../shared/roi/result.ts'
import { baselineOf } from '../../figures.ts'
import { csvText } from './csv-text.ts'
import { measuredRows } from './measured-rows.ts'
import { moneyRows } from './money-rows.ts'
import { TIDY_COLUMNS, tidyFields } from './tidy-row.ts'

/** Everything as one long table, a value a row; docs/exports.md describes the columns. */
export function writeCsv(results: Results, roi: RoiResult | null): string {
  const rows = [...measuredRows(results), ...(roi === null ? [] : moneyRows(roi, baselineOf(results).id))]
  return csvText([TIDY_COLUMNS, ...rows.map((row) => tidyFields(results.run.id, row))])
}
