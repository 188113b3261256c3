import { AppError } from '../shared/errors.ts'
import type { ProcessExit } from '../shared/process-channel.ts'

/** 134 and 137: what a shell makes of SIGABRT (V8 gives up) and SIGKILL (the system takes the memory back). */
const STATUS_OF_NO_MEMORY: ReadonlySet<number> = new Set([134, 137])
const WORDS_OF_NO_MEMORY = /heap out of memory|allocation failed|bad_alloc/i

/** Why a process that nobody ended came to its end, as far as the system tells. */
export function causeOfEnd(exit: ProcessExit): AppError {
  const { code, signal, stderr } = exit
  const isOutOfMemory =
    signal === 'SIGKILL' ||
    (code !== null && STATUS_OF_NO_MEMORY.has(code)) ||
    WORDS_OF_NO_MEMORY.test(stderr)
  return new AppError(isOutOfMemory ? 'engine/out-of-memory' : 'engine/crashed', { how: howItEnded(exit) })
}

function howItEnded({ code, signal, stderr }: ProcessExit): string {
  if (signal !== null) return `signal ${signal}`
  if (code === null) return stderr
  // Windows reports a crash as a large status such as 0xc0000005.
  return `exit code ${code > 255 ? `0x${code.toString(16)}` : code}`
}
