import { join } from 'node:path'

import { createProject, listRuns, runResults, updateProject } from '../../src/engine/index.ts'
import { quietContext } from '../../src/engine/kernel/run-context.ts'
import type { PlanSettings } from '../../src/shared/contract/projects.ts'
import type { Results } from '../../src/shared/results.ts'
import type { Company } from '../cli/company.ts'

/** A project among those of an app, in which nothing has been chosen yet. */
export async function emptyProject(home: string, name: string): Promise<CompanyProject> {
  const { folder } = await createProject({ home, parent: join(home, 'projects'), name }, quietContext())
  return new CompanyProject(folder)
}

export const VIEWS = ['overview', 'documents', 'corpus', 'models', 'runs', 'comparison', 'report'] as const
export type View = (typeof VIEWS)[number]

export const PLAN: PlanSettings = { contexts: [64], quantization: 'none', marginNll: 0.01, seed: 1 }

/** A project of the company that has all it needs to run, and its place in the app. */
export async function readyProject(company: Company, home: string, name: string): Promise<CompanyProject> {
  const project = await emptyProject(home, name)
  const { documents, baseline, gqa } = company
  await updateProject(project.folder, { documents, baseline, candidates: [gqa], plan: PLAN })
  return project
}

export class CompanyProject {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /** For `App.visit`. */
  at(view: View): string {
    return `project/${encodeURIComponent(this.folder)}/${view}`
  }

  /** Of its finished runs, the newest first. */
  async results(): Promise<Results[]> {
    const finished = (await listRuns(this.folder)).filter(({ state }) => state === 'done')
    return await Promise.all(finished.map(({ id }) => runResults(this.folder, id)))
  }

  /** What each finished run found about quality. */
  async verdicts(): Promise<unknown[]> {
    const results = await this.results()
    return results.map(({ comparisons }) => comparisons.find(({ metric }) => metric === 'nll')?.verdict)
  }
}
