import { contract, isProcedureName, type ProcedureName } from '../shared/contract.ts'
import { AppError, withoutStack } from '../shared/errors.ts'
import { type ClientMessage, clientMessageSchema, type ServerMessage } from '../shared/wire.ts'
import type { Handlers, ProcedureHandler } from './handlers.ts'

/**
 * Answers the calls of one caller. Every input is parsed with its schema; whatever happens, each call gets exactly one
 * result, and a caller that sends what is no message at all is told so by `receive`.
 */
export class CallServer<P extends ProcedureName> {
  readonly #handlers: Handlers<P>
  readonly #send: (message: ServerMessage) => void
  readonly #calls = new Map<number, AbortController>()

  constructor(handlers: Handlers<P>, send: (message: ServerMessage) => void) {
    this.#handlers = handlers
    this.#send = send
  }

  /** Takes one message. @throws ZodError when it is not one of the protocol */
  receive(message: unknown): void {
    const parsed = clientMessageSchema.parse(message)
    if (parsed.kind === 'cancel') return this.#calls.get(parsed.id)?.abort()
    void this.#answer(parsed)
  }

  /** The caller is gone: its calls are cancelled. Jobs, which belong to nobody, go on. */
  close(): void {
    for (const controller of this.#calls.values()) controller.abort()
  }

  async #answer({ id, procedure, input }: Extract<ClientMessage, { kind: 'call' }>): Promise<void> {
    if (this.#calls.has(id)) return
    const controller = new AbortController()
    this.#calls.set(id, controller)
    try {
      const value = await this.#perform(procedure, input, id, controller.signal)
      this.#send({ kind: 'result', id, result: { ok: true, value } })
    } catch (error) {
      this.#send({ kind: 'result', id, result: { ok: false, error: withoutStack(error) } })
    } finally {
      this.#calls.delete(id)
    }
  }

  async #perform(name: string, input: unknown, id: number, signal: AbortSignal): Promise<unknown> {
    if (!isProcedureName(name) || !Object.hasOwn(this.#handlers, name)) {
      throw new AppError('call/unknown-procedure', { procedure: name })
    }
    const parsed = contract[name].input.safeParse(input)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const params = { source: name, field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' }
      throw new AppError('input/invalid', params, { cause: parsed.error })
    }
    const emit = (event: unknown): void => {
      if (!signal.aborted) this.#send({ kind: 'event', id, event })
    }
    const handler = (this.#handlers as Readonly<Record<string, unknown>>)[name] as ProcedureHandler<never>
    return await handler(parsed.data as never, { signal, emit })
  }
}
