import { AppError } from '../../../shared/errors.ts'
import type { OrtApi, Out, Pointer, Status } from './api.ts'

/** A failure that ONNX Runtime reported; callers turn it into an AppError that says what was attempted. */
export class OrtError extends Error {
  override readonly name = 'OrtError'
  /** OrtErrorCode */
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** Throws OrtError for a failed status and releases it. */
export function check(api: OrtApi, status: Status): void {
  if (status === null) return
  const error = new OrtError(api.GetErrorCode(status), plainReason(api.GetErrorMessage(status)))
  api.ReleaseStatus(status)
  throw error
}

/** Calls a function whose last argument receives a value, checks the status and returns the value. */
export function produce<T>(api: OrtApi, call: (out: Out<T>) => Status): T {
  const out: Out<T> = [null]
  check(api, call(out))
  if (out[0] === null) throw new OrtError(0, 'ONNX Runtime returned no value')
  return out[0]
}

/** Runs a status-returning call on another thread. */
export function settle(
  api: OrtApi,
  start: (done: (error: Error | null, status: Status) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error, status) => {
      try {
        if (error !== null && error !== undefined) throw error
        check(api, status)
        resolve()
      } catch (failure) {
        reject(failure as Error)
      }
    })
  })
}

/** Drops the source position and failed condition that precede a reason, and its final full stop. */
function plainReason(message: string): string {
  return message
    .replace(/^[^\n]* was false\. /, '')
    .trim()
    .replace(/\.+$/, '')
}

const ALLOCATION_FAILED = /bad_alloc|failed to allocate|out of memory|not enough memory/i

/** The failure of a run as an AppError: an exhausted memory is told apart, because the user can act on it. */
export function runError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const reason = error instanceof Error ? error.message : String(error)
  const code = ALLOCATION_FAILED.test(reason) ? 'runtime/out-of-memory' : 'runtime/failed'
  return new AppError(code, { reason }, { cause: error })
}

/** An owned native object: released once, however often it is disposed. */
export class Handle implements Disposable {
  readonly #release: (pointer: Pointer) => void
  readonly #what: string
  #pointer: Pointer | null

  constructor(what: string, pointer: Pointer, release: (pointer: Pointer) => void) {
    this.#what = what
    this.#pointer = pointer
    this.#release = release
  }

  /** @throws AppError runtime/disposed */
  get pointer(): Pointer {
    if (this.#pointer === null) throw new AppError('runtime/disposed', { what: this.#what })
    return this.#pointer
  }

  [Symbol.dispose](): void {
    if (this.#pointer === null) return
    const pointer = this.#pointer
    this.#pointer = null
    this.#release(pointer)
  }
}
