import type { CorpusSplit } from './documents.ts'

/** Half of what a split of a corpus plans for the evaluation. */
const LEAST_HELD_OUT = 0.1

/**
 * Whether so little of a split corpus is held out that its results say little, as when documents that share passages
 * make up almost all of it.
 *
 * @returns the held-out share of the characters, 0 to 1; null where it suffices, or nothing is set apart
 */
export function scarceHeldOut(
  parts: readonly { readonly split: CorpusSplit; readonly characters: number }[],
): number | null {
  const charactersOf = (own: typeof parts): number => own.reduce((sum, part) => sum + part.characters, 0)
  const heldOut = parts.filter(({ split }) => split === 'held-out')
  const total = charactersOf(parts)
  if (total === 0 || heldOut.length === parts.length) return null
  const share = charactersOf(heldOut) / total
  return share < LEAST_HELD_OUT ? share : null
}
