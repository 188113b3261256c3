import { packageRoot, readManifest } from './package-root.ts'

let version: string | undefined

/** Soroban's own version, from its package.json. */
export function packageVersion(): string {
  version ??= String(readManifest(packageRoot())?.version)
  return version
}
