/** One round of bench/report.ts, alone in a process: writes the whole report, or as many plain cells. */
import ExcelJS from 'exceljs'

import { buildReport } from '../../src/engine/report/index.ts'
import type { RoiInputs } from '../../src/engine/roi/index.ts'
import type { Results } from '../../src/shared/results.ts'

export type ReportSideTask =
  | { readonly side: 'report'; readonly results: Results; readonly roi: RoiInputs }
  | { readonly side: 'plain'; readonly cells: number }

/** Time of the work, the process's peak resident set, what of it the work added, and the size of what was written. */
export interface ReportSideAnswer {
  readonly ms: number
  readonly peakMb: number
  readonly addedMb: number
  readonly bytes: number
}

const KB_PER_MB = 1000

process.once('message', async (task: ReportSideTask) => {
  const before = process.resourceUsage().maxRSS
  const begin = performance.now()
  const { byteLength } =
    task.side === 'report' ? await buildReport(task.results, 'ja', task.roi) : await plainCells(task.cells)
  const ms = performance.now() - begin
  const peak = process.resourceUsage().maxRSS
  const answer: ReportSideAnswer = {
    ms,
    peakMb: peak / KB_PER_MB,
    addedMb: (peak - before) / KB_PER_MB,
    bytes: byteLength,
  }
  process.send!(answer, () => process.disconnect())
})

/** A column of numbers: what the library alone needs for as many cells. */
async function plainCells(cells: number): Promise<{ readonly byteLength: number }> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('cells')
  const columns = 80
  for (let first = 0; first < cells; first += columns) {
    sheet.addRow(Array.from({ length: columns }, (_, column) => first + column))
  }
  return await workbook.xlsx.writeBuffer()
}
