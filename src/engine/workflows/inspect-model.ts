import type { RunContext } from '../kernel/run-context.ts'
import { describeModel, type ModelDescription, openModelFolder } from '../models/index.ts'

export type { ModelDescription }

/** The facts of a model folder of either layout. @throws AppError models/*, file/*, cancelled */
export async function inspectModel(folder: string, ctx: RunContext): Promise<ModelDescription> {
  return describeModel(await openModelFolder(folder, ctx))
}
