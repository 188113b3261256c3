import { interleave, quantile, summarizePairs } from '../../src/engine/measure/index.ts'

/** One side of a comparison: runs once and gives its figure, in the unit of the comparison. */
export type Side = () => Promise<number>

/** The figures of all sides, round by round. */
export class Rounds<Name extends string> {
  readonly #figures: ReadonlyMap<Name, readonly number[]>

  constructor(figures: ReadonlyMap<Name, readonly number[]>) {
    this.#figures = figures
  }

  median(side: Name): number {
    return median(this.#of(side))
  }

  /** Median over the rounds of side / reference, so that what disturbs both in one round cancels. */
  ratio(side: Name, reference: Name): number {
    const byRound = (name: Name): Map<number, number> => new Map(this.#of(name).entries())
    return summarizePairs(byRound(reference), byRound(side))!.ratio.median
  }

  #of(side: Name): readonly number[] {
    return this.#figures.get(side) ?? []
  }
}

/**
 * Runs every side once a round in the order A B, B A, A B, …; a first round warms up and is not counted.
 *
 * @param rounds measured rounds, at least 1
 */
export async function compareSides<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  rounds: number,
): Promise<Rounds<Name>> {
  const names = Object.keys(sides) as Name[]
  const figures = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (const { arm, repetition } of interleave(names, rounds + 1)) {
    const figure = await sides[arm]()
    if (repetition > 0) figures.get(arm)!.push(figure)
  }
  return new Rounds(figures)
}

/** @throws RangeError for an empty list */
function median(values: readonly number[]): number {
  const middle = quantile(values, 0.5)
  if (middle === null) throw new RangeError('no values to take the median of')
  return middle
}

/** The median gap between tokens, without the first ones: the switch from prefill to decode is not decoding. */
export function decodeMs(gapsMs: readonly number[]): number {
  return median(gapsMs.slice(SETTLING_GAPS))
}

const SETTLING_GAPS = 3
