import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const PACKAGE = 'soroban'

interface Manifest {
  readonly name?: unknown
  readonly version?: unknown
}

let root: string | undefined

/** The folder of Soroban's own package.json: the repository, or the root of the packed application. */
export function packageRoot(): string {
  root ??= folderAbove(import.meta.dirname)
  return root
}

/** Where the bundled models, samples and tables lie: beside the sources, or where the packed application put them. */
export function resourcesFolder(): string {
  return process.env['SOROBAN_RESOURCES'] ?? join(packageRoot(), 'resources')
}

/** Soroban's package.json, as far as it is one. */
export function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  } catch {
    // No package.json here; a build may also put one of its own beside its modules.
    return undefined
  }
}

function folderAbove(folder: string): string {
  if (readManifest(folder)?.name === PACKAGE) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error(`no package.json of ${PACKAGE} above ${import.meta.dirname}`)
  return folderAbove(parent)
}
