import type { Gateway, GatewayConnection } from '../../src/gateway/index.ts'
import type { ServerMessage } from '../../src/shared/wire.ts'

type Outcome = Extract<ServerMessage, { kind: 'result' }>['result']

/** A window that calls and remembers what it hears. */
export class Caller {
  readonly connection: GatewayConnection
  readonly #heard: ServerMessage[] = []
  readonly #waiting = new Set<() => void>()
  #nextId = 0

  constructor(gateway: Gateway) {
    this.connection = gateway.connect((message) => {
      this.#heard.push(message)
      for (const look of this.#waiting) look()
    })
  }

  /** @returns the call's id */
  start(procedure: string, input: unknown = {}): number {
    const id = this.#nextId++
    this.connection.receive({ kind: 'call', id, procedure, input })
    return id
  }

  /** A call that the fake host acts on; which procedure it is does not matter to the gateway. */
  act(act: string, value?: unknown): number {
    return this.start('models.bundled', { act, value })
  }

  cancel(id: number): void {
    this.connection.receive({ kind: 'cancel', id })
  }

  events(id: number): unknown[] {
    return this.#heard.filter((message) => message.id === id).flatMap(eventOf)
  }

  results(id: number): Outcome[] {
    return this.#heard.filter((message) => message.id === id).flatMap(resultOf)
  }

  result(id: number): Promise<Outcome> {
    return this.#until(() => this.results(id)[0])
  }

  /** The first event of a call that `isMeant` accepts. */
  event(id: number, isMeant: (event: never) => boolean = () => true): Promise<unknown> {
    return this.#until(() => this.events(id).find((event) => isMeant(event as never)))
  }

  #until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find()
        if (found === undefined) return
        this.#waiting.delete(look)
        resolve(found)
      }
      this.#waiting.add(look)
      look()
    })
  }
}

const eventOf = (message: ServerMessage): unknown[] => (message.kind === 'event' ? [message.event] : [])
const resultOf = (message: ServerMessage): Outcome[] => (message.kind === 'result' ? [message.result] : [])
