import { rm, stat } from 'node:fs/promises'

import type { Deletion } from '../../../shared/contract/documents.ts'
import type { Project } from '../../../shared/contract/projects.ts'
import { AppError } from '../../../shared/errors.ts'
import {
  filesOfDocuments,
  type FoundFile,
  nameAndContainers,
  surveyFiles,
  TextStore,
} from '../../documents/index.ts'
import { fileError } from '../../kernel/files.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import { RunLedger } from '../../runs/index.ts'
import { databasePathIn } from '../../store/index.ts'
import { changeProject } from '../project/project-file.ts'
import { deleteProjectRun } from '../project/run-reports.ts'
import { readingChoices } from './corpus-of.ts'
import { ownDocuments, removePartialUpload } from './upload.ts'

/** Inputs of a run that are documents, by name. */
const DOCUMENT_INPUT = 'document:'

interface Doomed {
  readonly deletion: Deletion
  readonly files: readonly FoundFile[]
}

/**
 * What deleting documents from a project takes away: whole files, whatever else lies in them, and the runs that measured
 * one of the documents.
 *
 * @param names of documents or files of the project's document folder
 * @param texts folder of the text store
 * @throws AppError projects/no-documents, documents/not-found, runs/record-damaged, as listing the folder does
 */
export async function documentDeletion(
  project: Project,
  names: readonly string[],
  texts: string,
  ctx: RunContext,
): Promise<Deletion> {
  return (await doomed(project, names, texts, ctx)).deletion
}

/**
 * Deletes documents from a project, with everything that was made of them: the texts of all contents that their files ever
 * had, half-sent uploads, runs with their samples and reports. Files of the project's own document folder are deleted;
 * originals elsewhere stay, and are not read any more.
 *
 * @throws AppError as documentDeletion; runs/locked while one of the runs goes on, before anything is deleted;
 *   file/undeletable
 */
export async function deleteDocuments(
  project: Project,
  names: readonly string[],
  texts: string,
  ctx: RunContext,
): Promise<Deletion> {
  const { deletion, files } = await doomed(project, names, texts, ctx)
  assertNoneRuns(project, deletion.runs)
  const lost = new Set(files.map(({ name }) => name))
  // First of all, so that nothing reads them again meanwhile.
  await changeProject(project.folder, ({ corpus, ...rest }) => ({
    ...rest,
    corpus: {
      ...corpus,
      excluded: corpus.excluded.filter((name) => !lostWith(lost, name)),
      forgotten:
        deletion.originalsKept.length === 0 ? corpus.forgotten : [...new Set([...corpus.forgotten, ...lost])],
    },
  }))
  // Before the files, which tell the next time what was not finished this time.
  for (const run of deletion.runs) deleteProjectRun(project.folder, run)
  const gone: string[] = []
  try {
    for (const { name, path } of files) {
      if (isOwn(project)) await removeFile(path)
      gone.push(path)
      await removePartialUpload(project.folder, name)
    }
  } finally {
    // Where one cannot be deleted, because a program has it open, nothing is left of those before it.
    await new TextStore(texts).forget(gone)
  }
  return deletion
}

/** Whether the documents lie in the project's own folder. */
const isOwn = ({ folder, documents }: Project): boolean => documents === ownDocuments(folder)

async function doomed(
  project: Project,
  names: readonly string[],
  texts: string,
  ctx: RunContext,
): Promise<Doomed> {
  const { documents: folder, corpus } = project
  if (folder === null) throw new AppError('projects/no-documents')
  const found = await filesOfDocuments(folder, names, ctx.signal)
  const missing = names.find((name) => !found.has(name))
  if (missing !== undefined) throw new AppError('documents/not-found', { name: missing, path: folder })
  const files = [...new Set(found.values())]
  const { documents } = await surveyFiles(files, readingChoices(corpus, texts), ctx)
  const named = new Set([...names, ...files.map(({ name }) => name)])
  const paths = files.map(({ path }) => path).sort()
  const deletion = {
    files: isOwn(project) ? paths : [],
    originalsKept: isOwn(project) ? [] : paths,
    alongside: documents.map(({ name }) => name).filter((name) => !named.has(name)),
    runs: await runsWith(project, new Set(files.map(({ name }) => name))),
  }
  return { deletion, files }
}

/** Runs that measured a document of one of the files, of whatever content it was then. */
async function runsWith({ folder }: Project, files: ReadonlySet<string>): Promise<string[]> {
  const hasRuns = await stat(databasePathIn(folder)).then(
    () => true,
    () => false,
  )
  if (!hasRuns) return []
  using ledger = RunLedger.open(databasePathIn(folder))
  return ledger.listRuns().flatMap(({ id, state }) => {
    // What a damaged record measured nobody knows: it goes too.
    if (state === 'damaged') return [id]
    const inputs = Object.keys(ledger.run(id).plan.inputs)
    const measured = inputs.filter((input) => input.startsWith(DOCUMENT_INPUT))
    return measured.some((input) => lostWith(files, input.slice(DOCUMENT_INPUT.length))) ? [id] : []
  })
}

/** @throws AppError runs/locked */
function assertNoneRuns({ folder }: Project, runs: readonly string[]): void {
  if (runs.length === 0) return
  using ledger = RunLedger.open(databasePathIn(folder))
  const busy = ledger.listRuns().find(({ id, state }) => state === 'running' && runs.includes(id))
  if (busy !== undefined) throw new AppError('runs/locked', { run: busy.id })
}

/** Whether a document is one of the files or lies in one. */
const lostWith = (files: ReadonlySet<string>, name: string): boolean =>
  nameAndContainers(name).some((part) => files.has(part))

async function removeFile(path: string): Promise<void> {
  try {
    await rm(path, { force: true })
  } catch (error) {
    throw fileError(error, path, 'delete')
  }
}
