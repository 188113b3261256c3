import { interleave } from '../../measure/index.ts'
import type { Unit } from '../../runs/index.ts'

/** Windows of each document under one arm's tokenizer. */
export interface PlannedArm {
  readonly id: string
  /** Window counts in the order of the documents. */
  readonly windows: readonly number[]
  /** Scored side by side with the baseline, over the same windows. */
  readonly paired: boolean
}

/**
 * The units of a proof of concept in the order in which they are done: quality window by window with the arms side by
 * side, the baseline against itself, timed repetitions interleaved A B B A, memory last.
 *
 * @param arms the baseline first
 */
export function planUnits(
  documents: readonly string[],
  arms: readonly PlannedArm[],
  contexts: readonly number[],
  { repetitions, selfCheckWindows }: { readonly repetitions: number; readonly selfCheckWindows: number },
): Unit[] {
  const [baseline] = arms
  if (baseline === undefined) throw new RangeError('a plan needs a baseline')
  const ids = arms.map(({ id }) => id)
  const together = arms.filter(({ paired }) => paired)
  const alone = arms.filter(({ paired }) => !paired)
  const windowsOf = (arm: PlannedArm, index: number): number[] => [...Array(arm.windows[index] ?? 0).keys()]
  return [
    ...documents.flatMap((document, index) => [
      ...windowsOf(baseline, index).flatMap((window) =>
        together.map(({ id }): Unit => ({ phase: 'quality', arm: id, document, window })),
      ),
      ...alone.flatMap((arm) =>
        windowsOf(arm, index).map((window): Unit => ({ phase: 'quality', arm: arm.id, document, window })),
      ),
    ]),
    ...documents
      .filter((_, index) => (baseline.windows[index] ?? 0) > 0)
      .slice(0, selfCheckWindows)
      .map((document): Unit => ({ phase: 'self-check', arm: baseline.id, document, window: 0 })),
    ...contexts.flatMap((context) =>
      interleave(ids, repetitions).map(({ arm, repetition }): Unit => ({
        phase: 'speed',
        arm,
        context,
        repetition,
      })),
    ),
    ...contexts.flatMap((context) => ids.map((arm): Unit => ({ phase: 'memory', arm, context }))),
  ]
}

/** Names for arms from their folders' names; a name that is taken gets a number. */
export function armIds(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let id = name
    for (let number = 2; taken.has(id); number++) id = `${name}-${number}`
    taken.add(id)
    return id
  })
}
