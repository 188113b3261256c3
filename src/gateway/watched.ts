import { AppError } from '../shared/errors.ts'

/** A value that others look at: each sees what it is now, and then every change. */
export class Watched<T> {
  readonly #watchers = new Set<(value: T) => void>()
  #value: T

  constructor(value: T) {
    this.#value = value
  }

  get value(): T {
    return this.#value
  }

  set value(value: T) {
    this.#value = value
    for (const watcher of this.#watchers) watcher(value)
  }

  /** Shows the value to `emit` until the signal aborts. @throws AppError cancelled, then */
  async watch(emit: (value: T) => void, signal: AbortSignal): Promise<never> {
    emit(this.#value)
    const over = Promise.withResolvers<never>()
    const stop = (): void => over.reject(new AppError('cancelled'))
    if (signal.aborted) stop()
    this.#watchers.add(emit)
    signal.addEventListener('abort', stop, { once: true })
    try {
      return await over.promise
    } finally {
      this.#watchers.delete(emit)
      signal.removeEventListener('abort', stop)
    }
  }
}
