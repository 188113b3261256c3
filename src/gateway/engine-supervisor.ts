import type { EngineState } from '../shared/contract/shell.ts'
import { AppError, deserializeError, withoutStack } from '../shared/errors.ts'
import { HEARTBEAT_MS, type HostMessage, hostMessageSchema, type HostOrder } from '../shared/host-protocol.ts'
import type { ClientMessage, ServerMessage } from '../shared/wire.ts'
import { causeOfEnd } from './engine-end.ts'
import type { HostProcess } from './host-process.ts'
import { Watched } from './watched.ts'

export interface SupervisorEvents {
  /** The engine can be asked from now on. */
  readonly onReady: () => void
  readonly onMessage: (message: ServerMessage) => void
  /** The engine refused to reach another machine. */
  readonly onRefused: (target: string) => void
  /** What was sent to the process that has ended will not be answered. */
  readonly onEnd: (reason: AppError) => void
  /** There will be no process until `wake`. */
  readonly onFailed: (reason: AppError) => void
  readonly log: (line: string) => void
}

/** Milliseconds, except `quickEnds`. */
export interface Patience {
  /** How often the engine is looked after. */
  readonly beat: number
  /** Silence after which an engine counts as hung, and before its first word. */
  readonly silence: number
  readonly start: number
  /** Before the first restart; doubled with each quick end in a row. */
  readonly restart: number
  /** An engine that lived less has ended quickly. */
  readonly quick: number
  /** So many quick ends in a row, and it is not started by itself any more. */
  readonly quickEnds: number
  /** Given to the engine to end in order. */
  readonly close: number
}

const PATIENCE: Patience = {
  beat: HEARTBEAT_MS,
  // The longest document takes the engine most of a minute in one piece, on a slow machine more.
  silence: 120_000,
  start: 120_000,
  restart: 500,
  quick: 60_000,
  quickEnds: 5,
  close: 10_000,
}

/**
 * Keeps one engine process running: tells a crash, a hang and want of memory apart, starts it again, more slowly each
 * time, and gives up when it ends too often.
 */
export class EngineSupervisor {
  readonly state = new Watched<EngineState>({ state: 'starting', pid: null, starts: 0, reason: null })
  readonly #startHost: () => HostProcess
  readonly #events: SupervisorEvents
  readonly #patience: Patience
  #process: HostProcess | undefined
  #startedAt = 0
  #quickEnds = 0
  #silentBeats = 0
  #beat: NodeJS.Timeout | undefined
  #restart: NodeJS.Timeout | undefined
  /** Why the running process is being ended by us; a final one is not followed by a restart. */
  #sentence: { readonly reason: AppError; readonly isFinal: boolean } | undefined
  #closing: PromiseWithResolvers<void> | undefined

  constructor(startHost: () => HostProcess, events: SupervisorEvents, patience: Partial<Patience> = {}) {
    this.#startHost = startHost
    this.#events = events
    this.#patience = { ...PATIENCE, ...patience }
    this.#start()
  }

  get isReady(): boolean {
    return this.#hasStarted && this.#closing === undefined
  }

