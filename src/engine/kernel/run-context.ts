import type { Progress } from '../../shared/job.ts'

export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
}

/** What every use case gets beside its input: how to be cancelled, where progress and log lines go. */
export interface RunContext {
  readonly signal: AbortSignal
  readonly report: (progress: Progress) => void
  readonly log: Logger
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }

/** A context that never cancels and reports nowhere; for tests and for callers that do not care. */
export function quietContext(signal: AbortSignal = new AbortController().signal): RunContext {
  return { signal, report: () => {}, log: silentLogger }
}
