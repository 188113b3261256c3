import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import { AppError } from '../../shared/errors.ts'
import type { Locale } from '../../shared/messages/index.ts'
import { type Results, resultsSchema } from '../../shared/results.ts'
import { fileError, writeFileAtomically } from '../kernel/files.ts'
import { buildReport } from '../report/index.ts'
import { type Run, RunLedger, type RunPlan, type RunStatus, type RunSummary } from '../runs/index.ts'
import { databasePathIn } from '../store/index.ts'
import { RESULTS_FILE } from './poc/poc.ts'

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

/** Deletes a run with its samples and files, beyond recovery. @throws AppError runs/unknown, runs/locked */
export function deleteRun(home: string, id: string): void {
  using ledger = RunLedger.open(databasePathIn(home))
  ledger.deleteRun(id)
}

/** The results that a finished run left. @throws AppError runs/unknown, poc/not-finished, runs/record-damaged */
async function runResults(home: string, id: string): Promise<Results> {
  using ledger = RunLedger.open(databasePathIn(home))
  const run = ledger.run(id)
  const { state, unitsDone, unitsTotal } = run.status
  if (state !== 'done')
    throw new AppError('poc/not-finished', { run: id, done: unitsDone, total: unitsTotal })
  return await readResults(join(run.folder, RESULTS_FILE))
}

/** Reads a results.json. @throws AppError file/*, input/invalid naming the field */
async function readResults(path: string): Promise<Results> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw fileError(error, path, 'read')
  }
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
