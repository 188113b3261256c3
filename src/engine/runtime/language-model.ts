import { AppError } from '../../shared/errors.ts'
import { DECODER_VARIANTS, type DecoderVariant } from '../graph/index.ts'
import { fromHalfArray } from '../kernel/half.ts'
import { SeededRandom } from '../kernel/random.ts'
import type { Backend, HostTensor, SessionOptions } from './backend.ts'
import { compiledDecoderIo, type DecoderSource } from './decoder-io.ts'
import { DecoderSession } from './decoder-session.ts'
import { longestCorrectRun } from './device-check.ts'
import { argmax, sample, type Sampling } from './sampling.ts'
import { ScoreHead } from './score-head.ts'

/** The graphs of one model, one a purpose; a purpose whose graph is missing falls back to `logits`. */
export type DecoderGraphs = { readonly [V in DecoderVariant]?: DecoderSource }

export interface LanguageModelOptions extends Pick<
  SessionOptions,
  'provider' | 'threads' | 'forbidCpuFallback' | 'logSeverity'
> {
  /** The model's name in messages. */
  readonly name: string
}

/** A stretch of tokens to be scored; the tokens before `targetsFrom` are context only. */
export interface ScoreWindow {
  readonly ids: Int32Array
  /** Index of the first token whose probability is wanted; at least 1. */
  readonly targetsFrom: number
}

/** One entry for each of ids[targetsFrom], …, ids[ids.length − 1]. */
export interface WindowScores {
  /** ln p(token | tokens before it), nats */
  readonly logProbs: Float32Array
  /** The most likely token at that place. */
  readonly top1: Int32Array
}

export interface GenerateOptions {
  readonly maxTokens: number
  /** Generation stops before a token of these. */
  readonly eosIds?: readonly number[]
  /** Greedy unless given. */
  readonly sampling?: Sampling
  readonly onToken?: (id: number, index: number) => void
  readonly signal?: AbortSignal
}

export interface Timing {
  /** From handing over the token ids to the first new token. */
  readonly ttftMs: number
  /** Time from one new token to the next; one fewer than new tokens. */
  readonly gapsMs: readonly number[]
}

export interface Generation extends Timing {
  /** New tokens, without the one that stopped the generation. */
  readonly tokens: Int32Array
  readonly stopped: 'eos' | 'length'
}

export interface Measurement extends Timing {
  /** KV cache as allocated for this measurement. */
  readonly kvBytes: number
}

export interface ModelMemory {
  readonly weightsBytes: number
  /** KV caches as allocated now. */
  readonly kvBytes: number
  /** Largest bytes that ONNX Runtime's CPU arenas had in use; null when the driver cannot tell. */
  readonly peakArenaBytes: number | null
}

/** Tokens of one prefill run: long enough for the kernels to be at their best, short enough to be cancelled. */
const PREFILL_TOKENS = 512
/** Tokens of one run that computes logits for each; fewer where [tokens × vocab] float32 would exceed the limit. */
const SCORED_TOKENS = 256
const LEAST_SCORED_TOKENS = 16
const LOGITS_BYTES = 64 * 2 ** 20

/** A model that scores and generates. Sessions are opened when first needed; one call at a time. */
export class LanguageModel implements Disposable {
  readonly #backend: Backend
  readonly #graphs: DecoderGraphs
  readonly #options: LanguageModelOptions
  readonly #sessions = new Map<DecoderVariant, DecoderSession>()
  #longestRun = Infinity
  #scoreHead: ScoreHead | undefined

  constructor(backend: Backend, graphs: DecoderGraphs, options: LanguageModelOptions) {
    this.#backend = backend
    this.#graphs = graphs
    this.#options = options
  }

