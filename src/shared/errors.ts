import {
  errorMessages,
  formatMessage,
  type ErrorCode,
  type Locale,
  type MessageParams,
} from './messages/index.ts'

export type { ErrorCode }

/**
 * The one error type that crosses a boundary. `code` selects the translated message, `params` fill it;
 * `message` (English) is for logs.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly params: MessageParams

  constructor(code: ErrorCode, params: MessageParams = {}, options?: ErrorOptions) {
    super(formatMessage(errorMessages[code], 'en', params), options)
    this.code = code
    this.params = params
  }

  /** The message in the reader's language. */
  localized(locale: Locale): string {
    return formatMessage(errorMessages[this.code], locale, this.params)
  }
}

/** An AppError as plain data, for process boundaries. */
export interface SerializedError {
  readonly code: ErrorCode
  readonly params: MessageParams
  readonly stack?: string
}

/** Success or failure as a value; nothing that crosses a process boundary rejects bare. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: SerializedError }

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorMessages, code)
}

/**
 * Any thrown value as an AppError; an abort becomes `cancelled`, an unknown error `internal` with its cause kept. Where
 * disposing failed as well, the error that came first counts.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  // Work failed, then giving up a resource failed too, often for the same reason; the first is what went wrong.
  if (error instanceof SuppressedError) return toAppError(error.suppressed)
  if (error instanceof Error && error.name === 'AbortError')
    return new AppError('cancelled', {}, { cause: error })
  return new AppError(
    'internal',
    { reason: error instanceof Error ? error.message : String(error) },
    { cause: error },
  )
}

export function serializeError(error: unknown): SerializedError {
  const { code, params, stack } = toAppError(error)
  return stack === undefined ? { code, params } : { code, params, stack }
}

/** The same for another process's eyes: stacks stay in the process that they describe. */
export function withoutStack(error: unknown): Omit<SerializedError, 'stack'> {
  const { code, params } = toAppError(error)
  return { code, params }
}

export function deserializeError(error: SerializedError): AppError {
  const revived = new AppError(error.code, error.params)
  if (error.stack !== undefined) revived.stack = error.stack
  return revived
}

/** Marks a union as exhausted; a new member that is not handled fails to compile. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
