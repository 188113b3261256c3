import type { Arm } from '../../runtime/index.ts'
import type { PreparedArm, PreparedPoc } from './prepare.ts'

/** Candidates that are scored side by side with the baseline. */
export const pairedCandidates = ({ arms }: PreparedPoc): readonly PreparedArm[] =>
  arms.filter(({ role, paired }) => role === 'candidate' && paired)

/** The ids of a unit's window and where its targets begin, in the window and in the document. */
export function windowOf(arm: PreparedArm, unit: { readonly document: string; readonly window: number }) {
  const document = arm.documents.get(unit.document)
  const window = document?.windows[unit.window]
  if (document === undefined || window === undefined) {
    throw new RangeError(`the plan names a window that is not there: ${unit.document} ${unit.window}`)
  }
  const { start, end, scoreFrom } = window
  return {
    ids: document.scorable.ids.slice(start, end),
    targetsFrom: scoreFrom - start,
    firstPosition: scoreFrom,
  }
}

/** A window under a baseline and other models of one process, with their agreement. */
export async function scorePair(
  process: Arm,
  baseline: string,
  candidates: string[],
  window: { readonly ids: Int32Array<ArrayBuffer>; readonly targetsFrom: number },
  signal: AbortSignal,
) {
  return process.call('scorePair', { baseline, candidates, window }, { signal })
}
export type PairResult = Awaited<ReturnType<typeof scorePair>>
