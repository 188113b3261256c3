import { randomUUID } from 'node:crypto'

import type { Job, JobLogLine } from '../shared/contract/runs.ts'
import { toAppError } from '../shared/errors.ts'
import type { Progress } from '../shared/job.ts'

/** Lines that a job keeps. */
const LOG_LINES = 200

export type JobWork = (job: OngoingJob) => Promise<void>

/** Work that belongs to no caller: it goes on whether or not anybody watches, until it ends or is stopped. */
export class OngoingJob {
  readonly id = randomUUID()
  readonly project: string
  /** Resolves once the work has ended, however it ended. */
  readonly ended: Promise<void>
  readonly #onChange: (job: OngoingJob) => void
  readonly #stopping = new AbortController()
  readonly #startedAt = new Date().toISOString()
  readonly #progress = new Map<string, Progress>()
  #log: JobLogLine[] = []
  #state: Job['state'] = 'running'
  #run: string | null = null
  #units = { done: 0, total: 0 }
  #endedAt: string | null = null
  #error: Job['error'] = null

  /** Starts the work at once. @param onChange told after each change */
  constructor(project: string, work: JobWork, onChange: (job: OngoingJob) => void) {
    this.project = project
    this.#onChange = onChange
    this.ended = this.#perform(work)
  }

  /** Aborted when the job is to stop. */
  get signal(): AbortSignal {
    return this.#stopping.signal
  }

  get isOver(): boolean {
    return this.#endedAt !== null
  }

  get run(): string | null {
    return this.#run
  }

  /** The run that the work is about, as soon as there is one. */
  set run(run: string) {
    this.#run = run
    this.#onChange(this)
  }

  report(progress: Progress): void {
    this.#progress.set(JSON.stringify([progress.kind, progress.label]), progress)
    this.#onChange(this)
  }

  count(done: number, total: number): void {
    this.#units = { done, total }
    this.#onChange(this)
  }

  /** Adds a line to the log. */
  tell(text: string, level: JobLogLine['level'] = 'info'): void {
    this.#log = [...this.#log, { at: new Date().toISOString(), level, text }].slice(-LOG_LINES)
    this.#onChange(this)
  }

  /** Asks the work to stop. */
  stop(): void {
    if (this.#state !== 'running') return
    this.#state = 'stopping'
    this.#onChange(this)
    this.#stopping.abort()
  }

  /** The job as it is now, for those who watch. */
  snapshot(): Job {
    return {
      id: this.id,
      project: this.project,
      run: this.#run,
      state: this.#state,
      startedAt: this.#startedAt,
      endedAt: this.#endedAt,
      progress: [...this.#progress.values()],
      unitsDone: this.#units.done,
      unitsTotal: this.#units.total,
      error: this.#error,
      log: this.#log,
    }
  }

  async #perform(work: JobWork): Promise<void> {
    // The job is in its table before its work begins.
    await Promise.resolve()
    try {
      await work(this)
      this.#state = 'done'
    } catch (error) {
      const { code, params } = toAppError(error)
      this.#state = code === 'cancelled' ? 'stopped' : 'failed'
      if (code !== 'cancelled') this.#error = { code, params }
    }
    this.#endedAt = new Date().toISOString()
    this.#onChange(this)
  }
}
