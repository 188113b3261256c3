import type { Project } from '../../../shared/contract/projects.ts'
import { changeProject } from '../project/project-file.ts'

/**
 * Leaves documents out of the evaluation, or takes them in again; one that was deleted from the project, but whose
 * original lies elsewhere, is read again.
 *
 * @throws AppError as readProject, file/disk-full, file/unwritable
 */
export async function excludeDocuments(
  project: string,
  names: readonly string[],
  excluded: boolean,
): Promise<Project> {
  const chosen = new Set(names)
  const without = (list: readonly string[]): string[] => list.filter((name) => !chosen.has(name))
  return await changeProject(project, ({ corpus, ...rest }) => ({
    ...rest,
    corpus: excluded
      ? { ...corpus, excluded: [...without(corpus.excluded), ...chosen] }
      : { ...corpus, excluded: without(corpus.excluded), forgotten: without(corpus.forgotten) },
  }))
}