  /**
   * Opens the sessions of the graphs given, so that what is wrong with them shows before any work.
   *
   * @throws AppError as Backend.createSession; runtime/device-wrong
   */
  async prepare(variants: readonly DecoderVariant[] = DECODER_VARIANTS): Promise<void> {
    for (const variant of variants)
      if (this.#graphs[variant] !== undefined) await this.#session('load', [variant])
  }

  /**
   * Log-probability of every token of the window from `targetsFrom` on, given all tokens before it. Computed in
   * the graph in float32; sums belong in float64.
   *
   * @throws AppError runtime/beyond-positions, runtime/token-out-of-range, cancelled
   */
  async score({ ids, targetsFrom }: ScoreWindow, signal?: AbortSignal): Promise<WindowScores> {
    assertTargets(ids, targetsFrom)
    const session = await this.#session('score', ['score', 'logits'])
    const inputs = ids.subarray(0, -1)
    session.begin(inputs.length)
    const logProbs = new Float32Array(ids.length - targetsFrom)
    const top1 = new Int32Array(logProbs.length)
    for (const [start, chunk] of chunksOf(inputs, this.runTokens)) {
      const targets = ids.subarray(start + 1, start + 1 + chunk.length)
      const run =
        session.io.outputs.kind === 'scores'
          ? await session.scores(chunk, targets, signal)
          : await this.#scoreLogits(await session.logits(chunk, signal), targets, signal)
      for (let i = 0; i < chunk.length; i++) {
        const target = start + 1 + i - targetsFrom
        if (target < 0) continue
        logProbs[target] = run.logProbs[i]!
        top1[target] = Number(run.top1[i]!)
      }
    }
    return { logProbs, top1 }
  }

  /**
   * Continues the prompt token by token.
   *
   * @throws AppError runtime/beyond-positions when prompt and new tokens exceed the model's positions; cancelled
   */
  async generate(prompt: Int32Array, options: GenerateOptions): Promise<Generation> {
    return this.#generate(prompt, options, false)
  }

  /**
   * Times prefill of `contextLength` tokens and the decoding of `newTokens` behind it, greedily and without regard
   * to end-of-text tokens. The prompt is the same for every model of one vocabulary size.
   */
  async measure(contextLength: number, newTokens: number, signal?: AbortSignal): Promise<Measurement> {
    const session = await this.#session('measure', ['generate', 'logits'])
    const { vocabSize } = session.source.config
    const random = new SeededRandom(contextLength)
    const prompt = Int32Array.from({ length: contextLength }, () => random.integer(vocabSize))
    const options = { maxTokens: newTokens, ...(signal === undefined ? {} : { signal }) }
    const { ttftMs, gapsMs } = await this.#generate(prompt, options, true)
    return { ttftMs, gapsMs, kvBytes: session.kvBytes }
  }

  /**
   * Runs the window through the `logits` graph, handing over [1, n, vocab] at a time with the targets that follow.
   * The tensor is overwritten after the visitor has finished.
   */
  async *logitsOf(
    ids: Int32Array,
    chunk: number,
    signal?: AbortSignal,
  ): AsyncGenerator<{ readonly start: number; readonly logits: HostTensor; readonly targets: Int32Array }> {
    const session = await this.#session('agreement', ['logits'])
    const inputs = ids.subarray(0, -1)
    session.begin(inputs.length)
    for (const [start, tokens] of chunksOf(inputs, chunk)) {
      const logits = await session.logits(tokens, signal)
      yield { start, logits, targets: ids.subarray(start + 1, start + 1 + tokens.length) }
    }
  }

  get name(): string {
    return this.#options.name
  }

  /** Most tokens in one run that the device computes correctly; Infinity until `prepare` finds a limit. */
  get longestRun(): number {
    return this.#longestRun
  }

  /** Tokens that one run takes where it computes logits for each of them; known for sure once `prepare` is done. */
  get runTokens(): number {
    const fitting = Math.floor(LOGITS_BYTES / (4 * this.vocabSize))
    return Math.min(SCORED_TOKENS, Math.max(LEAST_SCORED_TOKENS, fitting), this.#longestRun)
  }

  /** Vocabulary of the model's graphs. */
  get vocabSize(): number {
    return this.#source('open', ['logits', 'score', 'generate']).source.config.vocabSize
  }

  memory(): ModelMemory {
    const sessions = [...this.#sessions.values()]
    const arenas = sessions.map((session) => session.peakArenaBytes)
    return {
      // Variants of one model share their weights on disk; they are counted once.
      weightsBytes: Math.max(...Object.values(this.#graphs).map(({ weightsBytes }) => weightsBytes), 0),
      kvBytes: sessions.reduce((sum, session) => sum + session.kvBytes, 0),
      peakArenaBytes: arenas.reduce<number | null>(
        (sum, bytes) => (sum === null || bytes === null ? null : sum + bytes),
        0,
      ),
    }
  }

  [Symbol.dispose](): void {
    for (const session of this.#sessions.values()) session[Symbol.dispose]()
    this.#sessions.clear()
    this.#scoreHead?.[Symbol.dispose]()
    this.#scoreHead = undefined
  }

  async #generate(prompt: Int32Array, options: GenerateOptions, exact: boolean): Promise<Generation> {
    const { maxTokens, eosIds = [], sampling, onToken, signal } = options
    if (prompt.length === 0 || maxTokens < 1)
      throw new RangeError('a prompt and at least one new token are needed')
    const session = await this.#session('generate', ['generate', 'logits'])
    // The last new token is never fed back, so it takes no place.
    session.begin(prompt.length + maxTokens - 1, { exact })
    const random = new SeededRandom(sampling?.seed ?? 0)
    const choose = (logits: Float32Array): number =>
      sampling === undefined ? argmax(logits) : sample(logits, sampling, random)
    const rowsAll = session.io.outputs.kind === 'logits' && session.io.outputs.rows === 'all'
    const chunk = rowsAll ? this.runTokens : Math.min(PREFILL_TOKENS, this.#longestRun)
    const tokens: number[] = []
    const times = [performance.now()]
    let logits: HostTensor | undefined
    for (const [, ids] of chunksOf(prompt, chunk)) logits = await session.logits(ids, signal)
    const next = new Int32Array(1)
    while (logits !== undefined) {
      const token = choose(lastRow(logits))
      times.push(performance.now())
      if (eosIds.includes(token)) return generation(tokens, 'eos', times)
      tokens.push(token)
      onToken?.(token, tokens.length - 1)
      if (tokens.length === maxTokens) break
      next[0] = token
      logits = await session.logits(next, signal)
    }
    return generation(tokens, 'length', times)
  }

  async #scoreLogits(logits: HostTensor, targets: Int32Array, signal: AbortSignal | undefined) {
    this.#scoreHead ??= await ScoreHead.open(
      this.#backend,
      logits.type,
      this.vocabSize,
      this.#options.threads,
    )
    return this.#scoreHead.run(logits, targets, signal)
  }

  #source(verb: string, variants: readonly DecoderVariant[]) {
    for (const variant of variants) {
      const source = this.#graphs[variant]
      if (source !== undefined) return { variant, source }
    }
    throw new AppError('runtime/graph-missing', { model: this.name, verb, variants: variants.join(', ') })
  }

  async #session(verb: string, variants: readonly DecoderVariant[]): Promise<DecoderSession> {
    const { variant, source } = this.#source(verb, variants)
    const known = this.#sessions.get(variant)
    if (known !== undefined) return known
    const io = source.io ?? compiledDecoderIo(variant, source.kvElementBytes)
    // Decoding is many short runs, which spinning workers start at once; elsewhere they would take other sessions' cores.
    const spinning = variant === 'generate'
    this.#longestRun = await longestCorrectRun(this.#backend, this.#options.provider, source.config.headDim)
    const session = await DecoderSession.open(this.#backend, source, io, { ...this.#options, spinning })
    this.#sessions.set(variant, session)
    return session
  }
}

function generation(
  tokens: readonly number[],
  stopped: Generation['stopped'],
  times: readonly number[],
): Generation {
  const [ttftMs = 0, ...gapsMs] = times.slice(1).map((time, index) => time - times[index]!)
  return { tokens: Int32Array.from(tokens), stopped, ttftMs, gapsMs }
}

/** @throws RangeError */
export function assertTargets(ids: Int32Array, targetsFrom: number): void {
  if (targetsFrom < 1 || targetsFrom >= ids.length) {
    throw new RangeError(`targets from ${targetsFrom} in a window of ${ids.length} tokens`)
  }
}

function* chunksOf(ids: Int32Array, size: number): Generator<readonly [start: number, ids: Int32Array]> {
  for (let start = 0; start < ids.length; start += size) yield [start, ids.subarray(start, start + size)]
}

function lastRow({ data, dims, type }: HostTensor): Float32Array {
  const vocabSize = dims.at(-1) ?? 0
  const row = data.subarray(data.length - vocabSize)
  return type === 'float16' ? fromHalfArray(row as Uint16Array) : (row as Float32Array)
}
