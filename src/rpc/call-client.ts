import {
  contract,
  type EventOf,
  type InputOf,
  type OutputOf,
  type ProcedureName,
} from '../shared/contract.ts'
import { AppError, deserializeError } from '../shared/errors.ts'
import { type ClientMessage, serverMessageSchema } from '../shared/wire.ts'

export interface CallOptions<P extends ProcedureName> {
  /** Cancels the call; it then fails as `cancelled` as soon as the other end has let go. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: EventOf<P>) => void
}

interface PendingCall {
  readonly procedure: ProcedureName
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
  readonly onEvent: ((event: never) => void) | undefined
}

/** Calls procedures over a channel of messages; answers and events are parsed with their schemas. */
export class CallClient {
  readonly #send: (message: ClientMessage) => void
  readonly #calls = new Map<number, PendingCall>()
  #nextId = 0

  constructor(send: (message: ClientMessage) => void) {
    this.#send = send
  }

  /** @throws AppError as the procedure does; cancelled; what `fail` was given */
  async call<P extends ProcedureName>(
    procedure: P,
    input: InputOf<P>,
    { signal, onEvent }: CallOptions<P> = {},
  ): Promise<OutputOf<P>> {
    if (signal?.aborted === true) throw new AppError('cancelled')
    const id = this.#nextId++
    const onAbort = (): void => this.#send({ kind: 'cancel', id })
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      const value = await new Promise<unknown>((resolve, reject) => {
        this.#calls.set(id, { procedure, resolve, reject, onEvent })
        this.#send({ kind: 'call', id, procedure, input })
      })
      return contract[procedure].output.parse(value) as OutputOf<P>
    } finally {
      signal?.removeEventListener('abort', onAbort)
      this.#calls.delete(id)
    }
  }

  /** Takes one message of the other end. @throws ZodError when it is not one of the protocol */
  receive(message: unknown): void {
    const parsed = serverMessageSchema.parse(message)
    const call = this.#calls.get(parsed.id)
    if (call === undefined) return
    if (parsed.kind === 'event') {
      call.onEvent?.(contract[call.procedure].event.parse(parsed.event) as never)
    } else if (parsed.result.ok) {
      call.resolve(parsed.result.value)
    } else {
      call.reject(deserializeError(parsed.result.error))
    }
  }

  /** The other end is gone: every call in progress fails. */
  fail(error: AppError): void {
    for (const { reject } of this.#calls.values()) reject(error)
  }
}
