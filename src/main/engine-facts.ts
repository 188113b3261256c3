import { CallClient } from '../rpc/call-client.ts'
import type { Job } from '../shared/contract/runs.ts'
import type { AppSettings } from '../shared/contract/settings.ts'
import type { Connect } from './ipc-router.ts'

/**
 * What the desktop itself needs to know of the engine: its settings as soon as it is ready, and whether it is working.
 * Asked anew whenever the engine has been started again.
 */
export class EngineFacts {
  readonly #client: CallClient
  readonly #onSettings: (settings: AppSettings) => void
  readonly #jobs = new Map<string, Job['state']>()
  #starts = 0

  constructor(connect: Connect, onSettings: (settings: AppSettings) => void) {
    const connection = connect((message) => this.#client.receive(message))
    this.#client = new CallClient((message) => connection.receive(message))
    this.#onSettings = onSettings
    void this.#followEngine()
  }

  /** Whether closing the program now would stop a run. */
  isWorking(): boolean {
    return this.#jobs.values().some((state) => state === 'running' || state === 'stopping')
  }

  /** A job that a window has just started; the engine tells of it a moment later. */
  noteStarted(job: string): void {
    this.#jobs.set(job, 'running')
  }

  async #followEngine(): Promise<void> {
    await this.#unlessEnded(
      this.#client.call(
        'shell.watchEngine',
        {},
        {
          onEvent: ({ state, starts }) => {
            if (state !== 'ready') this.#jobs.clear()
            else if (starts !== this.#starts) this.#ask(starts)
          },
        },
      ),
    )
  }

  #ask(starts: number): void {
    this.#starts = starts
    void this.#unlessEnded(this.#client.call('settings.read', {}).then(this.#onSettings))
    void this.#unlessEnded(
      this.#client.call(
        'jobs.watch',
        {},
        {
          onEvent: (jobs) => {
            for (const { id, state } of jobs) this.#jobs.set(id, state)
          },
        },
      ),
    )
  }

  /** An engine that has ended is told of by the window; what was asked of it is asked of the next one. */
  async #unlessEnded(asked: Promise<unknown>): Promise<void> {
    await asked.catch(() => {})
  }
}
