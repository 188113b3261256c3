import type { Progress } from '../../shared/job.ts'

/**
 * Counts units of work and emits monotonic progress with an ETA from the mean rate so far.
 * Work that was already done before (a resumed run) counts as done but not into the rate.
 */
export class ProgressMeter {
  readonly #emit: (progress: Progress) => void
  readonly #base: Pick<Progress, 'kind' | 'label' | 'unit'>
  readonly #total: number
  readonly #initial: number
  readonly #now: () => number
  readonly #start: number
  #done: number

  constructor(
    base: Pick<Progress, 'kind' | 'label' | 'unit'>,
    total: number,
    emit: (progress: Progress) => void,
    { initial = 0, now = () => performance.now() }: { initial?: number; now?: () => number } = {},
  ) {
    this.#base = base
    this.#total = total
    this.#emit = emit
    this.#initial = initial
    this.#done = initial
    this.#now = now
    this.#start = now()
  }

  /** Marks `units` more as done and emits. */
  advance(units = 1, figures?: Progress['figures']): void {
    this.#done = Math.min(this.#total, this.#done + units)
    const elapsed = (this.#now() - this.#start) / 1000
    const fresh = this.#done - this.#initial
    this.#emit({
      ...this.#base,
      done: this.#done,
      total: this.#total,
      fraction: this.#total === 0 ? 1 : this.#done / this.#total,
      etaSeconds: fresh > 0 && elapsed > 0 ? ((this.#total - this.#done) * elapsed) / fresh : null,
      ...(figures === undefined ? {} : { figures }),
    })
  }
}
