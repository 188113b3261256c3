import type { Handlers } from '../rpc/handlers.ts'
import type { ShellProcedure } from '../shared/contract.ts'
import type { ServerMessage } from '../shared/wire.ts'
import { Connection } from './connection.ts'
import { EngineCalls } from './engine-calls.ts'
import type { Patience } from './engine-supervisor.ts'
import type { HostProcess } from './host-process.ts'
import { NetworkLog } from './network-log.ts'

/** What each door answers in its own way. */
export type DoorHandlers = Handlers<Exclude<ShellProcedure, 'shell.watchEngine' | 'shell.watchNetwork'>>

export interface GatewayOptions {
  /** Starts the engine's process: at once, and after each of its ends. */
  readonly startHost: () => HostProcess
  readonly shell: DoorHandlers
  /** Takes what is worth keeping about the engine's ends. */
  readonly log?: (line: string) => void
  /** Shorter waits, in tests. */
  readonly patience?: Partial<Patience>
}

/** Connects callers to the engine, whose process it supervises, and to what the door answers itself. */
export class Gateway {
  readonly #engine: EngineCalls
  readonly #network = new NetworkLog()
  readonly #shell: Handlers<ShellProcedure>
  readonly #connections = new Set<Connection>()
  #isClosed = false

  constructor({ startHost, shell, log = () => {}, patience = {} }: GatewayOptions) {
    const onRefused = (target: string): void => this.#network.add(target, 'engine')
    this.#engine = new EngineCalls(startHost, { onRefused, log }, patience)
    this.#shell = {
      ...shell,
      'shell.watchEngine': (_, { emit, signal }) => this.#engine.state.watch(emit, signal),
      'shell.watchNetwork': (_, { emit, signal }) => this.#network.state.watch(emit, signal),
    }
  }

  /** Takes a caller in. @param send to the caller */
  connect(send: (message: ServerMessage) => void): GatewayConnection {
    const connection = new Connection(this.#engine, this.#shell, send)
    if (this.#isClosed) connection.close()
    else this.#connections.add(connection)
    return {
      receive: (message) => connection.receive(message),
      close: () => {
        this.#connections.delete(connection)
        connection.close()
      },
    }
  }

  /** The window tried to reach another machine, and was kept from it. @param target host and port, or URL */
  refused(target: string): void {
    this.#network.add(target, 'window')
  }

  /** Calls that have no result yet. */
  get callsInProgress(): number {
    return this.#engine.size
  }

  /** Lets go of all callers, lets the engine end in order, and waits until it is gone. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const connection of this.#connections) connection.close()
    this.#connections.clear()
    await this.#engine.close()
  }
}

export interface GatewayConnection {
  /**
   * Takes one message of the caller, as it came.
   * @throws ZodError when it is none of the protocol; the connection is closed then, and the caller to be hung up on
   */
  receive(message: unknown): void
  /** The caller is gone: its calls are cancelled. */
  close(): void
}
