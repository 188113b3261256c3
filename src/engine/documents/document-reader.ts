import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { AppError, deserializeError } from '../../shared/errors.ts'
import type { Document, DocumentLimits } from './document.ts'
import { type ReadRequest, readReplySchema } from './reader-protocol.ts'

const READER_PROCESS = fileURLToPath(new URL('./reader-process.ts', import.meta.url))

/** Reads files one after another in a child process, which is killed and replaced when a file proves too much. */
export class DocumentReader implements Disposable {
  readonly #limits: DocumentLimits
  readonly #program: string
  #child: ChildProcess | undefined

  /** @param program the child's entry file; another one in tests of its failures */
  constructor(limits: DocumentLimits, program: string = READER_PROCESS) {
    this.#limits = limits
    this.#program = program
  }

  /**
   * Reads one file; not to be called again before it has settled.
   * @throws AppError documents/…, file/…; the signal's reason when aborted
   */
  async read(path: string, name: string, signal: AbortSignal): Promise<Document> {
    signal.throwIfAborted()
    const child = (this.#child ??= this.#start())
    const { milliseconds, fileBytes, characters } = this.#limits
    const reply = Promise.withResolvers<unknown>()
    const fail = (reason: string, cause?: Error): void =>
      reply.reject(new AppError('documents/crashed', { name, reason }, { cause }))
    const onExit = (code: number | null, exitSignal: string | null): void =>
      fail(exitSignal ?? `exit ${code}`)
    const onError = (error: Error): void => fail(error.message, error)
    const onAbort = (): void => reply.reject(signal.reason)
    const timer = setTimeout(
      () => reply.reject(new AppError('documents/timeout', { name, seconds: milliseconds / 1000 })),
      milliseconds,
    )
    child.once('message', reply.resolve).once('exit', onExit).once('error', onError)
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      child.send({ path, name, limits: { fileBytes, characters } } satisfies ReadRequest)
      const parsed = readReplySchema.safeParse(await reply.promise)
      if (!parsed.success) throw new AppError('documents/crashed', { name, reason: parsed.error.message })
      if (parsed.data.ok) return parsed.data.value
      const { code, params, stack } = parsed.data.error
      throw deserializeError(stack === undefined ? { code, params } : { code, params, stack })
    } catch (error) {
      // After anything but a plain answer the child's state is unknown.
      const isAnswer = child.connected && error instanceof AppError && !REPLACED_AFTER.has(error.code)
      if (!isAnswer) this[Symbol.dispose]()
      throw error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      child.off('message', reply.resolve).off('exit', onExit).off('error', onError)
    }
  }

  /** Kills the child. */
  [Symbol.dispose](): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }

  #start(): ChildProcess {
    const child = fork(this.#program, {
      execArgv: [`--max-old-space-size=${this.#limits.heapMebibytes}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    // An error event without a listener would end this process; between reads nobody waits for one.
    child.on('error', () => {})
    // Killed between two reads, for want of memory, it must not be taken for a victim of the next document.
    const forget = (): void => {
      if (this.#child === child) this.#child = undefined
    }
    child.on('exit', forget).on('disconnect', forget)
    return child
  }
}

const REPLACED_AFTER: ReadonlySet<string> = new Set(['documents/crashed', 'documents/timeout'])
