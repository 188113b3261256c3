import { readFileSync } from 'node:fs'

interface Manifest {
  readonly version: string
}

let version: string | undefined

/** Soroban's own version, from package.json beside the sources. */
export function packageVersion(): string {
  version ??= (
    JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as Manifest
  ).version
  return version
}
