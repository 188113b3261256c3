import { AppError, deserializeError } from '../../../shared/errors.ts'
import { type ChildChannel, type ChildExit, siblingModule, spawnChild } from '../../kernel/child-process.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import type { BackendReport } from '../open-backend.ts'
import {
  ARM_VERBS,
  armReplySchema,
  backendReportSchema,
  type ArmInput,
  type ArmOutput,
  type ArmReply,
  type ArmRequest,
  type ArmVerb,
} from './protocol.ts'

type Environment = Readonly<Record<string, string>>

export interface ArmOptions {
  /** The arm's name in messages. */
  readonly name: string
  /** Starts the process; another one in tests of its failures. */
  readonly spawn?: (env: Environment) => ChildChannel
  /** Added to the environment of the process. */
  readonly env?: Environment
  /** Silence after which a process with work in hand counts as hung. */
  readonly silenceMs?: number
  /** Time that a cancelled call may take to end before the process is killed. */
  readonly graceMs?: number
}

export interface CallOptions {
  readonly signal?: AbortSignal
  /** The call is cancelled, and fails with runtime/deadline, when it takes longer; the verb's own by default. */
  readonly deadlineMs?: number
  /** New tokens of `generate` as they come. */
  readonly onToken?: (token: number, index: number) => void
}

interface PendingCall {
  readonly settle: (reply: Extract<ArmReply, { kind: 'result' }>['result'] | AppError) => void
  readonly onToken: CallOptions['onToken']
}

const spawnArm = (env: Environment): ChildChannel =>
  spawnChild(siblingModule('arm-process', import.meta.url), { env })

const MINUTE_MS = 60_000
/** Far beyond what the slowest machine needs: they end the wait for a device that hangs while its process lives. */
const DEADLINES_MS: Readonly<Record<ArmVerb, number>> = {
  load: 30 * MINUTE_MS,
  score: 60 * MINUTE_MS,
  scorePair: 60 * MINUTE_MS,
  generate: 60 * MINUTE_MS,
  measure: 60 * MINUTE_MS,
  memory: 10 * MINUTE_MS,
  close: 10 * MINUTE_MS,
}

const SILENCE_MS = 60_000
const GRACE_MS = 5_000

/**
 * Supervises the engine process of one arm: its memory and its crashes are its own. A call that is cancelled or
 * late is ended inside the process first; a process that does not obey, or falls silent, is killed. Whatever ends
 * the process, calls in progress and later ones fail with an AppError.
 */
export class Arm implements AsyncDisposable {
  readonly name: string
  readonly #channel: ChildChannel
  readonly #graceMs: number
  readonly #silenceMs: number
  readonly #calls = new Map<number, PendingCall>()
  readonly #exited: Promise<void>
  readonly #ctx: RunContext
  readonly #started = Promise.withResolvers<BackendReport>()
  #report: BackendReport | undefined
  #watchdog: NodeJS.Timeout | undefined
  #failure: AppError | undefined
  #nextId = 0

