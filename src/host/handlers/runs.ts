import { rmdir } from 'node:fs/promises'
import { join } from 'node:path'

import {
  checkPoc,
  deleteProjectRun,
  listRuns,
  newRunId,
  type PocObserver,
  type PocOutcome,
  type PocSettings,
  projectRunSettings,
  readAppSettings,
  readProject,
  reportContent,
  reportName,
  resumePoc,
  type RunContext,
  runLocale,
  runPoc,
  runReport,
  runReportsFolder,
  runResults,
  storageIn,
  writeRunReport,
} from '../../engine/index.ts'
import type { Handlers, ProcedureCall } from '../../rpc/handlers.ts'
import type { ProcedureName } from '../../shared/contract.ts'
import type { RunEntry } from '../../shared/contract/runs.ts'
import { AppError } from '../../shared/errors.ts'
import type { Locale } from '../../shared/messages/index.ts'
import { contextOf } from '../call-context.ts'
import type { JobTable } from '../job-table.ts'
import type { PlanChecks } from '../plan-checks.ts'
import { projectFolder } from '../project-folder.ts'
import { RunStory } from '../run-story.ts'

type RunsProcedure = Extract<ProcedureName, `runs.${string}` | `jobs.${string}` | `report.${string}`>

export interface RunsSurroundings {
  /** Soroban's own folder. */
  readonly home: string
  readonly jobs: JobTable
  readonly checks: PlanChecks
  /** Ends what else would take part of the machine from a run. */
  readonly clearMachine: () => Promise<void>
}

interface RunWork {
  readonly project: string
  readonly run: string
  /** The run is in the ledger already. */
  readonly isKnown: boolean
  readonly locale: Locale
  readonly work: (ctx: RunContext, observer: PocObserver) => Promise<PocOutcome>
}

/** Runs, the jobs that work on them, and their reports. */
export function runsHandlers({
  home,
  jobs,
  checks,
  clearMachine,
}: RunsSurroundings): Handlers<RunsProcedure> {
  const { home: _, ...shared } = storageIn(home)

  async function settingsOf(
    project: string,
    locale: Locale,
    run: string,
    call: Pick<ProcedureCall<ProcedureName>, 'signal'>,
  ): Promise<PocSettings> {
    const settings = await readAppSettings(home, contextOf(call))
    return await projectRunSettings(await readProject(project), settings, locale, run)
  }

  /** Starts a run's work as a job that has the machine to itself. */
  const startJob = ({ project, run, isKnown, locale, work }: RunWork): { job: string } => {
    const job = jobs.start(project, async (started) => {
      if (isKnown) started.run = run
      try {
        await clearMachine()
        await new RunStory(started, locale).tell(work)
      } finally {
        // Only where it is empty: a run that has not come to its end leaves no folder for its report.
        await rmdir(runReportsFolder(project, run)).catch(() => {})
      }
    })
    return { job }
  }

  return {
    'runs.plan': async ({ project, locale }, call) => {
      const settings = await settingsOf(project, locale, newRunId(), call)
      jobs.assertIdle(await projectFolder(project))
      return await checks.perform(
        (signal) => checkPoc(settings, shared, contextOf({ signal }, call.emit)),
        call.signal,
      )
    },

    'runs.list': async ({ project }) => {
      const { folder } = await readProject(project)
      return listRuns(folder).map(({ failure, ...run }): RunEntry => ({
        ...run,
        failure: failure === null ? null : { code: failure.code, params: failure.params },
      }))
    },

    'runs.start': async ({ project, locale }, call) => {
      const { folder } = await readProject(project)
      const run = newRunId()
      const settings = await settingsOf(folder, locale, run, call)
      const work: RunWork['work'] = (ctx, observer) =>
        runPoc(settings, { home: folder, ...shared }, ctx, { ...observer, run })
      return startJob({ project: folder, run, isKnown: false, locale, work })
    },

    'runs.resume': async ({ project, run }) => {
      const { folder } = await readProject(project)
      const locale = runLocale(folder, run)
      const out = runReportsFolder(folder, run)
      const work: RunWork['work'] = (ctx, observer) =>
        resumePoc(run, { home: folder, ...shared }, ctx, { ...observer, out })
      return startJob({ project: folder, run, isKnown: true, locale, work })
    },

    'runs.delete': async ({ project, run }) => {
      const { folder } = await readProject(project)
      if (jobs.isWorkingOn(run)) throw new AppError('runs/locked', { run })
      deleteProjectRun(folder, run)
      return {}
    },

    'runs.results': async ({ project, run }) => await runResults(await projectFolder(project), run),

    'jobs.watch': (_, { emit, signal }) => jobs.watch(emit, signal),

    'jobs.stop': async ({ job }) => {
      await jobs.stop(job)
      return {}
    },

    'report.preview': async ({ project, run, ...wanted }) =>
      await runReport(await projectFolder(project), run, wanted),

    'report.write': async ({ project, run, path: wanted, ...kind }) => {
      const folder = await projectFolder(project)
      const path = wanted ?? join(runReportsFolder(folder, run), reportName(run, kind.format, kind.locale))
      await writeRunReport(folder, run, { ...kind, path })
      return { path }
    },

    'report.content': async ({ project, run, ...kind }) => {
      const content = await reportContent(await projectFolder(project), run, kind)
      return {
        name: reportName(run, kind.format, kind.locale),
        base64: Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64'),
      }
    },
  }
}
