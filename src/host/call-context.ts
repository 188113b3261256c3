import { type RunContext, silentLogger } from '../engine/index.ts'

/** What a use case gets of the call that it answers. */
export function contextOf(
  { signal }: { readonly signal: AbortSignal },
  report: RunContext['report'] = () => {},
): RunContext {
  return { signal, report, log: silentLogger }
}
