import type { Project } from '../../../shared/contract/projects.ts'
import type { AppSettings } from '../../../shared/contract/settings.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Locale } from '../../../shared/messages/index.ts'
import { resolveThreads } from '../home.ts'
import type { PocSettings } from '../poc/settings.ts'
import { runReportsFolder } from './run-reports.ts'

/**
 * What a project's run is asked to do, and where its report goes: into a folder of its own, named like the run.
 *
 * @param run id of the run to be, from `newRunId`
 * @throws AppError projects/no-documents, projects/no-baseline, projects/no-candidate
 */
export async function projectRunSettings(
  project: Project,
  { provider, threads }: Pick<AppSettings, 'provider' | 'threads'>,
  locale: Locale,
  run: string,
): Promise<PocSettings> {
  const { folder, documents, baseline, candidates, plan, corpus } = project
  if (documents === null) throw new AppError('projects/no-documents')
  if (baseline === null) throw new AppError('projects/no-baseline')
  if (candidates.length === 0) throw new AppError('projects/no-candidate')
  return {
    ...plan,
    documents,
    baseline,
    candidates,
    corpus,
    out: runReportsFolder(folder, run),
    provider,
    locale,
    threads: await resolveThreads(threads ?? undefined),
  }
}
