/** Checks of plans in progress. They read and compile as a run does, and would disturb what a run measures. */
export class PlanChecks {
  readonly #ongoing = new Map<AbortController, Promise<unknown>>()

  get isBusy(): boolean {
    return this.#ongoing.size > 0
  }

  /** Does a check, until the caller or `stop` ends it. */
  async perform<T>(check: (signal: AbortSignal) => Promise<T>, caller: AbortSignal): Promise<T> {
    const stopping = new AbortController()
    const result = check(AbortSignal.any([caller, stopping.signal]))
    this.#ongoing.set(stopping, result)
    try {
      return await result
    } finally {
      this.#ongoing.delete(stopping)
    }
  }

  /** Ends all checks, and waits until they have ended. */
  async stop(): Promise<void> {
    for (const stopping of this.#ongoing.keys()) stopping.abort()
    await Promise.allSettled(this.#ongoing.values())
  }
}
