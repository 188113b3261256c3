import { AppError, deserializeError } from '../../shared/errors.ts'
import { type ChildChannel, type ChildExit, siblingModule, spawnChild } from '../kernel/child-process.ts'
import type { DocumentLimits } from './document.ts'
import type { FileReading } from './read-file.ts'
import { MEMORY_EXCEEDED } from './memory-watchdog.ts'
import { type ReadReply, readReplySchema, type ReadRequest } from './reader-protocol.ts'

const MEBIBYTE = 2 ** 20
/** A child that holds so large a part of its memory after a file makes way for a new one. */
const REPLACED_AT = 0.5

/**
 * Flags of V8 for a process that makes much and keeps little: garbage is collected seldom, and in its own thread, since
 * other cores have other files to read.
 */
export const COLLECTING: readonly string[] = ['--max-semi-space-size=32', '--single-threaded-gc']

type Answer = Exclude<ReadReply, { kind: 'advanced' }> | ChildDied

/** What waits for the child to answer. */
interface Question {
  readonly name: string
  readonly answer: PromiseWithResolvers<Answer>
  /** Starts anew whenever the child gets on. */
  readonly timer: NodeJS.Timeout
}

/** The reading child. */
interface Child {
  readonly channel: ChildChannel
  /**
   * No function that receives the answer: V8 keeps such functions, one after another, and with them all that was read,
   * until the next full garbage collection.
   */
  question: Question | undefined
  /** Whether it has answered before. */
  isUsed: boolean
}

export interface ReaderOptions {
  readonly limits: DocumentLimits
  readonly ocr: boolean
  /** Folder of the text store. */
  readonly store: string
  /** The child's entry file; another one in tests of its failures. */
  readonly program?: string
}

/** Reads files one after another in a child process, which is killed and replaced when a file proves too much. */
export class DocumentReader implements Disposable {
  readonly #options: ReaderOptions
  #child: Child | undefined

  constructor(options: ReaderOptions) {
    this.#options = options
  }

  /**
   * Reads one file and what lies inside it; not to be called again before it has settled.
   * @throws AppError documents/…, file/…; the signal's reason when aborted
   */
  async read(path: string, name: string, signal: AbortSignal): Promise<FileReading> {
    signal.throwIfAborted()
    const child = (this.#child ??= this.#start())
    const { ocr, store, limits } = this.#options
    const reply = await this.#ask(child, { path, name, ocr, store, limits }, signal)
    if (reply instanceof ChildDied) {
      // It may have died for what it read before; only a fresh child's death is this file's doing.
      if (child.isUsed) return await this.read(path, name, signal)
      throw reply.asError(name, limits)
    }
    child.isUsed = true
    if (reply.kind === 'failed') {
      const { code, params, stack } = reply.error
      throw deserializeError(stack === undefined ? { code, params } : { code, params, stack })
    }
    if (reply.residentBytes > REPLACED_AT * limits.memoryMebibytes * MEBIBYTE) this[Symbol.dispose]()
    return reply.reading
  }

  /** Kills the child. */
  [Symbol.dispose](): void {
    this.#child?.channel.kill()
    this.#child = undefined
  }

  /** One question and its answer; a child that is late, or of whom no more is wanted, is killed. */
  async #ask(child: Child, request: ReadRequest, signal: AbortSignal): Promise<Answer> {
    const { name } = request
    const { milliseconds, totalMilliseconds } = this.#options.limits
    const answer = Promise.withResolvers<Answer>()
    const giveUp = (reason: unknown): void => {
      this[Symbol.dispose]()
      answer.reject(reason)
    }
    const giveUpAfter = (limit: number): NodeJS.Timeout =>
      setTimeout(() => giveUp(new AppError('documents/timeout', { name, seconds: limit / 1000 })), limit)
    const timer = giveUpAfter(milliseconds)
    // However much a file holds, each thing of which would start the time anew.
    const totalTimer = giveUpAfter(totalMilliseconds)
    const onAbort = (): void => giveUp(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    child.question = { name, answer, timer }
    try {
      child.channel.send(request)
      return await answer.promise
    } finally {
      clearTimeout(timer)
      clearTimeout(totalTimer)
      signal.removeEventListener('abort', onAbort)
      child.question = undefined
    }
  }

  #hear({ question }: Child, message: unknown): void {
    if (question === undefined) return
    const { name, answer, timer } = question
    const parsed = readReplySchema.safeParse(message)
    if (!parsed.success) {
      this[Symbol.dispose]()
      answer.reject(new AppError('documents/crashed', { name, reason: parsed.error.message }))
    } else if (parsed.data.kind === 'advanced') timer.refresh()
    else answer.resolve(parsed.data)
  }

  #start(): Child {
    const { limits, program = siblingModule('reader-process', import.meta.url) } = this.#options
    const child: Child = {
      channel: spawnChild(program, {
        args: [String(limits.memoryMebibytes * MEBIBYTE)],
        execArgv: [`--max-old-space-size=${limits.heapMebibytes}`, ...COLLECTING],
      }),
      question: undefined,
      isUsed: false,
    }
    child.channel.onMessage((message) => this.#hear(child, message))
    child.channel.onExit((exit) => {
      if (this.#child === child) this.#child = undefined
      child.question?.answer.resolve(new ChildDied(exit))
    })
    return child
  }
}

class ChildDied {
  readonly #exit: ChildExit

  constructor(exit: ChildExit) {
    this.#exit = exit
  }

  asError(name: string, { memoryMebibytes: limit }: DocumentLimits): AppError {
    const { code, signal, stderr } = this.#exit
    if (stderr.includes(MEMORY_EXCEEDED) || stderr.includes('heap out of memory'))
      return new AppError('documents/memory', { name, limit })
    return new AppError('documents/crashed', {
      name,
      reason: signal ?? (code === null ? stderr : `exit ${code}`),
    })
  }
}
