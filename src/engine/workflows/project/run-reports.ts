import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { REPORT_FORMATS } from '../../../shared/contract/runs.ts'
import { LOCALES } from '../../../shared/messages/index.ts'
import { fileError } from '../../kernel/files.ts'
import { RunLedger } from '../../runs/index.ts'
import { databasePathIn } from '../../store/index.ts'
import { REPORT_FILE, RESULTS_FILE } from '../poc/poc.ts'
import { reportName } from '../runs.ts'

/** Where the reports of a project's run are written unless told otherwise. */
export const runReportsFolder = (project: string, run: string): string => join(project, 'reports', run)

/**
 * Deletes a project's run with its samples and files, and its reports in the project's own folder. What others put beside
 * those reports stays, and so do copies that were written elsewhere.
 *
 * @throws AppError runs/unknown, runs/locked, file/undeletable, store/deletion-unfinished
 */
export function deleteProjectRun(project: string, run: string): void {
  using ledger = RunLedger.open(databasePathIn(project))
  ledger.deleteRun(run, () => removeReports(project, run))
}

function removeReports(project: string, run: string): void {
  const folder = runReportsFolder(project, run)
  const own = new Set([
    RESULTS_FILE,
    REPORT_FILE,
    ...LOCALES.flatMap((locale) => REPORT_FORMATS.map((format) => reportName(run, format, locale))),
  ])
  try {
    const names = namesIn(folder)
    // Half-written ones hold what the whole ones would.
    const reports = names.filter((name) => own.has(name.replace(/\.[0-9a-f]{12}\.part$/, '')))
    for (const name of reports) rmSync(join(folder, name), { force: true })
    if (names.length > 0 && names.length === reports.length) rmdirSync(folder)
  } catch (error) {
    throw fileError(error, folder, 'delete')
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
