import { access } from 'node:fs/promises'
import { join } from 'node:path'

import { type Project, projectFileSchema } from '../../../shared/contract/projects.ts'
import { DEFAULT_CORPUS_SETTINGS } from '../../../shared/documents.ts'
import { inTurn } from '../../kernel/in-turn.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import { bundledDocuments, bundledModels } from '../bundled-models.ts'
import { readOrSetAside } from '../own-file.ts'
import { projectsFolder, remember } from './create-project.ts'
import { DEFAULT_PLAN, projectFileIn, writeProject } from './project-file.ts'

type Inputs = Pick<Project, 'documents' | 'baseline' | 'candidates'>

/**
 * The sample project, ready to run: made where there is none; inputs that are gone, as after the installation has moved,
 * are replaced by this installation's. A damaged project file is kept under another name; its runs stay.
 *
 * @throws AppError file/*
 */
export async function openSampleProject(home: string, ctx: RunContext): Promise<Project> {
  const folder = join(projectsFolder(home), 'sample')
  const path = projectFileIn(folder)
  const project = await inTurn(path, async () => {
    const bundled = await bundledInputs()
    const file = await readOrSetAside(path, projectFileSchema, ctx.log)
    if (file === null) return await written(newSample(folder, bundled))
    const { schema: _, ...content } = file
    const stale = await staleInputs(content)
    const replaced = Object.fromEntries(stale.map((input) => [input, bundled[input]]))
    const known = { ...content, folder }
    return stale.length === 0 ? known : await written({ ...known, ...replaced })
  })
  await remember(home, project, ctx)
  return project
}

const newSample = (folder: string, inputs: Inputs): Project => ({
  folder,
  name: 'サンプル / Sample',
  createdAt: new Date().toISOString(),
  isSample: true,
  ...inputs,
  plan: DEFAULT_PLAN,
  corpus: DEFAULT_CORPUS_SETTINGS,
})

async function bundledInputs(): Promise<Inputs> {
  const { baseline, candidate } = await bundledModels()
  return { documents: await bundledDocuments(), baseline, candidates: [candidate] }
}

/** What is chosen and no longer there. */
async function staleInputs({ documents, baseline, candidates }: Inputs): Promise<(keyof Inputs)[]> {
  const chosen = { documents: [documents], baseline: [baseline], candidates }
  const stale: (keyof Inputs)[] = []
  for (const input of ['documents', 'baseline', 'candidates'] as const) {
    const missing = await Promise.all(chosen[input].map(isMissing))
    if (missing.includes(true)) stale.push(input)
  }
  return stale
}

async function isMissing(path: string | null): Promise<boolean> {
  if (path === null) return false
  return await access(path).then(
    () => false,
    () => true,
  )
}

async function written(project: Project): Promise<Project> {
  await writeProject(project)
  return project
}
