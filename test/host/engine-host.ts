import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { type CallOptions, CallClient } from '../../src/rpc/call-client.ts'
import type { EngineProcedure, InputOf, OutputOf } from '../../src/shared/contract.ts'
import type { Job } from '../../src/shared/contract/runs.ts'
import { AppError } from '../../src/shared/errors.ts'
import { type HostMessage, hostMessageSchema } from '../../src/shared/host-protocol.ts'

const MAIN = fileURLToPath(new URL('../../src/host/main.ts', import.meta.url))
/** Compiled code shared by all child processes: halves their start-up. */
const COMPILE_CACHE = join(tmpdir(), 'soroban-test-compile-cache')

/** The engine's process at work, called over its channel as a door does. */
export class EngineHost implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #client: CallClient
  readonly #notices: HostMessage[] = []
  readonly #ready: PromiseWithResolvers<void> = Promise.withResolvers()
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>

  private constructor(home: string, env: Readonly<Record<string, string>>) {
    this.#child = fork(MAIN, ['--home', home], {
      serialization: 'advanced',
      execArgv: [],
      env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    })
    this.#client = new CallClient((message) => this.send(message))
    this.#child.on('message', (message) => this.#receive(hostMessageSchema.parse(message)))
    this.exited = once(this.#child, 'exit').then(([code, signal]) => {
      const error = new AppError('engine/crashed', { how: String(signal ?? code) })
      this.#ready.reject(error)
      this.#client.fail(error)
      return { code: code as number | null, signal: signal as NodeJS.Signals | null }
    })
  }

  /** Starts the process and waits until it is ready. */
  static async start(home: string, env: Readonly<Record<string, string>> = {}): Promise<EngineHost> {
    const host = new EngineHost(home, env)
    await host.#ready.promise
    return host
  }

  /** What it said beside answers and events. */
  get notices(): readonly HostMessage[] {
    return this.#notices
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the process did not start')
    return this.#child.pid
  }

  send(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object, () => {})
  }

  call<P extends EngineProcedure>(
    procedure: P,
    input: InputOf<P>,
    options?: CallOptions<P>,
  ): Promise<OutputOf<P>> {
    return this.#client.call(procedure, input, options)
  }

  /** Watches jobs until one is as wanted. */
  async untilJob(id: string, isWanted: (job: Job) => boolean): Promise<Job> {
    const found = Promise.withResolvers<Job>()
    const over = new AbortController()
    const watching = this.call(
      'jobs.watch',
      {},
      {
        signal: over.signal,
        onEvent: (jobs) => {
          const job = jobs.find((candidate) => candidate.id === id && isWanted(candidate))
          if (job !== undefined) found.resolve(job)
        },
      },
    )
    try {
      return await Promise.race([found.promise, watching.then(() => Promise.reject(new Error('no watch')))])
    } finally {
      over.abort()
      await watching.catch(() => {})
    }
  }

  /** Waits until a job has ended. */
  ended(id: string): Promise<Job> {
    return this.untilJob(id, ({ endedAt }) => endedAt !== null)
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** What a door does that goes away. */
  disconnect(): void {
    if (this.#child.connected) this.#child.disconnect()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disconnect()
    await this.exited
  }

  #receive(message: HostMessage): void {
    if (message.kind === 'event' || message.kind === 'result') return this.#client.receive(message)
    this.#notices.push(message)
    if (message.kind === 'ready') this.#ready.resolve()
  }
}
