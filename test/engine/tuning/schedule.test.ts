import { describe, expect, it } from 'vitest'

import { learningRate, type Schedule } from '../../../src/engine/tuning/index.ts'

function rates(schedule: Schedule, steps: number): number[] {
  return Array.from({ length: steps }, (_, step) => Number(learningRate(schedule, step, steps).toFixed(6)))
}

describe('learning rate', () => {
  it('linear: warm-up, then down towards the floor', () => {
    expect(rates({ kind: 'linear', peak: 1, warmupSteps: 2, floor: 0 }, 6)).toEqual([
      0.5, 1, 1, 0.75, 0.5, 0.25,
    ])
  })

  it('cosine: half-way at the mean of peak and floor', () => {
    const values = rates({ kind: 'cosine', peak: 1, warmupSteps: 0, floor: 0.2 }, 4)
    expect(values).toEqual([1, 0.882843, 0.6, 0.317157])
  })

  it('trapezoid: stays at the peak until the last part', () => {
    const schedule: Schedule = { kind: 'trapezoid', peak: 2, warmupSteps: 1, floor: 0, decayFraction: 0.5 }
    expect(rates(schedule, 8)).toEqual([2, 2, 2, 2, 2, 1.5, 1, 0.5])
  })
})
