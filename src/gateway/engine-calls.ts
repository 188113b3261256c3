import { AppError, withoutStack } from '../shared/errors.ts'
import type { ClientMessage, ServerMessage } from '../shared/wire.ts'
import type { HostProcess } from './host-process.ts'
import { EngineSupervisor, type Patience, type SupervisorEvents } from './engine-supervisor.ts'

interface EngineCall {
  readonly procedure: string
  readonly input: unknown
  readonly answer: (message: ServerMessage) => void
  isSent: boolean
}

/**
 * The calls of all callers to the one engine, under ids of its own. Inputs, answers and events pass through as they
 * are: both ends parse them. A call waits while the engine starts, and fails with the engine that it was sent to.
 */
export class EngineCalls {
  readonly #supervisor: EngineSupervisor
  readonly #calls = new Map<number, EngineCall>()
  #nextId = 0

  constructor(
    startHost: () => HostProcess,
    events: Pick<SupervisorEvents, 'onRefused' | 'log'>,
    patience?: Partial<Patience>,
  ) {
    this.#supervisor = new EngineSupervisor(
      startHost,
      {
        ...events,
        onReady: () => this.#sendWaiting(),
        onMessage: (message) => this.#receive(message),
        onEnd: (reason) => this.#fail(reason, ({ isSent }) => isSent),
        onFailed: (reason) => this.#fail(reason, () => true),
      },
      patience,
    )
  }

  get state(): EngineSupervisor['state'] {
    return this.#supervisor.state
  }

  /** Calls without a result yet. */
  get size(): number {
    return this.#calls.size
  }

  /** @param answer gets the events and the one result, under the returned id */
  start({ procedure, input, answer }: Omit<EngineCall, 'isSent'>): number {
    const id = this.#nextId++
    this.#calls.set(id, { procedure, input, answer, isSent: false })
    this.#supervisor.wake()
    if (this.#supervisor.isReady) this.#sendWaiting()
    return id
  }

  /** The engine answers a cancelled call itself, unless it has not heard of it yet. */
  cancel(id: number): void {
    const call = this.#calls.get(id)
    if (call?.isSent === true) this.#supervisor.send({ kind: 'cancel', id })
    else if (call !== undefined) this.#settle(id, call, new AppError('cancelled'))
  }

  /** Cancels a call for whose result nobody waits any more. */
  abandon(id: number): void {
    if (this.#calls.get(id)?.isSent === true) this.#supervisor.send({ kind: 'cancel', id })
    this.#calls.delete(id)
  }

  async close(): Promise<void> {
    await this.#supervisor.close()
    this.#fail(new AppError('cancelled'), () => true)
  }

  #sendWaiting(): void {
    for (const [id, call] of this.#calls) {
      if (call.isSent) continue
      call.isSent = true
      const { procedure, input } = call
      this.#supervisor.send({ kind: 'call', id, procedure, input } satisfies ClientMessage)
    }
  }

  #receive(message: ServerMessage): void {
    const call = this.#calls.get(message.id)
    if (message.kind === 'result') this.#calls.delete(message.id)
    call?.answer(message)
  }

  #fail(reason: AppError, isMeant: (call: EngineCall) => boolean): void {
    for (const [id, call] of this.#calls) if (isMeant(call)) this.#settle(id, call, reason)
  }

  #settle(id: number, { answer }: EngineCall, reason: AppError): void {
    this.#calls.delete(id)
    answer({ kind: 'result', id, result: { ok: false, error: withoutStack(reason) } })
  }
}
