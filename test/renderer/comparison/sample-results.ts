import type { ArmResult, Figure, Results } from '../../../src/shared/results.ts'
import { FINISHED_RUN } from '../fakes/fake-api.ts'
import { finishedResults } from '../fakes/results.ts'

/** The fake's finished run, to be changed by a test. */
export const sampleResults = (change: Partial<Results> = {}): Results => ({
  ...finishedResults(FINISHED_RUN, '2026-04-02T01:15:00.000Z'),
  ...change,
})

export const measured = (value: number | null, ci95?: [number, number]): Figure => ({
  value,
  unit: '1',
  provenance: value === null ? 'unavailable' : 'measured',
  ...(ci95 === undefined ? {} : { ci95 }),
})

/** The same results with another deciding comparison. */
export function decidedBy(
  change: Partial<Results['comparisons'][number]>,
  results: Results = sampleResults(),
): Results {
  return {
    ...results,
    comparisons: results.comparisons.map((entry) =>
      entry.verdict === null ? entry : { ...entry, ...change },
    ),
  }
}

export const candidateOf = ({ arms }: Results): ArmResult => {
  const candidate = arms.find(({ role }) => role === 'candidate')
  if (candidate === undefined) throw new RangeError('no candidate')
  return candidate
}
