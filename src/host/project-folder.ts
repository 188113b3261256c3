import { readProject } from '../engine/index.ts'

/** A project's folder as it spells itself: its runs are kept there. @throws AppError as readProject */
export const projectFolder = async (project: string): Promise<string> => (await readProject(project)).folder
