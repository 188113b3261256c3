import { AppError, serializeError, type Result } from '../../../shared/errors.ts'
import type { Logger, RunContext } from '../../kernel/run-context.ts'
import { PairScorer } from '../agreement.ts'
import type { Backend } from '../backend.ts'
import { LanguageModel } from '../language-model.ts'
import { probeBackend } from '../open-backend.ts'
import { peakRssBytes } from './peak-rss.ts'
import {
  ARM_VERBS,
  armRequestSchema,
  HEARTBEAT_MS,
  type ArmInput,
  type ArmOutput,
  type ArmReply,
  type ArmVerb,
} from './protocol.ts'

/** The process's end of the message channel. */
export interface HostPort {
  send(reply: ArmReply): void
}

type Handlers = {
  readonly [V in ArmVerb]: (input: ArmInput<V>, call: Call) => Promise<ArmOutput<V>> | ArmOutput<V>
}

interface Call {
  readonly id: number
  readonly signal: AbortSignal
}

/** Answers a supervisor's calls one after another; cancels are heard at once. */
export class ArmHost {
  readonly #port: HostPort
  readonly #models = new Map<string, LanguageModel>()
  readonly #threads = new Map<string, number>()
  readonly #pairs = new Map<string, PairScorer>()
  readonly #calls = new Map<number, AbortController>()
  #backend: Backend | undefined
  #last: Promise<void> = Promise.resolve()

  constructor(port: HostPort) {
    this.#port = port
  }

  /** Opens the runtime, reports which driver it got and begins to send heartbeats. */
  async start(): Promise<void> {
    const send = (result: Result<unknown>): void => this.#port.send({ kind: 'started', result })
    try {
      const { backend, report } = await probeBackend(this.#context())
      this.#backend = backend
      setInterval(() => this.#port.send({ kind: 'heartbeat' }), HEARTBEAT_MS).unref()
      send({ ok: true, value: report })
    } catch (error) {
      send({ ok: false, error: serializeError(error) })
    }
  }

  /** Takes one message of the supervisor. */
  receive(message: unknown): void {
    const request = armRequestSchema.parse(message)
    if (request.kind === 'cancel') return this.#calls.get(request.id)?.abort()
    const { id, verb, input } = request
    const controller = new AbortController()
    this.#calls.set(id, controller)
    this.#last = this.#last.then(async () => {
      const result = await this.#answer(verb, input, { id, signal: controller.signal })
      this.#calls.delete(id)
      this.#port.send({ kind: 'result', id, result })
    })
  }

  readonly #handlers: Handlers = {
    load: async ({ model, graphs, options }) => {
      if (this.#backend === undefined) throw new Error('the runtime is not open')
      this.#forget(model)
      this.#models.set(model, new LanguageModel(this.#backend, graphs, { ...options, name: model }))
      this.#threads.set(model, options.threads)
      try {
        await this.#model(model).prepare()
      } catch (error) {
        this.#forget(model)
        throw error
      }
      const { longestRun } = this.#model(model)
      return { longestRun: Number.isFinite(longestRun) ? longestRun : null }
    },
    score: ({ model, window }, { signal }) => this.#model(model).score(window, signal),
    scorePair: ({ baseline, candidates, window }, { signal }) =>
      this.#pair(baseline, candidates).score(window, signal),
    generate: ({ model, prompt, ...options }, { id, signal }) => {
      const onToken = (token: number, index: number): void =>
        this.#port.send({ kind: 'token', id, token, index })
      return this.#model(model).generate(prompt, { ...options, onToken, signal })
    },
    measure: ({ model, contextLength, newTokens }, { signal }) =>
      this.#model(model).measure(contextLength, newTokens, signal),
    memory: () => {
      const models = [...this.#models.values()].map((model) => model.memory())
      const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
      const arenas = models.map(({ peakArenaBytes }) => peakArenaBytes)
      return {
        peakRssBytes: peakRssBytes(),
        rssBytes: process.memoryUsage.rss(),
        weightsBytes: sum(models.map(({ weightsBytes }) => weightsBytes)),
        kvBytes: sum(models.map(({ kvBytes }) => kvBytes)),
        peakArenaBytes: arenas.every((bytes) => bytes !== null) ? sum(arenas) : null,
      }
    },
    close: () => {
      for (const model of [...this.#models.keys()]) this.#forget(model)
      return {}
    },
  }

  async #answer<V extends ArmVerb>(verb: V, input: unknown, call: Call): Promise<Result<unknown>> {
    try {
      if (call.signal.aborted) throw new AppError('cancelled')
      const parsed = ARM_VERBS[verb].input.parse(input) as ArmInput<V>
      return { ok: true, value: await this.#handlers[verb](parsed, call) }
    } catch (error) {
      return { ok: false, error: serializeError(error) }
    }
  }

  #model(id: string): LanguageModel {
    const model = this.#models.get(id)
    if (model === undefined) throw new AppError('runtime/model-unknown', { model: id })
    return model
  }

  #pair(baseline: string, candidates: readonly string[]): PairScorer {
    if (this.#backend === undefined) throw new Error('the runtime is not open')
    const key = JSON.stringify([baseline, ...candidates])
    const known = this.#pairs.get(key)
    if (known !== undefined) return known
    const models = candidates.map((id) => this.#model(id))
    const threads = this.#threads.get(baseline) ?? 1
    const pair = new PairScorer(this.#backend, this.#model(baseline), models, { threads })
    this.#pairs.set(key, pair)
    return pair
  }

  #forget(id: string): void {
    for (const [key, pair] of this.#pairs) {
      if (!(JSON.parse(key) as string[]).includes(id)) continue
      pair[Symbol.dispose]()
      this.#pairs.delete(key)
    }
    this.#models.get(id)?.[Symbol.dispose]()
    this.#models.delete(id)
  }

  #context(): RunContext {
    const write =
      (level: keyof Logger) =>
      (message: string): void =>
        this.#port.send({ kind: 'log', level, message })
    const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
    return { signal: new AbortController().signal, report: () => {}, log }
  }
}
