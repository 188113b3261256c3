import { expect, it } from 'vitest'

import { ProgressMeter } from '../../../src/engine/kernel/eta.ts'
import type { Progress } from '../../../src/shared/job.ts'

it('counts up, never beyond the total, with an ETA from the work done in this run', () => {
  const events: Progress[] = []
  let clock = 0
  const meter = new ProgressMeter({ kind: 'score', unit: 'windows' }, 10, (event) => events.push(event), {
    initial: 4,
    now: () => clock,
  })
  for (const [time, units] of [
    [2000, 2],
    [3000, 1],
    [9000, 9],
  ] as const) {
    clock = time
    meter.advance(units)
  }
  expect(events.map(({ done, fraction, etaSeconds }) => [done, fraction, etaSeconds])).toEqual([
    [6, 0.6, 4],
    [7, 0.7, 3],
    [10, 1, 0],
  ])
})