  private constructor(options: ArmOptions, ctx: RunContext) {
    this.name = options.name
    this.#ctx = ctx
    this.#graceMs = options.graceMs ?? GRACE_MS
    this.#silenceMs = options.silenceMs ?? SILENCE_MS
    this.#channel = (options.spawn ?? spawnArm)(options.env ?? {})
    this.#channel.onMessage((message) => this.#receive(message))
    this.#exited = new Promise((resolve) => {
      this.#channel.onExit((exit) => {
        this.#fail(this.#death(exit))
        resolve()
      })
    })
  }

  /**
   * Starts a process and waits until its runtime is open.
   *
   * @throws AppError runtime/process-died, runtime/process-unresponsive, runtime/library-unusable, cancelled
   */
  static async start(options: ArmOptions, ctx: RunContext): Promise<Arm> {
    const arm = new Arm(options, ctx)
    const cancel = (): void => arm.#abandon(new AppError('cancelled'))
    arm.#watch()
    if (ctx.signal.aborted) cancel()
    ctx.signal.addEventListener('abort', cancel, { once: true })
    try {
      arm.#report = await arm.#started.promise
      return arm
    } catch (error) {
      arm.#channel.kill()
      await arm.#exited
      throw error
    } finally {
      ctx.signal.removeEventListener('abort', cancel)
      arm.#unwatchIfIdle()
    }
  }

  /** The process's id; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#channel.pid
  }

  /** False once the process has ended or been given up: every call fails from then on. */
  get isAlive(): boolean {
    return this.#failure === undefined
  }

  /** Which driver the process uses. */
  get backend(): BackendReport {
    if (this.#report === undefined) throw new Error('the arm has not started')
    return this.#report
  }

  /**
   * Asks the process for one thing; calls are answered in order.
   *
   * @throws AppError as the verb does; cancelled, runtime/deadline, runtime/process-died, runtime/process-unresponsive
   */
  async call<V extends ArmVerb>(
    verb: V,
    input: ArmInput<V>,
    options: CallOptions = {},
  ): Promise<ArmOutput<V>> {
    const { signal, deadlineMs = DEADLINES_MS[verb], onToken } = options
    if (this.#failure !== undefined) throw this.#failure
    if (signal?.aborted === true) throw new AppError('cancelled')
    const id = this.#nextId++
    let late: AppError | undefined
    let grace: NodeJS.Timeout | undefined
    const cancel = (reason: AppError): void => {
      if (late !== undefined) return
      late = reason
      this.#send({ kind: 'cancel', id })
      grace = setTimeout(() => this.#abandon(reason), this.#graceMs)
    }
    const onAbort = (): void => cancel(new AppError('cancelled'))
    const deadline = setTimeout(() => {
      cancel(new AppError('runtime/deadline', { arm: this.name, verb, seconds: deadlineMs / 1000 }))
    }, deadlineMs)
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      const result = await new Promise<Parameters<PendingCall['settle']>[0]>((settle) => {
        this.#calls.set(id, { settle, onToken })
        this.#watch()
        this.#send({ kind: 'call', id, verb, input })
      })
      if (result instanceof AppError) throw late ?? result
      if (result.ok) return ARM_VERBS[verb].output.parse(result.value) as ArmOutput<V>
      throw result.error.code === 'cancelled' && late !== undefined ? late : deserializeError(result.error)
    } finally {
      clearTimeout(deadline)
      clearTimeout(grace)
      signal?.removeEventListener('abort', onAbort)
      this.#calls.delete(id)
      this.#unwatchIfIdle()
    }
  }

  /** Ends the process and waits until it is gone; calls in progress fail as cancelled. Safe to repeat. */
  async close(): Promise<void> {
    if (this.#failure === undefined && this.#calls.size === 0) {
      // A process that cannot even close in order is killed all the same.
      await this.call('close', {}, { deadlineMs: this.#graceMs }).catch(() => {})
    }
    this.#abandon(new AppError('cancelled'))
    await this.#exited
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #send(request: ArmRequest): void {
    this.#channel.send(request)
  }

  #receive(message: unknown): void {
    this.#watchdog?.refresh()
    const parsed = armReplySchema.safeParse(message)
    if (!parsed.success) {
      return this.#abandon(
        new AppError('internal', { reason: parsed.error.message }, { cause: parsed.error }),
      )
    }
    const reply = parsed.data
    switch (reply.kind) {
      case 'heartbeat':
        return
      case 'log':
        return this.#ctx.log[reply.level](reply.message, { arm: this.name })
      case 'token':
        return this.#calls.get(reply.id)?.onToken?.(reply.token, reply.index)
      case 'result':
        return this.#calls.get(reply.id)?.settle(reply.result)
      case 'started': {
        if (!reply.result.ok) return this.#fail(deserializeError(reply.result.error))
        return this.#started.resolve(backendReportSchema.parse(reply.result.value))
      }
    }
  }

  /** Everything that waits fails with the first reason given; nothing starts afterwards. */
  #fail(reason: AppError): void {
    this.#failure ??= reason
    this.#started.reject(this.#failure)
    for (const { settle } of this.#calls.values()) settle(this.#failure)
    clearTimeout(this.#watchdog)
  }

  #abandon(reason: AppError): void {
    this.#fail(reason)
    this.#channel.kill()
  }

  /** Starts to listen for silence. A portable driver blocks its process during a run, so silence proves nothing. */
  #watch(): void {
    if (this.#watchdog !== undefined || this.#report?.driver === 'portable') return
    const reason = { arm: this.name, seconds: this.#silenceMs / 1000 }
    this.#watchdog = setTimeout(
      () => this.#abandon(new AppError('runtime/process-unresponsive', reason)),
      this.#silenceMs,
    )
  }

  #unwatchIfIdle(): void {
    if (this.#calls.size > 0) return
    clearTimeout(this.#watchdog)
    this.#watchdog = undefined
  }

  #death({ code, signal, stderr }: ChildExit): AppError {
    // Windows reports a crash as a large status such as 0xc0000005.
    const status = code !== null && code > 255 ? `0x${code.toString(16)}` : String(code)
    const how = signal === null ? `exit code ${status}` : `signal ${signal}`
    return new AppError('runtime/process-died', { arm: this.name, how, detail: stderr.trim() })
  }
}
