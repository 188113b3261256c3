import { join } from 'node:path'

import { app } from 'electron'

const built = (name: string): string => join(import.meta.dirname, '..', `${name}.js`)

/** The engine's process. */
export const ENGINE_PROGRAM = built('host/main')

/** The processes that the engine may ask for, by their entry module; nothing else is started. */
export const CHILD_PROGRAMS: ReadonlyMap<string, string> = new Map([
  [built('engine/runtime/arm/arm-process'), 'Soroban arm'],
  [built('engine/documents/reader-process'), 'Soroban document reader'],
  [built('engine/measure/probe-process'), 'Soroban memory probe'],
])

export const PRELOAD_SCRIPT = join(import.meta.dirname, '..', 'preload', 'index.cjs')
export const RENDERER_FOLDER = join(import.meta.dirname, '..', 'renderer')

/** Models, samples and icons: packed, they lie beside the archive of the program, not in it. */
export const resourcesFolder = (): string =>
  join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'resources')
