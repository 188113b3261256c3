import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError } from '../../../shared/errors.ts'
import type { Results } from '../../../shared/results.ts'
import { assembleResults } from '../../comparison/index.ts'
import { fileError, sha256, writeFileAtomically } from '../../kernel/files.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import { packageVersion } from '../../kernel/version.ts'
import { environmentOf, type MachineFacts, readMachine } from '../../measure/index.ts'
import { buildReport } from '../../report/index.ts'
import { type BackendReport, probeBackend } from '../../runtime/index.ts'
import { executeRun, type Run, RunLedger } from '../../runs/index.ts'
import { databasePathIn } from '../../store/index.ts'
import { strideOf } from '../../tokens/index.ts'
import { type PreparedPoc, preparePoc } from './prepare.ts'
import { QualityEngine } from './quality-engine.ts'
import { type PocSettings, pocSettingsSchema } from './settings.ts'
import { SpeedEngine } from './speed-engine.ts'
import { providerWarnings } from './warnings.ts'

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
  /** The run exists in the ledger from here on and can be resumed. */
  readonly onRun?: (id: string, isResumed: boolean) => void
}

/**
 * The whole proof of concept: reads documents and models, scores quality side by side, measures speed and memory,
 * compares, and writes results.json and report.xlsx. Each finished unit is kept, so that a killed or cancelled run
 * can be resumed.
 *
 * @param home Soroban's own folder
 * @throws AppError naming the input that is wrong; cancelled
 */
export async function runPoc(
  settings: PocSettings,
  home: string,
  ctx: RunContext,
  observer: PocObserver = {},
): Promise<PocOutcome> {
  await prepareOutput(settings.out)
  const prepared = await preparePoc(settings, home, ctx)
  using ledger = RunLedger.open(databasePathIn(home))
  const run = ledger.createRun(prepared.plan)
  observer.onRun?.(run.id, false)
  return await perform(run, prepared, ctx)
}

/** Continues a run where it stopped. @throws AppError runs/unknown, runs/locked, runs/inputs-changed, and as runPoc */
export async function resumePoc(
  id: string,
  home: string,
  ctx: RunContext,
  observer: PocObserver = {},
): Promise<PocOutcome> {
  using ledger = RunLedger.open(databasePathIn(home))
  const run = ledger.run(id)
  const parsed = pocSettingsSchema.safeParse(run.plan.settings)
  if (!parsed.success) {
    const reason = parsed.error.issues[0]?.message ?? ''
    throw new AppError('runs/record-damaged', { run: id, field: 'settings', reason }, { cause: parsed.error })
  }
  // Told before the inputs are read and hashed, which may take minutes; `begin` decides.
  if (run.status.state === 'running') throw new AppError('runs/locked', { run: id })
  await prepareOutput(parsed.data.out)
  const prepared = await preparePoc(parsed.data, home, ctx)
  observer.onRun?.(run.id, true)
  return await perform(run, prepared, ctx)
}

async function perform(run: Run, prepared: PreparedPoc, ctx: RunContext): Promise<PocOutcome> {
  const machine = await readMachine()
  const backend = await execute(run, prepared, ctx)
  const results = assemble(run, prepared, machine, backend)
  const { out, locale } = prepared.settings
  const json = `${JSON.stringify(results, null, 2)}\n`
  const resultsPath = join(out, RESULTS_FILE)
  const reportPath = join(out, REPORT_FILE)
  await writeFileAtomically(join(run.folder, RESULTS_FILE), json)
  await writeFileAtomically(resultsPath, json)
  await writeFileAtomically(reportPath, await buildReport(results, locale))
  return { run: run.id, results, resultsPath, reportPath }
}

/** Does what is left of the run; engines start when their first unit comes and end before the next kind starts. */
async function execute(run: Run, prepared: PreparedPoc, ctx: RunContext): Promise<BackendReport> {
  await using engines = new Engines(prepared)
  await executeRun(
    run,
    prepared.plan.inputs,
    {
      quality: async (unit, context) => (await engines.quality(context)).quality(unit, context),
      'self-check': async (unit, context) => (await engines.quality(context)).selfCheck(unit, context),
      speed: async (unit, context) => (await engines.speed(context)).speed(unit, context),
      memory: async (unit, context) => (await engines.speed(context)).memory(unit, context),
    },
    ctx,
  )
  // A resumed run may have nothing left to do; then this process's own runtime stands for the children's.
  return engines.backend ?? (await probeBackend(ctx)).report
}

/** At most one engine at a time: timing must not share the machine with an idle scorer's memory. */
class Engines implements AsyncDisposable {
  readonly #prepared: PreparedPoc
  #current: QualityEngine | SpeedEngine | undefined

  constructor(prepared: PreparedPoc) {
    this.#prepared = prepared
  }

  async quality(ctx: RunContext): Promise<QualityEngine> {
    if (this.#current instanceof QualityEngine) return this.#current
    await this[Symbol.asyncDispose]()
    const engine = await QualityEngine.start(this.#prepared, ctx)
    this.#current = engine
    return engine
  }

  async speed(ctx: RunContext): Promise<SpeedEngine> {
    if (this.#current instanceof SpeedEngine) return this.#current
    await this[Symbol.asyncDispose]()
    const engine = await SpeedEngine.start(this.#prepared, ctx)
    this.#current = engine
    return engine
  }

  /** Which runtime did the work; undefined while none has. */
  get backend(): BackendReport | undefined {
    return this.#current?.backend
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const engine = this.#current
    this.#current = undefined
    await engine?.[Symbol.asyncDispose]()
  }
}

function assemble(run: Run, prepared: PreparedPoc, machine: MachineFacts, backend: BackendReport): Results {
  const { settings, arms, documents, corpus, window, warnings } = prepared
  const samples = run.allSamples()
  return assembleResults({
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
    environment: environmentOf(machine, {
      soroban: packageVersion(),
      onnxruntime: backend.version,
      runtimeDriver: backend.driver,
      providerRequested: settings.provider,
      // A session whose provider is missing fails to open, so what was asked for is what ran.
      providerUsed: settings.provider,
      quantization: settings.quantization,
      threads: settings.threads,
    }),
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
    warnings: [...warnings, ...providerWarnings(samples, settings.provider, settings.locale)],
  })
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
