/**
 * Everything that a window can ask for, on the desktop and in a browser alike: each procedure with the schemas of its
 * input, its answer and its events. Both ends check with it; nothing else crosses between window and engine.
 */
import type { z } from 'zod'

import { corpusProcedures } from './contract/corpus.ts'
import { documentsProcedures } from './contract/documents.ts'
import { generationProcedures } from './contract/generation.ts'
import { modelsProcedures } from './contract/models.ts'
import { projectsProcedures } from './contract/projects.ts'
import { roiProcedures } from './contract/roi.ts'
import { runsProcedures } from './contract/runs.ts'
import { settingsProcedures } from './contract/settings.ts'
import { shellProcedures } from './contract/shell.ts'

/** Answered by the engine's process. */
const engineContract = {
  ...settingsProcedures,
  ...projectsProcedures,
  ...documentsProcedures,
  ...corpusProcedures,
  ...modelsProcedures,
  ...runsProcedures,
  ...roiProcedures,
  ...generationProcedures,
} as const
export type EngineProcedure = keyof typeof engineContract

/** Answered by the door itself. */
export type ShellProcedure = keyof typeof shellProcedures

export const contract = { ...engineContract, ...shellProcedures } as const
export type Contract = typeof contract
export type ProcedureName = keyof Contract

export type InputOf<P extends ProcedureName> = z.infer<Contract[P]['input']>
export type OutputOf<P extends ProcedureName> = z.infer<Contract[P]['output']>
export type EventOf<P extends ProcedureName> = z.infer<Contract[P]['event']>

export const isProcedureName = (name: string): name is ProcedureName => Object.hasOwn(contract, name)
export const isEngineProcedure = (name: ProcedureName): name is EngineProcedure =>
  Object.hasOwn(engineContract, name)
