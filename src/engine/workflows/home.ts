import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

import { readMachine } from '../measure/index.ts'
import { sorobanHome } from '../store/index.ts'

/** Soroban's own folder: the one asked for, else SOROBAN_HOME, else the platform's place for application data. */
export function resolveHome(requested: string | undefined): string {
  if (requested !== undefined) return resolve(requested)
  return resolve(sorobanHome({ environment: process.env, platform: process.platform, homeFolder: homedir() }))
}

/** What can be made again is kept there. */
export const cacheFolder = (home: string): string => join(home, 'cache')

/** Where compiled graphs are kept; safe to delete at any time. */
export const graphCache = (home: string): string => join(cacheFolder(home), 'graphs')

/** Where the texts of documents that were read are kept; safe to delete at any time. */
export const textCache = (home: string): string => join(cacheFolder(home), 'documents')

/** Where runs, caches and price tables are kept, absolute paths: a project has runs of its own, the rest is shared. */
export interface Storage {
  /** Holds the ledger and the runs' folders: Soroban's own folder, or a project's. */
  readonly home: string
  /** Compiled graphs. */
  readonly graphs: string
  /** Texts of documents. */
  readonly texts: string
  /** Soroban's own folder, whose price tables count. */
  readonly prices: string
}

/** All of it in one folder. */
export const storageIn = (home: string): Storage => ({
  home,
  graphs: graphCache(home),
  texts: textCache(home),
  prices: home,
})

/** Asked for once: it does not change, and telling it takes some processes. */
let physicalCores: Promise<number> | undefined

/** Intra-op threads: those asked for, else one for each physical core (more make ONNX Runtime slower). */
export async function resolveThreads(requested: number | undefined): Promise<number> {
  if (requested !== undefined) return requested
  physicalCores ??= readMachine().then(({ cpu }) => cpu.physicalCores)
  return await physicalCores
}
