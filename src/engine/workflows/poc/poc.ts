import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError } from '../../../shared/errors.ts'
import type { Results } from '../../../shared/results.ts'
import { assembleResults, unitsOf } from '../../comparison/index.ts'
import { fileError, sha256, writeFileAtomically } from '../../kernel/files.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import { packageVersion } from '../../kernel/version.ts'
import { environmentOf, type MachineFacts, readMachine } from '../../measure/index.ts'
import { buildReport, exportReport } from '../../report/index.ts'
import { type BackendReport, probeBackend } from '../../runtime/index.ts'
import { executeRun, type FinishedUnit, type Run, RunLedger } from '../../runs/index.ts'
import { databasePathIn } from '../../store/index.ts'
import { strideOf } from '../../tokens/index.ts'
import type { Storage } from '../home.ts'
import { assertPriceTables, defaultReportRoi } from '../report-roi.ts'
import { Engines } from './engines.ts'
import { type PreparedPoc, preparePoc } from './prepare.ts'
import { type PocSettings, pocSettingsSchema } from './settings.ts'
import { driverWarnings, providerWarnings, type Warning } from './warnings.ts'

/** File names inside the output folder; results are kept under the same name with the run. */
export const RESULTS_FILE = 'results.json'
export const REPORT_FILE = 'report.xlsx'

export interface PocOutcome {
  readonly run: string
  readonly results: Results
  /** Absolute paths of what was written. */
  readonly resultsPath: string
  readonly reportPath: string
}

export interface PocObserver {
  /** What is to be known about the inputs, in the run's language. */
  readonly onWarnings?: (warnings: readonly Warning[]) => void
  /** The run exists in the ledger from here on and can be resumed. */
  readonly onRun?: (id: string, isResumed: boolean) => void
  /** Units done of all: once when the work begins, then after each. */
  readonly onUnits?: (done: number, total: number) => void
}

/**
 * The whole proof of concept: reads documents and models, scores quality side by side, measures speed and memory,
 * compares, and writes results.json and report.xlsx, priced with the default assumptions. Each finished unit is kept, so that a killed or cancelled run
 * can be resumed.
 *
 * @param observer also the new run's id, where it had to be known before
 * @throws AppError naming the input that is wrong; cancelled
 */
export async function runPoc(
  settings: PocSettings,
  storage: Storage,
  ctx: RunContext,
  { run: id, ...observer }: PocObserver & { readonly run?: string } = {},
): Promise<PocOutcome> {
  await prepareOutput(settings.out)
  await assertPriceTables({ home: storage.prices, locale: settings.locale })
  const prepared = await preparePoc(settings, storage, ctx)
  observer.onWarnings?.(prepared.warnings)
  using ledger = RunLedger.open(databasePathIn(storage.home))
  const run = ledger.createRun(prepared.plan, id)
  observer.onRun?.(run.id, false)
  return await perform(run, prepared, storage, ctx, observer)
}

/**
 * Continues a run where it stopped.
 *
 * @param observer also the output folder, where it is another one than at the start: a project may have moved since
 * @throws AppError runs/unknown, runs/locked, runs/inputs-changed, and as runPoc
 */
export async function resumePoc(
  id: string,
  storage: Storage,
  ctx: RunContext,
  { out, ...observer }: PocObserver & { readonly out?: string } = {},
): Promise<PocOutcome> {
  using ledger = RunLedger.open(databasePathIn(storage.home))
  const run = ledger.run(id)
  const parsed = pocSettingsSchema.safeParse(run.plan.settings)
  if (!parsed.success) {
    const reason = parsed.error.issues[0]?.message ?? ''
    throw new AppError('runs/record-damaged', { run: id, field: 'settings', reason }, { cause: parsed.error })
  }
  // Told before the inputs are read and hashed, which may take minutes; `begin` decides.
  if (run.status.state === 'running') throw new AppError('runs/locked', { run: id })
  const settings = { ...parsed.data, out: out ?? parsed.data.out }
  await prepareOutput(settings.out)
  await assertPriceTables({ home: storage.prices, locale: settings.locale })
  const prepared = await preparePoc(settings, storage, ctx)
  observer.onWarnings?.(prepared.warnings)
  observer.onRun?.(run.id, true)
  return await perform(run, prepared, storage, ctx, observer)
}

