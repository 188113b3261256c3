/** How the learning rate moves: linear warm-up to `peak`, then down to `floor · peak` at the last step. */
export interface Schedule {
  /** `trapezoid` stays at the peak until the last `decayFraction` of the steps, then falls linearly. */
  readonly kind: 'cosine' | 'linear' | 'trapezoid'
  readonly peak: number
  readonly warmupSteps: number
  /** Final rate as a fraction of the peak. */
  readonly floor: number
  /** Only for `trapezoid`. */
  readonly decayFraction?: number
}

/** Learning rate of a step; `step` counts from 0 to `steps` − 1. */
export function learningRate(schedule: Schedule, step: number, steps: number): number {
  const { peak, warmupSteps, floor } = schedule
  if (step < warmupSteps) return (peak * (step + 1)) / warmupSteps
  const start = schedule.kind === 'trapezoid' ? steps * (1 - (schedule.decayFraction ?? 0.2)) : warmupSteps
  const progress = Math.min(1, Math.max(0, (step - start) / Math.max(1, steps - start)))
  const remaining = schedule.kind === 'cosine' ? 0.5 * (1 + Math.cos(Math.PI * progress)) : 1 - progress
  return peak * (floor + (1 - floor) * remaining)
}
