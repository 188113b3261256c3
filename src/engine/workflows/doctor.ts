import { access, constants, mkdir, readdir, statfs } from 'node:fs/promises'

import type { RunContext } from '../kernel/run-context.ts'
import { packageVersion } from '../kernel/version.ts'
import { type MachineFacts, readMachine } from '../measure/index.ts'
import { type BackendReport, probeBackend } from '../runtime/index.ts'
import { isSetAside } from './own-file.ts'

export interface DoctorReport {
  readonly soroban: string
  readonly machine: MachineFacts
  readonly runtime: BackendReport
  readonly home: HomeFacts
}

/** Where runs, settings and caches are kept. */
interface HomeFacts {
  readonly path: string
  readonly writable: boolean
  readonly freeBytes: number | null
  /** Names of damaged settings and lists that were set aside there, for which defaults count. */
  readonly setAside: string[]
}

/** What is there: machine, runtime driver and providers, storage. Never fails for a missing part; it reports it. */
export async function doctor(input: { readonly home: string }, ctx: RunContext): Promise<DoctorReport> {
  const [machine, { report: runtime }, home] = await Promise.all([
    readMachine(),
    probeBackend(ctx),
    inspectHome(input.home),
  ])
  return { soroban: packageVersion(), machine, runtime, home }
}

async function inspectHome(path: string): Promise<HomeFacts> {
  const room = await roomIn(path)
  const names = await readdir(path).catch(() => [])
  return { path, ...room, setAside: names.filter(isSetAside).sort() }
}

async function roomIn(path: string): Promise<Pick<HomeFacts, 'writable' | 'freeBytes'>> {
  try {
    await mkdir(path, { recursive: true })
    await access(path, constants.W_OK)
    const { bavail, bsize } = await statfs(path)
    return { writable: true, freeBytes: bavail * bsize }
  } catch {
    return { writable: false, freeBytes: null }
  }
}
