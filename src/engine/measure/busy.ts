import { cpus } from 'node:os'
import { setTimeout } from 'node:timers/promises'

/** Processor time since start, ms, over all logical processors. */
export interface ProcessorTimes {
  readonly busy: number
  readonly total: number
}

/** The share of processor time between two readings that was not idle; null when no time has passed. */
export function busyBetween(before: ProcessorTimes, after: ProcessorTimes): number | null {
  const total = after.total - before.total
  if (total <= 0) return null
  return Math.min(1, Math.max(0, (after.busy - before.busy) / total))
}

/**
 * Share of the processors that was busy during a while in which this program does nothing: what other work takes.
 *
 * @returns 0–1, or null where the system does not tell
 * @throws AbortError
 */
export async function busyFraction(milliseconds: number, signal: AbortSignal): Promise<number | null> {
  const before = readTimes()
  await setTimeout(milliseconds, undefined, { signal })
  return busyBetween(before, readTimes())
}

function readTimes(): ProcessorTimes {
  let busy = 0
  let total = 0
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle
    total += sum
    busy += sum - times.idle
  }
  return { busy, total }
}
