import type { PocObserver, PocOutcome, RunContext } from '../engine/index.ts'
import { silentLogger } from '../engine/index.ts'
import { toAppError } from '../shared/errors.ts'
import type { Progress, ProgressKind } from '../shared/job.ts'
import { defineMessages, formatMessage, type Locale, type Message } from '../shared/messages/index.ts'
import { progressWords } from '../shared/messages/progress.ts'
import type { OngoingJob } from './job.ts'

const words = defineMessages({
  preparing: { ja: '準備を始めました。', en: 'Preparing.' },
  started: { ja: '実行 {run} を始めました。', en: 'Run {run} started.' },
  resumed: {
    ja: '実行 {run} を再開しました（済み {done} / {total}）。',
    en: 'Run {run} resumed ({done} of {total} units were done).',
  },
  phase: { ja: '{phase}を始めました。', en: '{phase}.' },
  done: { ja: '実行 {run} が完了しました。報告書: {path}', en: 'Run {run} is done. Report: {path}' },
  stopped: {
    ja: '停止しました。終わった分は保存されているので、あとで再開できます。',
    en: 'Stopped. What was finished is kept, and the run can be resumed.',
  },
})

/** Tells a run's course in its job's log, in the language of the run. */
export class RunStory {
  readonly #job: OngoingJob
  readonly #locale: Locale
  readonly #told = new Set<string>()
  #phase: ProgressKind | undefined

  constructor(job: OngoingJob, locale: Locale) {
    this.#job = job
    this.#locale = locale
  }

  /** Does the work of a run, and tells how it begins, goes and ends. */
  async tell(work: (ctx: RunContext, observer: PocObserver) => Promise<PocOutcome>): Promise<void> {
    const { signal } = this.#job
    const report = (progress: Progress): void => this.#progress(progress)
    this.#say(words.preparing)
    try {
      const outcome = await work({ signal, report, log: silentLogger }, this.#observer())
      this.#warn(outcome.results.warnings)
      this.#say(words.done, { run: outcome.run, path: outcome.reportPath })
    } catch (error) {
      const failure = toAppError(error)
      if (failure.code === 'cancelled') this.#say(words.stopped)
      else this.#job.tell(failure.localized(this.#locale), 'error')
      throw failure
    }
  }

  #observer(): PocObserver {
    let isResumed = false
    let hasBegun = false
    return {
      onWarnings: (warnings) => this.#warn(warnings),
      onRun: (run, resumed) => {
        this.#job.run = run
        isResumed = resumed
      },
      onUnits: (done, total) => {
        this.#job.count(done, total)
        if (hasBegun) return
        hasBegun = true
        const run = this.#job.run ?? ''
        this.#say(isResumed ? words.resumed : words.started, { run, done, total })
      },
    }
  }

  #progress(progress: Progress): void {
    this.#job.report(progress)
    if (progress.kind === this.#phase) return
    this.#phase = progress.kind
    this.#say(words.phase, { phase: progressWords[progress.kind][this.#locale] })
  }

  /** What a run warns of at its end holds what it warned of at its beginning. */
  #warn(warnings: readonly { readonly message: string }[]): void {
    for (const { message } of warnings) {
      if (!this.#told.has(message)) this.#job.tell(message, 'warn')
      this.#told.add(message)
    }
  }

  #say(message: Message, params: Record<string, string | number> = {}): void {
    this.#job.tell(formatMessage(message, this.#locale, params))
  }
}
