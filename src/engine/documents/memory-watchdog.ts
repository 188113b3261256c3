/**
 * Ends this process when its resident memory exceeds a limit. V8's heap limit does not count buffers, and a parser
 * that is busy cannot look after itself: the looking is done by a thread of its own, this same module. It imports
 * nothing but Node.js, since that thread loads it a second time.
 */
import { writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

/** What is written to the standard error before the end. */
export const MEMORY_EXCEEDED = 'soroban: memory limit exceeded'

const INTERVAL_MS = 10
const STDERR = 2

interface Watch {
  /** Bytes. */
  readonly memoryWatchdog: number
}

/** @param limit resident memory of the process, bytes */
export function startMemoryWatchdog(limit: number): void {
  // Compared with NaN, no memory is too much.
  if (!(limit > 0)) throw new RangeError(`no limit of memory: ${limit}`)
  const watch: Watch = { memoryWatchdog: limit }
  // It keeps nothing in memory; the limits keep V8 from setting much aside for it.
  const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 }
  new Worker(fileURLToPath(import.meta.url), { workerData: watch, resourceLimits }).unref()
}

// Other threads of the engine load this module too, for its words.
const limit = isMainThread ? undefined : (workerData as Partial<Watch> | null)?.memoryWatchdog
if (limit !== undefined) {
  setInterval(() => {
    if (process.memoryUsage.rss() <= limit) return
    writeSync(STDERR, MEMORY_EXCEEDED)
    process.kill(process.pid, 'SIGKILL')
  }, INTERVAL_MS)
}
