import type { EnvironmentResult } from '../../shared/results.ts'
import { withoutNoise } from '../../shared/roi/range.ts'
import type { TableDevice } from './tables.ts'

/** What a run was measured on, as far as peak rates of it are known. */
export type MeasuredDevice =
  | { readonly kind: 'known'; readonly device: TableDevice }
  /** A GPU that the table does not have. GiB, null where the driver does not tell. */
  | { readonly kind: 'unknown'; readonly name: string; readonly memory: number | null }
  | { readonly kind: 'cpu'; readonly figures: CpuFigures }

export interface CpuFigures {
  readonly name: string
  readonly channels: number
  /** GB/s of all channels. */
  readonly bandwidth: number
  readonly cores: number
  readonly gigahertz: number
  /** TFLOP/s of all cores in float32. */
  readonly compute: number
}

const BYTES_PER_GIB = 2 ** 30
/** DDR4-3200: 3.2 GT/s, 8 bytes wide. */
const GB_PER_SECOND_PER_CHANNEL = 25.6
/** Desktops and laptops have two channels, servers eight. */
const CHANNELS = { desktop: 2, server: 8 }
const MOST_DESKTOP_CORES = 16
const USUAL_GIGAHERTZ = 3
/** Two units of 256 bits, each a fused multiply-add of eight float32 numbers. */
const FLOP_PER_CYCLE = 32

export function measuredDevice(
  { providerUsed, gpus, cpu }: Pick<EnvironmentResult, 'providerUsed' | 'gpus' | 'cpu'>,
  devices: readonly TableDevice[],
): MeasuredDevice {
  if (providerUsed === 'cpu') return { kind: 'cpu', figures: cpuFigures(cpu) }
  for (const { name } of gpus) {
    const device = devices.find(({ names }) => names.some((known) => plain(known) === plain(name)))
    if (device !== undefined) return { kind: 'known', device }
  }
  // The largest: a machine's second GPU is its processor's own.
  const [largest] = [...gpus].sort((a, b) => (b.memoryBytes ?? 0) - (a.memoryBytes ?? 0))
  const memory = largest?.memoryBytes ?? null
  return {
    kind: 'unknown',
    name: largest?.name ?? 'GPU',
    memory: memory === null ? null : memory / BYTES_PER_GIB,
  }
}

/**
 * Peak rates that are typical of a processor, by arithmetic and not by measurement: DDR channels times their rate, cores
 * times clock times operations per cycle.
 */
function cpuFigures({ model, physicalCores }: EnvironmentResult['cpu']): CpuFigures {
  const channels = physicalCores <= MOST_DESKTOP_CORES ? CHANNELS.desktop : CHANNELS.server
  const gigahertz = Number(/@ *(\d+(?:\.\d+)?) *GHz/i.exec(model)?.[1] ?? USUAL_GIGAHERTZ)
  return {
    name: model,
    channels,
    bandwidth: withoutNoise(channels * GB_PER_SECOND_PER_CHANNEL),
    cores: physicalCores,
    gigahertz,
    compute: withoutNoise((physicalCores * gigahertz * FLOP_PER_CYCLE) / 1000),
  }
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\bnvidia\b|\bcorporation\b/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
