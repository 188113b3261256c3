import { mkdir, readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

import type { Project } from '../../../shared/contract/projects.ts'
import { DEFAULT_CORPUS_SETTINGS } from '../../../shared/documents.ts'
import { AppError } from '../../../shared/errors.ts'
import { fileError } from '../../kernel/files.ts'
import { isPortableName, isTooLongName } from '../../kernel/portable-name.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import { absolutePath } from '../own-file.ts'
import { DEFAULT_PLAN, readProject, writeProject } from './project-file.ts'
import { rememberProject } from './recent-projects.ts'

export interface CreateProjectInput {
  /** Soroban's own folder. */
  readonly home: string
  /** Where the project's folder is made; made itself where it is missing. */
  readonly parent: string
  /** The project's name, and its folder's. */
  readonly name: string
}

/** @throws AppError projects/name, projects/name-too-long, projects/exists, path/not-absolute, file/* */
export async function createProject(
  { home, parent, name }: CreateProjectInput,
  ctx: RunContext,
): Promise<Project> {
  if (isTooLongName(name)) throw new AppError('projects/name-too-long', { name })
  if (!isPortableName(name) || /^[. ]/.test(name)) throw new AppError('projects/name', { name })
  const folder = join(absolutePath(parent), name)
  await makeEmptyFolder(folder)
  const project: Project = {
    folder,
    name,
    createdAt: new Date().toISOString(),
    isSample: false,
    documents: null,
    baseline: null,
    candidates: [],
    plan: DEFAULT_PLAN,
    corpus: DEFAULT_CORPUS_SETTINGS,
  }
  await writeProject(project)
  await remember(home, project, ctx)
  return project
}

/** @throws AppError as readProject */
export async function openProject(
  { home, folder }: { readonly home: string; readonly folder: string },
  ctx: RunContext,
): Promise<Project> {
  const project = await readProject(folder)
  await remember(home, project, ctx)
  return project
}

/** Where a new project is put unless told otherwise: among the user's documents, where there is such a folder. */
export async function suggestedParent(home: string, userFolder = homedir()): Promise<string> {
  const documents = join(userFolder, 'Documents')
  const isThere = await stat(documents).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
  return isThere ? join(documents, 'Soroban') : projectsFolder(home)
}

export const projectsFolder = (home: string): string => join(home, 'projects')

/** A full disk must not keep anyone from a project that is sound. */
export async function remember(home: string, project: Project, ctx: RunContext): Promise<void> {
  try {
    await rememberProject(home, project, ctx)
  } catch (error) {
    ctx.log.warn('recent projects not kept', { reason: String(error) })
  }
}

async function makeEmptyFolder(folder: string): Promise<void> {
  let entries: string[]
  try {
    await mkdir(folder, { recursive: true })
    entries = await readdir(folder)
  } catch (error) {
    throw fileError(error, folder, 'write')
  }
  if (entries.length > 0) throw new AppError('projects/exists', { folder })
}
