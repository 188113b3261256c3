import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError } from '../../../shared/errors.ts'
import { type Assumptions, assumptionsSchema } from '../../../shared/roi/assumptions.ts'
import { parseJsonWith } from '../../assumptions/index.ts'
import { fileError, readText } from '../../kernel/files.ts'
import { isPortableName, isTooLongName } from '../../kernel/portable-name.ts'
import { writeOwnFile } from '../own-file.ts'
import { readProject } from './project-file.ts'

const FOLDER = 'assumptions'
const SUFFIX = '.json'
/** What a half-written file's name has beside the whole one's. */
const PART = '.0123456789ab.part'

/** Names of the sets of assumptions that a project keeps, in alphabetical order. @throws AppError as readProject */
export async function listAssumptionSets(project: string): Promise<string[]> {
  const folder = await setsFolder(project)
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX))
    return names.map((name) => name.slice(0, -SUFFIX.length)).sort((a, b) => a.localeCompare(b, 'ja'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw fileError(error, folder, 'read')
  }
}

/** @throws AppError assumptions/name, assumptions/unknown-set, assumptions/* by field */
export async function readAssumptionSet(project: string, name: string): Promise<Assumptions> {
  const path = await setPath(project, name)
  const text = await readText(path).catch((error: unknown) => {
    throw isMissing(error) ? new AppError('assumptions/unknown-set', { name }) : error
  })
  // A file that was copied under another name is called by that name.
  return { ...parseJsonWith(assumptionsSchema, text, path), name }
}

/** Keeps a set under its name, in the place of one that was kept under it. @throws AppError assumptions/name, file/* */
export async function saveAssumptionSet(project: string, assumptions: Assumptions): Promise<void> {
  await writeOwnFile(await setPath(project, assumptions.name), assumptions)
}

/** @throws AppError assumptions/name, assumptions/unknown-set, file/undeletable */
export async function deleteAssumptionSet(project: string, name: string): Promise<void> {
  const path = await setPath(project, name)
  try {
    await rm(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new AppError('assumptions/unknown-set', { name })
    throw fileError(error, path, 'delete')
  }
}

const isMissing = (error: unknown): boolean => error instanceof AppError && error.code === 'file/not-found'

const setsFolder = async (project: string): Promise<string> =>
  join((await readProject(project)).folder, FOLDER)

/** One file in the folder of the sets: a portable name leads nowhere else. */
async function setPath(project: string, name: string): Promise<string> {
  if (isTooLongName(`${name}${SUFFIX}${PART}`)) throw new AppError('assumptions/name-too-long', { name })
  if (!isPortableName(name) || /^[. ]/.test(name)) throw new AppError('assumptions/name', { name })
  return join(await setsFolder(project), `${name}${SUFFIX}`)
}