  get #hasStarted(): boolean {
    return this.state.value.state === 'ready'
  }

  /** Only while ready; what is sent in the moment of its end is lost, and told by onEnd. */
  send(message: ClientMessage): void {
    this.#process?.send(message)
  }

  /** Starts an engine that has been given up, once. */
  wake(): void {
    if (this.state.value.state !== 'failed' || this.#closing !== undefined) return
    this.#quickEnds = this.#patience.quickEnds - 1
    this.#change({ state: 'starting' })
    this.#start()
  }

  /** Lets the engine end in order, kills it when that takes too long, and waits until it is gone. Safe to repeat. */
  async close(): Promise<void> {
    if (this.#closing === undefined) {
      this.#closing = Promise.withResolvers()
      clearTimeout(this.#restart)
      clearInterval(this.#beat)
      if (this.#process === undefined) this.#closing.resolve()
      this.#process?.send({ kind: 'close' } satisfies HostOrder)
    }
    const patience = setTimeout(() => this.#process?.kill(), this.#patience.close)
    await this.#closing.promise
    clearTimeout(patience)
  }

  #start(): void {
    const process = this.#startHost()
    this.#process = process
    this.#sentence = undefined
    this.#startedAt = performance.now()
    this.#silentBeats = 0
    this.#beat = setInterval(() => this.#lookAfter(), this.#patience.beat)
    this.#change({ pid: process.pid ?? null, starts: this.state.value.starts + 1 })
    process.onMessage((message) => this.#receive(message))
    process.onExit((exit) => {
      this.#events.log(`engine ended: ${JSON.stringify(exit)}`)
      this.#ended(this.#sentence?.reason ?? causeOfEnd(exit))
    })
  }

  #receive(message: unknown): void {
    if (this.#sentence !== undefined) return
    this.#silentBeats = 0
    const parsed = hostMessageSchema.safeParse(message)
    if (parsed.success) return this.#take(parsed.data)
    this.#events.log(`engine sent what is no message: ${parsed.error.message}`)
    this.#condemn(new AppError('engine/crashed', { how: 'unreadable message' }))
  }

  #take(message: HostMessage): void {
    switch (message.kind) {
      case 'event':
      case 'result':
        return this.#events.onMessage(message)
      case 'ready':
        this.#change({ state: 'ready', pid: message.pid })
        return this.#events.onReady()
      case 'failed':
        return this.#failed(deserializeError(message.error))
      case 'outbound-refused':
        return this.#events.onRefused(message.target)
      case 'heartbeat':
    }
  }

  /** One that could not start would only fail again: somebody has to mend what is wrong. */
  #failed(error: AppError): void {
    if (!this.#hasStarted) return this.#condemn(error, { isFinal: true })
    this.#condemn(new AppError('engine/crashed', { how: error.message }, { cause: error }))
  }

  /** Counts beats, not time: a machine that slept is not taken for an engine that hangs. */
  #lookAfter(): void {
    const { beat, silence, start } = this.#patience
    const limit = this.#hasStarted ? silence : start
    this.#silentBeats++
    if (this.#silentBeats * beat < limit) return
    this.#condemn(new AppError('engine/unresponsive', { seconds: limit / 1000 }))
  }

  /** Its calls fail at once; its end may take a while. */
  #condemn(reason: AppError, { isFinal = false } = {}): void {
    this.#sentence = { reason, isFinal }
    clearInterval(this.#beat)
    if (this.#closing === undefined) this.#change({ state: 'restarting', reason: withoutStack(reason) })
    this.#events.onEnd(reason)
    this.#process?.kill()
  }

  #ended(reason: AppError): void {
    clearInterval(this.#beat)
    this.#process = undefined
    if (this.#closing !== undefined) {
      this.#events.onEnd(new AppError('cancelled'))
      return this.#closing.resolve()
    }
    this.#events.onEnd(reason)
    if (this.#sentence?.isFinal === true) return this.#giveUp(reason)
    const { quick, quickEnds, restart } = this.#patience
    const isQuick = performance.now() - this.#startedAt < quick
    this.#quickEnds = isQuick ? this.#quickEnds + 1 : 0
    if (this.#quickEnds >= quickEnds) {
      return this.#giveUp(new AppError('engine/failed', { how: howOf(reason) }, { cause: reason }))
    }
    this.#change({ state: 'restarting', pid: null, reason: withoutStack(reason) })
    const delay = restart * 2 ** Math.max(0, this.#quickEnds - 1)
    this.#restart = setTimeout(() => this.#start(), delay)
  }

  #giveUp(reason: AppError): void {
    this.#change({ state: 'failed', pid: null, reason: withoutStack(reason) })
    this.#events.onFailed(reason)
  }

  #change(change: Partial<EngineState>): void {
    this.state.value = { ...this.state.value, ...change }
  }
}

const howOf = ({ params }: AppError): string => String(params['how'] ?? `silent for ${params['seconds']} s`)
