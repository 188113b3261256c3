import { access, constants, mkdir, statfs } from 'node:fs/promises'

import type { RunContext } from '../kernel/run-context.ts'
import { packageVersion } from '../kernel/version.ts'
import { type MachineFacts, readMachine } from '../measure/index.ts'
import { type BackendReport, probeBackend } from '../runtime/index.ts'

export interface DoctorReport {
  readonly soroban: string
  readonly machine: MachineFacts
  readonly runtime: BackendReport
  /** Where runs and caches are kept, whether it can be written, and the free space there in bytes. */
  readonly home: { readonly path: string; readonly writable: boolean; readonly freeBytes: number | null }
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

async function inspectHome(path: string): Promise<DoctorReport['home']> {
  try {
    await mkdir(path, { recursive: true })
    await access(path, constants.W_OK)
    const { bavail, bsize } = await statfs(path)
    return { path, writable: true, freeBytes: bavail * bsize }
  } catch {
    return { path, writable: false, freeBytes: null }
  }
}
