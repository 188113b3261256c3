import { AppError } from '../shared/errors.ts'
import type { ProcessExit } from '../shared/process-channel.ts'

/** What a shell makes of SIGABRT (V8 gives up) and of SIGKILL. */
const STATUS_OF_SIGABRT = 134
const STATUS_OF_SIGKILL = 137
const WORDS_OF_NO_MEMORY = /heap out of memory|allocation failed|bad_alloc/i

/** Why a process that nobody ended came to its end, as far as the system tells. */
export function causeOfEnd(exit: ProcessExit): AppError {
  const { code, signal, stderr } = exit
  const how = howItEnded(exit)
  if (code === STATUS_OF_SIGABRT || WORDS_OF_NO_MEMORY.test(stderr))
    return new AppError('engine/out-of-memory', { how })
  // The system takes its memory back so, but a person may have ended it as well.
  if (signal === 'SIGKILL' || code === STATUS_OF_SIGKILL) return new AppError('engine/killed', { how })
  return new AppError('engine/crashed', { how })
}

function howItEnded({ code, signal, stderr }: ProcessExit): string {
  if (signal !== null) return `signal ${signal}`
  if (code === null) return stderr
  // Windows reports a crash as a large status such as 0xc0000005.
  return `exit code ${code > 255 ? `0x${code.toString(16)}` : code}`
}
