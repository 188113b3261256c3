import { stat } from 'node:fs/promises'
import { join } from 'node:path'

import {
  type PlanSettings,
  type Project,
  projectFileSchema,
  type ProjectPatch,
} from '../../../shared/contract/projects.ts'
import { AppError } from '../../../shared/errors.ts'
import { fileError } from '../../kernel/files.ts'
import { inTurn } from '../../kernel/in-turn.ts'
import { absolutePath, given, type OwnFile, readOwnFile, writeOwnFile } from '../own-file.ts'

/** What makes a folder a project. */
export const PROJECT_FILE = 'soroban-project.json'
const FORMAT = 'soroban.project/'

export const projectFileIn = (folder: string): string => join(folder, PROJECT_FILE)

export const DEFAULT_PLAN: PlanSettings = {
  contexts: [256, 1024, 2048],
  quantization: 'none',
  marginNll: 0.01,
  seed: 1,
}

/** @throws AppError path/not-absolute, file/not-found, file/not-json, projects/not-a-project, projects/newer, projects/file-damaged */
export async function readProject(path: string): Promise<Project> {
  const folder = absolutePath(path)
  const file = await readOwnFile(projectFileIn(folder), projectFileSchema)
  switch (file.kind) {
    case 'sound': {
      const { schema: _, ...content } = file.value
      return { ...content, folder }
    }
    case 'missing':
      await assertFolder(folder)
      throw new AppError('projects/not-a-project', { folder, file: PROJECT_FILE })
    case 'not-json':
      throw file.error
    case 'damaged':
      throw damage(folder, file)
  }
}

/** Writes the project file whole or not at all. @throws AppError file/disk-full, file/unwritable */
export async function writeProject({ folder, ...content }: Project): Promise<void> {
  await writeOwnFile(projectFileIn(folder), { schema: `${FORMAT}1`, ...content })
}

/**
 * Changes what is given; two changes at once both take effect. Context lengths are kept ascending, each once. In another
 * document folder nothing is left out at first: names mean other documents there.
 *
 * @throws AppError as readProject, and file/disk-full, file/unwritable
 */
export async function updateProject(folder: string, patch: ProjectPatch): Promise<Project> {
  const { documents, baseline, candidates, plan, name, corpus } = patch
  const changes = given({
    name,
    documents: documents && absolutePath(documents),
    baseline: baseline && absolutePath(baseline),
    candidates: candidates && [...new Set(candidates.map(absolutePath))],
    plan: plan && { ...plan, contexts: ascending(plan.contexts) },
  })
  return await changeProject(folder, (project) => {
    const changed = { ...project, ...changes }
    const leftOut = changed.documents === project.documents ? {} : { excluded: [], forgotten: [] }
    return { ...changed, corpus: { ...project.corpus, ...leftOut, ...corpus } }
  })
}

/** Changes a project; two changes at once both take effect. @throws AppError as updateProject */
export async function changeProject(folder: string, change: (project: Project) => Project): Promise<Project> {
  return await inTurn(projectFileIn(absolutePath(folder)), async () => {
    const project = change(await readProject(folder))
    await writeProject(project)
    return project
  })
}

const ascending = (contexts: readonly number[]): number[] => [...new Set(contexts)].sort((a, b) => a - b)

function damage(
  folder: string,
  { found, field, reason }: Extract<OwnFile<unknown>, { kind: 'damaged' }>,
): AppError {
  const path = projectFileIn(folder)
  const format = (found as { readonly schema?: unknown } | null)?.schema
  if (field === 'schema' && typeof format === 'string' && format.startsWith(FORMAT))
    return new AppError('projects/newer', { path, found: format })
  return new AppError('projects/file-damaged', { path, field, reason })
}

async function assertFolder(path: string): Promise<void> {
  try {
    await stat(path)
  } catch (error) {
    throw fileError(error, path, 'read')
  }
}
