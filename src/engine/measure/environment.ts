import { readFile } from 'node:fs/promises'
import {
  arch,
  availableParallelism,
  cpus,
  loadavg,
  platform,
  release,
  totalmem,
  type,
  version,
} from 'node:os'

import type { EnvironmentResult } from '../../shared/results.ts'
import { type Probe, processProbe } from './probes.ts'

/** What the machine is and what it was doing when measuring began. */
export type MachineFacts = Pick<
  EnvironmentResult,
  'node' | 'os' | 'cpu' | 'memoryBytes' | 'gpus' | 'onBattery' | 'loadPerCore'
>

/** What only the caller knows: versions and what really ran. */
export type RuntimeFacts = Omit<EnvironmentResult, keyof MachineFacts>

const PROBE_TIMEOUT_MS = 8000

/**
 * Describes the machine, without any network access. What cannot be found out in time is null (or an empty list of
 * GPUs); it never fails.
 */
export async function readMachine(probe: Probe = processProbe(PROBE_TIMEOUT_MS)): Promise<MachineFacts> {
  // The load is read first: the probes themselves would raise it.
  const load = platform() === 'win32' ? null : (loadavg()[0] ?? null)
  const [cpu, gpus, power, os] = await Promise.all([
    probe('cpu'),
    probe('gpus'),
    probe('power'),
    describeOs(),
  ])
  const logical = cpus()
  const logicalCores = logical.length > 0 ? logical.length : availableParallelism()
  return {
    node: process.versions.node,
    os,
    cpu: {
      model: cpu?.model ?? logical[0]?.model ?? 'unknown',
      physicalCores: cpu?.physicalCores ?? logicalCores,
      logicalCores,
    },
    memoryBytes: totalmem(),
    gpus: gpus ?? [],
    onBattery: power?.onBattery ?? null,
    loadPerCore: load === null ? null : load / logicalCores,
  }
}

/** The environment as it stands in results.json. */
export function environmentOf(machine: MachineFacts, runtime: RuntimeFacts): EnvironmentResult {
  return { ...runtime, ...machine }
}

/** "Debian GNU/Linux 12 (bookworm), Linux 6.1.0, x64" or "Windows 11 Pro, Windows_NT 10.0.26100, x64". */
async function describeOs(): Promise<string> {
  const kernel = `${type()} ${release()}`
  const product = platform() === 'win32' ? version() : await linuxDistribution()
  return [product, kernel, arch()].filter((part) => part !== null).join(', ')
}

async function linuxDistribution(): Promise<string | null> {
  try {
    return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1] ?? null
  } catch {
    return null
  }
}
