import type { Job } from '../shared/contract/runs.ts'
import { AppError } from '../shared/errors.ts'
import { type JobWork, OngoingJob } from './job.ts'

/** Ended jobs that are remembered. */
const KEPT_ENDED = 20
/** Between two messages to one watcher. */
const WATCH_MS = 100

/** The jobs of this process. They are gone with it; the runs that they worked on are in the ledger. */
export class JobTable {
  /** In order of their start. */
  #jobs: readonly OngoingJob[] = []
  readonly #watchers = new Set<(job: OngoingJob) => void>()

  /**
   * Starts a job. One at a time: two would disturb each other's measurements.
   *
   * @returns its id
   * @throws AppError jobs/busy, jobs/busy-elsewhere
   */
  start(project: string, work: JobWork): string {
    this.assertIdle(project)
    const job = new OngoingJob(project, work, (changed) => {
      for (const notice of this.#watchers) notice(changed)
    })
    this.#jobs = [...this.#jobs.slice(-KEPT_ENDED), job]
    return job.id
  }

  /** @param project whose work wants to begin @throws AppError jobs/busy, jobs/busy-elsewhere */
  assertIdle(project: string): void {
    const ongoing = this.#jobs.find((job) => !job.isOver)
    if (ongoing?.project === project) throw new AppError('jobs/busy')
    if (ongoing !== undefined) throw new AppError('jobs/busy-elsewhere', { project: ongoing.project })
  }

  /** Whether there is work going on. */
  get isBusy(): boolean {
    return this.#jobs.some(({ isOver }) => !isOver)
  }

  /** Whether a job works on this run, or is about to. */
  isWorkingOn(run: string): boolean {
    return this.#jobs.some((job) => !job.isOver && job.run === run)
  }

  /** Stops a job and waits until it has ended; one that has ended stays as it is. @throws AppError jobs/unknown */
  async stop(id: string): Promise<void> {
    const job = this.#jobs.find((candidate) => candidate.id === id)
    if (job === undefined) throw new AppError('jobs/unknown', { job: id })
    job.stop()
    await job.ended
  }

  /** Shows all jobs, then those that change, until the signal aborts. @throws AppError cancelled, then */
  async watch(emit: (jobs: Job[]) => void, signal: AbortSignal): Promise<never> {
    const show = (jobs: Iterable<OngoingJob>): void => emit(Array.from(jobs, (job) => job.snapshot()))
    const changed = new Set<OngoingJob>()
    let timer: NodeJS.Timeout | undefined
    const notice = (job: OngoingJob): void => {
      changed.add(job)
      timer ??= setTimeout(() => {
        timer = undefined
        show(changed)
        changed.clear()
      }, WATCH_MS)
    }
    const over = Promise.withResolvers<never>()
    const leave = (): void => over.reject(new AppError('cancelled'))
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    this.#watchers.add(notice)
    show(this.#jobs)
    try {
      return await over.promise
    } finally {
      signal.removeEventListener('abort', leave)
      this.#watchers.delete(notice)
      clearTimeout(timer)
    }
  }

  /** Stops everything and waits until it has ended. */
  async close(): Promise<void> {
    for (const job of this.#jobs) job.stop()
    await Promise.all(this.#jobs.map(({ ended }) => ended))
  }
}
