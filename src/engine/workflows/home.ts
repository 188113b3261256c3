import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

import { readMachine } from '../measure/index.ts'
import { sorobanHome } from '../store/index.ts'

/** Soroban's own folder: the one asked for, else SOROBAN_HOME, else the platform's place for application data. */
export function resolveHome(requested: string | undefined): string {
  if (requested !== undefined) return resolve(requested)
  return resolve(sorobanHome({ environment: process.env, platform: process.platform, homeFolder: homedir() }))
}

/** Where compiled graphs are kept; safe to delete at any time. */
export const graphCache = (home: string): string => join(home, 'cache', 'graphs')

/** Intra-op threads: those asked for, else one for each physical core (more make ONNX Runtime slower). */
export async function resolveThreads(requested: number | undefined): Promise<number> {
  return requested ?? (await readMachine()).cpu.physicalCores
}
