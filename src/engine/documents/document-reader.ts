import { AppError, deserializeError } from '../../shared/errors.ts'
import { type ChildChannel, type ChildExit, siblingModule, spawnChild } from '../kernel/child-process.ts'
import type { Document, DocumentLimits } from './document.ts'
import { type ReadRequest, readReplySchema } from './reader-protocol.ts'

/** The reading child, and what waits for its next message. */
interface Child {
  readonly channel: ChildChannel
  reply: PromiseWithResolvers<unknown> | undefined
  /** Whether it has answered before. */
  isUsed: boolean
}

/** Reads files one after another in a child process, which is killed and replaced when a file proves too much. */
export class DocumentReader implements Disposable {
  readonly #limits: DocumentLimits
  readonly #program: string
  #child: Child | undefined

  /** @param program the child's entry file; another one in tests of its failures */
  constructor(limits: DocumentLimits, program = siblingModule('reader-process', import.meta.url)) {
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
    const { fileBytes, characters } = this.#limits
    const reply = await this.#ask(child, { path, name, limits: { fileBytes, characters } }, signal)
    if (reply instanceof ChildDied) {
      // It may have died before, idle, for want of memory; only a fresh child's death is this document's doing.
      if (child.isUsed) return await this.read(path, name, signal)
      throw new AppError('documents/crashed', { name, reason: reply.reason })
    }
    const parsed = readReplySchema.safeParse(reply)
    if (!parsed.success) {
      this[Symbol.dispose]()
      throw new AppError('documents/crashed', { name, reason: parsed.error.message })
    }
    child.isUsed = true
    if (parsed.data.ok) return parsed.data.value
    const { code, params, stack } = parsed.data.error
    throw deserializeError(stack === undefined ? { code, params } : { code, params, stack })
  }

  /** Kills the child. */
  [Symbol.dispose](): void {
    this.#child?.channel.kill()
    this.#child = undefined
  }

  /** One message there and one back; a child that is late, or of whom no more is wanted, is killed. */
  async #ask(child: Child, request: ReadRequest, signal: AbortSignal): Promise<unknown> {
    const { milliseconds } = this.#limits
    const reply = (child.reply = Promise.withResolvers<unknown>())
    const giveUp = (reason: unknown): void => {
      this[Symbol.dispose]()
      reply.reject(reason)
    }
    const late = { name: request.name, seconds: milliseconds / 1000 }
    const timer = setTimeout(() => giveUp(new AppError('documents/timeout', late)), milliseconds)
    const onAbort = (): void => giveUp(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      child.channel.send(request)
      return await reply.promise
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      child.reply = undefined
    }
  }

  #start(): Child {
    const execArgv = [`--max-old-space-size=${this.#limits.heapMebibytes}`]
    const child: Child = {
      channel: spawnChild(this.#program, { execArgv }),
      reply: undefined,
      isUsed: false,
    }
    child.channel.onMessage((message) => child.reply?.resolve(message))
    child.channel.onExit((exit) => {
      if (this.#child === child) this.#child = undefined
      child.reply?.resolve(new ChildDied(exit))
    })
    return child
  }
}

class ChildDied {
  readonly reason: string

  constructor({ code, signal, stderr }: ChildExit) {
    this.reason = signal ?? (code === null ? stderr : `exit ${code}`)
  }
}
