import { join } from 'node:path'
import { z } from 'zod'

import { pathSchema } from '../../../shared/contract/common.ts'
import type { Project, RecentProject } from '../../../shared/contract/projects.ts'
import { AppError } from '../../../shared/errors.ts'
import { inTurn } from '../../kernel/in-turn.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import { absolutePath, readOrSetAside, writeOwnFile } from '../own-file.ts'
import { readProject } from './project-file.ts'

const MOST_PROJECTS = 20

const recentFileSchema = z.strictObject({
  schema: z.literal('soroban.recent-projects/1'),
  projects: z.array(
    z.strictObject({ folder: pathSchema, name: z.string(), openedAt: z.iso.datetime() }).readonly(),
  ),
})
type Entry = z.infer<typeof recentFileSchema>['projects'][number]

const recentFileIn = (home: string): string => join(home, 'recent-projects.json')

/** The projects that were opened, the last first, by the names that they have now. @throws AppError file/* */
export async function recentProjects(home: string, ctx: RunContext): Promise<RecentProject[]> {
  const entries = await inTurn(recentFileIn(home), () => read(home, ctx))
  return await Promise.all(entries.map(async (entry) => ({ ...entry, ...(await presence(entry)) })))
}

/** Puts a project at the head of the list. @throws AppError file/* */
export async function rememberProject(home: string, project: Project, ctx: RunContext): Promise<void> {
  const { folder, name } = project
  const opened = { folder, name, openedAt: new Date().toISOString() }
  await change(home, (entries) => [opened, ...without(entries, folder)].slice(0, MOST_PROJECTS), ctx)
}

/** Takes a project off the list; its folder stays as it is. @throws AppError file/*, path/not-absolute */
export async function forgetProject(home: string, folder: string, ctx: RunContext): Promise<void> {
  const path = absolutePath(folder)
  await change(home, (entries) => without(entries, path), ctx)
}

async function change(
  home: string,
  next: (entries: readonly Entry[]) => readonly Entry[],
  ctx: RunContext,
): Promise<void> {
  const path = recentFileIn(home)
  await inTurn(path, async () => {
    const projects = next(await read(home, ctx))
    await writeOwnFile(path, { schema: 'soroban.recent-projects/1', projects })
  })
}

async function read(home: string, { log }: RunContext): Promise<readonly Entry[]> {
  return (await readOrSetAside(recentFileIn(home), recentFileSchema, log))?.projects ?? []
}

const without = (entries: readonly Entry[], folder: string): readonly Entry[] =>
  entries.filter((entry) => entry.folder !== folder)

const DAMAGED: ReadonlySet<string> = new Set(['file/not-json', 'projects/file-damaged', 'projects/newer'])

async function presence({
  folder,
  name,
}: Entry): Promise<Pick<RecentProject, 'name' | 'isSample' | 'exists'>> {
  try {
    const project = await readProject(folder)
    return { name: project.name, isSample: project.isSample, exists: true }
  } catch (error) {
    // One that is damaged is there: opening it tells what is wrong with it.
    const exists = error instanceof AppError && DAMAGED.has(error.code)
    return { name, isSample: false, exists }
  }
}
