import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { z } from 'zod'

import type { ReportFormat } from '../../shared/contract/runs.ts'
import { AppError } from '../../shared/errors.ts'
import { type Locale, LOCALES } from '../../shared/messages/index.ts'
import type { ReportModel } from '../../shared/report-model.ts'
import { type Results, resultsSchema } from '../../shared/results.ts'
import type { Assumptions } from '../../shared/roi/assumptions.ts'
import { readText, writeFileAtomically } from '../kernel/files.ts'
import { parseJson } from '../kernel/json.ts'
import { buildReport, exportReport, previewOf, reportModel } from '../report/index.ts'
import { type RoiInputs, roiInputs } from '../roi/index.ts'
import { type Run, RunLedger, type RunPlan, type RunStatus, type RunSummary } from '../runs/index.ts'
import { databasePathIn } from '../store/index.ts'
import { assumptionsFor, readAssumptionsFile } from './assumptions.ts'
import { absolutePath } from './own-file.ts'
import { RESULTS_FILE } from './poc/poc.ts'
import { defaultReportRoi, reportRoi } from './report-roi.ts'

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

/** Reads a results.json. @throws AppError file/*, runs/results-invalid naming the field */
async function readResults(path: string): Promise<Results> {
  const parsed = resultsSchema.safeParse(parseJson(await readText(path), path))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const [field, reason] = [issue?.path.join('.') || 'JSON', issue?.message ?? '']
  throw new AppError('runs/results-invalid', { source: path, field, reason }, { cause: parsed.error })
}

/**
 * The report of a finished run as rows, to be shown.
 *
 * @param assumptions null leaves money out
 * @throws AppError as runResults
 */
export async function runReport(
  home: string,
  id: string,
  { locale, assumptions }: { readonly locale: Locale; readonly assumptions: Assumptions | null },
): Promise<ReportModel> {
  const results = await runResults(home, id)
  return previewOf(reportModel(results, locale, reportRoi(results, assumptions)))
}

/** What a finished run's report is called unless told otherwise. */
export function reportName(id: string, format: ReportFormat, locale: Locale): string {
  switch (format) {
    case 'json':
      return `results-${id}.json`
    case 'llama-bench':
    case 'lm-eval':
      return `${format}-${id}.json`
    default:
      return `report-${id}-${locale}.${format}`
  }
}

/** How a report is written: `json` is the results as they are, the same in every language. */
export interface ReportKind {
  readonly format: ReportFormat
  readonly locale: Locale
}

/** The report of a finished run as a file's content. @throws AppError as runResults */
export async function reportContent(
  home: string,
  id: string,
  { assumptions, ...kind }: ReportKind & { readonly assumptions: Assumptions | null },
): Promise<Uint8Array> {
  const results = await runResults(home, id)
  return await reportBytes(results, kind, reportRoi(results, assumptions))
}

/** Writes the report of a finished run. @throws AppError as runResults; path/not-absolute, file/* */
export async function writeRunReport(
  home: string,
  id: string,
  { path, ...kind }: ReportKind & { readonly assumptions: Assumptions | null; readonly path: string },
): Promise<void> {
  await writeFileAtomically(absolutePath(path), await reportContent(home, id, kind))
}

/** What `writeReport` writes, and how it is priced. */
export interface ReportOrder {
  /** Soroban's own folder. */
  readonly home: string
  /** As `resultsOf` takes it. */
  readonly source: string
  readonly out: string
  readonly format: ReportFormat
  /** Undefined: the run's own language. */
  readonly locale: Locale | undefined
  /** Path of a file of assumptions; `default` for the defaults, `none` for a report without money. */
  readonly assumptions: { readonly path: string } | 'default' | 'none'
}

/**
 * Writes the report of a finished run, or of a results.json.
 *
 * @returns the absolute path written
 * @throws AppError as runResults; assumptions/*, roi/* where a file of assumptions cannot be reckoned with; file/*
 */
export async function writeReport(order: ReportOrder): Promise<string> {
  const { home, source, format, assumptions: wanted } = order
  const results = await resultsOf(home, source)
  const locale = order.locale ?? results.run.locale
  const pricing = { home, locale }
  let roi: RoiInputs | null = null
  if (wanted === 'default') roi = await defaultReportRoi(results, pricing)
  else if (wanted !== 'none')
    roi = roiInputs(results, await assumptionsFor(results, await readAssumptionsFile(wanted.path), pricing))
  const path = resolve(order.out)
  await writeFileAtomically(path, await reportBytes(results, { format, locale }, roi))
  return path
}

async function reportBytes(
  results: Results,
  { format, locale }: ReportKind,
  roi: RoiInputs | null,
): Promise<Uint8Array> {
  return format === 'xlsx'
    ? await buildReport(results, locale, roi)
    : Buffer.from(exportReport(results, locale, roi, format))
}

/**
 * Results by the id of a run, or by the path of a results.json or of the folder in which one lies.
 *
 * @throws AppError as runResults; file/*, runs/results-invalid
 */
export function resultsOf(home: string, source: string): Promise<Results> {
  if (source.endsWith('.json')) return readResults(source)
  const within = join(source, RESULTS_FILE)
  return existsSync(within) ? readResults(within) : runResults(home, source)
}

/** The newest run that has come to its end; null without one. @throws AppError store/* */
export const newestFinishedRun = (home: string): string | null =>
  listRuns(home).find(({ state }) => state === 'done')?.id ?? null

const overview = (run: Run): RunOverview => ({
  id: run.id,
  createdAt: run.createdAt,
  settings: run.plan.settings,
  inputs: run.plan.inputs,
  ...run.status,
})
