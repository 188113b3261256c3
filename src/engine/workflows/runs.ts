import { join, resolve } from 'node:path'

import { z } from 'zod'

import { AppError } from '../../shared/errors.ts'
import { type Locale, LOCALES } from '../../shared/messages/index.ts'
import type { ReportModel } from '../../shared/report-model.ts'
import { type Results, resultsSchema } from '../../shared/results.ts'
import { readText, writeFileAtomically } from '../kernel/files.ts'
import { buildReport, reportModel } from '../report/index.ts'
import { type Run, RunLedger, type RunPlan, type RunStatus, type RunSummary } from '../runs/index.ts'
import { databasePathIn } from '../store/index.ts'
import { absolutePath } from './own-file.ts'
import { RESULTS_FILE, resultsText } from './poc/poc.ts'

export type { RunSummary }

/** A run with its settings and the hashes of its inputs. */
export interface RunOverview extends RunStatus {
  readonly id: string
  readonly createdAt: string
  readonly settings: RunPlan['settings']
  readonly inputs: RunPlan['inputs']
}

/** All runs, the newest first; one whose record is damaged is listed as such. @throws AppError store/* */
export function listRuns(home: string): RunSummary[] {
  using ledger = RunLedger.open(databasePathIn(home))
  return ledger.listRuns()
}

/** @throws AppError runs/unknown, runs/record-damaged */
export function showRun(home: string, id: string): RunOverview {
  using ledger = RunLedger.open(databasePathIn(home))
  return overview(ledger.run(id))
}

/** The language that a run was started in. @throws AppError runs/unknown, runs/record-damaged */
export function runLocale(home: string, id: string): Locale {
  return z.enum(LOCALES).catch('ja').parse(showRun(home, id).settings['locale'])
}

/** Deletes a run with its samples and files, beyond recovery. @throws AppError runs/unknown, runs/locked */
export function deleteRun(home: string, id: string): void {
  using ledger = RunLedger.open(databasePathIn(home))
  ledger.deleteRun(id)
}

/** The results that a finished run left. @throws AppError runs/unknown, poc/not-finished, runs/record-damaged */
export async function runResults(home: string, id: string): Promise<Results> {
  using ledger = RunLedger.open(databasePathIn(home))
  const run = ledger.run(id)
  const { state, unitsDone, unitsTotal } = run.status
  if (state !== 'done')
    throw new AppError('poc/not-finished', { run: id, done: unitsDone, total: unitsTotal })
  return await readResults(join(run.folder, RESULTS_FILE))
}

/** Reads a results.json. @throws AppError file/*, input/invalid naming the field */
async function readResults(path: string): Promise<Results> {
  const text = await readText(path)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('input/invalid', { source: path, field: 'JSON', reason }, { cause: error })
  }
  const parsed = resultsSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const params = { source: path, field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' }
  throw new AppError('input/invalid', params, { cause: parsed.error })
}

/** The report of a finished run as rows, to be shown. @throws AppError as runResults */
export async function runReport(home: string, id: string, locale: Locale): Promise<ReportModel> {
  return reportModel(await runResults(home, id), locale)
}

/** `xlsx`: the workbook; `json`: the results as they are, the same in every language. */
export type ReportFormat = 'xlsx' | 'json'

/** What a finished run's report is called unless told otherwise. */
export const reportName = (id: string, format: ReportFormat, locale: Locale): string =>
  format === 'xlsx' ? `report-${id}-${locale}.xlsx` : `results-${id}.json`

/** The report of a finished run as a file's content. @throws AppError as runResults */
export async function reportContent(
  home: string,
  id: string,
  { format, locale }: { readonly format: ReportFormat; readonly locale: Locale },
): Promise<Uint8Array> {
  const results = await runResults(home, id)
  return format === 'xlsx' ? await buildReport(results, locale) : Buffer.from(resultsText(results))
}

/** Writes the report of a finished run. @throws AppError as runResults; path/not-absolute, file/* */
export async function writeRunReport(
  home: string,
  id: string,
  { path, ...kind }: { readonly format: ReportFormat; readonly locale: Locale; readonly path: string },
): Promise<void> {
  await writeFileAtomically(absolutePath(path), await reportContent(home, id, kind))
}

/** Writes the workbook of a finished run, or of a results.json. @returns the absolute path written */
export async function writeReport({
  home,
  source,
  out,
  locale,
}: {
  home: string
  source: string
  out: string
  locale: Locale | undefined
}): Promise<string> {
  const results = source.endsWith('.json') ? await readResults(source) : await runResults(home, source)
  const path = resolve(out)
  await writeFileAtomically(path, await buildReport(results, locale ?? results.run.locale))
  return path
}

const overview = (run: Run): RunOverview => ({
  id: run.id,
  createdAt: run.createdAt,
  settings: run.plan.settings,
  inputs: run.plan.inputs,
  ...run.status,
})