async function perform(
  run: Run,
  prepared: PreparedPoc,
  { prices }: Storage,
  ctx: RunContext,
  { onUnits }: PocObserver,
): Promise<PocOutcome> {
  const machine = await readMachine()
  await using engines = new Engines(prepared)
  const { out } = prepared.settings
  const paths = { resultsPath: join(out, RESULTS_FILE), reportPath: join(out, REPORT_FILE) }
  let results: Results | undefined
  const complete = async (): Promise<void> => {
    await engines[Symbol.asyncDispose]()
    results = await assemble(run, prepared, machine, await backendsOf(engines, ctx))
    await writeOutputs(results, run, prepared, paths, prices)
  }
  const options = { complete, ...(onUnits === undefined ? {} : { onUnits }) }
  await executeRun(run, prepared.plan.inputs, engines.performers, ctx, options)
  if (results === undefined) throw new Error('the run ended without results')
  return { run: run.id, results, ...paths }
}

/** The runtimes of a run; one with nothing left to do has used none, so this process's own stands for them. */
async function backendsOf(engines: Engines, ctx: RunContext): Promise<readonly BackendReport[]> {
  return engines.backends.length > 0 ? engines.backends : [(await probeBackend(ctx)).report]
}

async function writeOutputs(
  results: Results,
  run: Run,
  { settings }: PreparedPoc,
  { resultsPath, reportPath }: Pick<PocOutcome, 'resultsPath' | 'reportPath'>,
  prices: string,
): Promise<void> {
  const { locale } = settings
  const json = exportReport(results, locale, null, 'json')
  await writeFileAtomically(join(run.folder, RESULTS_FILE), json)
  await writeFileAtomically(resultsPath, json)
  const roi = await defaultReportRoi(results, { home: prices, locale })
  await writeFileAtomically(reportPath, await buildReport(results, locale, roi))
}

async function assemble(
  run: Run,
  prepared: PreparedPoc,
  machine: MachineFacts,
  backends: readonly BackendReport[],
): Promise<Results> {
  const { settings, arms, documents, corpus, window, warnings } = prepared
  const samples = run.allSamples()
  const backend = backends[0]!
  return await assembleResults({
    run: {
      id: run.id,
      seed: settings.seed,
      createdAt: run.createdAt,
      locale: settings.locale,
      margins: { nllRelative: settings.marginNll },
      contexts: settings.contexts,
      window,
      stride: strideOf(window),
    },
    environment: environmentOf(
      { ...machine, loadPerCore: otherLoad(samples) },
      {
        soroban: packageVersion(),
        onnxruntime: backend.version,
        runtimeDriver: backend.driver,
        providerRequested: settings.provider,
        // A session whose provider is missing fails to open, so what was asked for is what ran.
        providerUsed: settings.provider,
        quantization: settings.quantization,
        threads: settings.threads,
      },
    ),
    corpus,
    documents,
    arms: arms.map(({ id, role, model }) => ({
      id,
      role,
      model: model.facts,
      tokenizerSha256: sha256(`${model.tokenizer.fingerprint} ${model.tokenizer.startId}`),
      weightsBytes: model.weightsBytes,
    })),
    samples,
    warnings: [
      ...driverWarnings(
        backends.map(({ driver }) => driver),
        settings.locale,
      ),
      ...providerWarnings(samples, settings.provider, settings.locale),
      ...warnings,
    ],
  })
}

/** The most that other work took of the processors before any of the timings. */
function otherLoad(samples: readonly FinishedUnit[]): number | null {
  const loads = unitsOf(samples, 'speed').flatMap(({ samples: { otherLoad: load } }) => load ?? [])
  return loads.length === 0 ? null : Math.max(...loads)
}

async function prepareOutput(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
  } catch (error) {
    const isFile = await stat(path).then(
      (entry) => !entry.isDirectory(),
      () => false,
    )
    throw isFile ? new AppError('poc/out-is-a-file', { path }) : fileError(error, path, 'write')
  }
}
