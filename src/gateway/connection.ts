import { CallServer } from '../rpc/call-server.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { isEngineProcedure, isProcedureName, type ShellProcedure } from '../shared/contract.ts'
import { type ClientMessage, clientMessageSchema, type ServerMessage } from '../shared/wire.ts'
import type { EngineCalls } from './engine-calls.ts'

/** One caller: a window, or a tab of a browser. */
export class Connection {
  readonly #engine: EngineCalls
  readonly #shell: CallServer<ShellProcedure>
  readonly #send: (message: ServerMessage) => void
  /** Ids of the engine by the caller's. */
  readonly #calls = new Map<number, number>()
  #isClosed = false

  constructor(engine: EngineCalls, shell: Handlers<ShellProcedure>, send: (message: ServerMessage) => void) {
    this.#engine = engine
    this.#send = (message) => {
      if (!this.#isClosed) send(message)
    }
    this.#shell = new CallServer(shell, this.#send)
  }

  /** Takes one message of the caller. @throws ZodError when it is none; the connection is closed then */
  receive(message: unknown): void {
    if (this.#isClosed) return
    const parsed = clientMessageSchema.safeParse(message)
    if (parsed.success) return this.#take(parsed.data)
    this.close()
    throw parsed.error
  }

  /** The caller is gone: its calls are cancelled. Jobs, which belong to nobody, go on. */
  close(): void {
    this.#isClosed = true
    this.#shell.close()
    for (const engineId of this.#calls.values()) this.#engine.abandon(engineId)
    this.#calls.clear()
  }

  #take(message: ClientMessage): void {
    if (message.kind === 'cancel') {
      const engineId = this.#calls.get(message.id)
      return engineId === undefined ? this.#shell.receive(message) : this.#engine.cancel(engineId)
    }
    const { id, procedure, input } = message
    if (!isProcedureName(procedure) || !isEngineProcedure(procedure)) return this.#shell.receive(message)
    if (this.#calls.has(id)) return
    const answer = (reply: ServerMessage): void => {
      if (reply.kind === 'result') this.#calls.delete(id)
      this.#send({ ...reply, id })
    }
    this.#calls.set(id, this.#engine.start({ procedure, input, answer }))
  }
}
