import type { ArmAnswer, GenerationEvent } from '../../shared/contract/generation.ts'
import type { Provider, Quantization } from '../../shared/settings.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { ArmTurn } from './side-by-side/arm-turn.ts'
import { TextGenerator, type TextGeneratorOptions } from './text-generator.ts'

export interface SideBySideInput {
  /** Model folders, the baseline first; the same one twice is loaded twice. */
  readonly models: readonly string[]
  readonly prompt: string
  readonly maxTokens: number
  /** `in-turn` gives each arm the whole machine, so that its times are its own; `together` streams all at once. */
  readonly order: 'in-turn' | 'together'
  readonly provider: Provider
  readonly quantization: Quantization
  readonly threads: number
}

export interface SideBySideOptions {
  /** The folder of compiled graphs. */
  readonly graphs: string
  /** How long models stay loaded after a prompt. */
  readonly idleMs?: number
}

const IDLE_MS = 5 * 60_000

/**
 * Continues prompts with several models side by side. Each has a process of its own, which stays for the next prompt;
 * it ends when other models are asked for, after a while of rest, and on `close`. One prompt at a time: a second one
 * waits for the first.
 */
export class SideBySide implements AsyncDisposable {
  readonly #graphs: string
  readonly #idleMs: number
  readonly #loaded = new Map<string, TextGenerator>()
  #last: Promise<void> = Promise.resolve()
  #closing = new AbortController()
  #rest: NodeJS.Timeout | undefined
  #calls = 0

  constructor({ graphs, idleMs = IDLE_MS }: SideBySideOptions) {
    this.#graphs = graphs
    this.#idleMs = idleMs
  }

  /**
   * Answers of all arms, in the order of the models. Never fails: an arm's failure is its answer, and cancelling ends
   * all arms with what they have so far.
   */
  async generate(
    input: SideBySideInput,
    ctx: Pick<RunContext, 'signal' | 'log'>,
    emit: (event: GenerationEvent) => void,
  ): Promise<ArmAnswer[]> {
    const signal = AbortSignal.any([ctx.signal, this.#closing.signal])
    const turns = input.models.map((_, arm) => new ArmTurn(arm, emit))
    const done: PromiseWithResolvers<void> = Promise.withResolvers()
    const earlier = this.#last
    this.#last = earlier.then(() => done.promise)
    this.#calls++
    const over: PromiseWithResolvers<void> = Promise.withResolvers()
    const stopWaiting = (): void => over.resolve()
    if (signal.aborted) stopWaiting()
    signal.addEventListener('abort', stopWaiting, { once: true })
    try {
      await Promise.race([earlier, over.promise])
      if (!signal.aborted) await this.#answer(input, turns, { signal, log: ctx.log, report: () => {} })
    } finally {
      signal.removeEventListener('abort', stopWaiting)
      this.#calls--
      done.resolve()
    }
    return turns.map(({ answer }) => answer)
  }

  /** Whether a prompt is being answered, or waits. */
  get isGenerating(): boolean {
    return this.#calls > 0
  }

  /** Cancels what is going on and ends all processes. A prompt that comes meanwhile waits, and loads its models again. */
  async close(): Promise<void> {
    this.#closing.abort()
    this.#closing = new AbortController()
    this.#last = this.#last.then(async () => {
      clearTimeout(this.#rest)
      await this.#keepOnly([])
    })
    await this.#last
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #answer(input: SideBySideInput, turns: readonly ArmTurn[], ctx: RunContext): Promise<void> {
    clearTimeout(this.#rest)
    const wanted = wantedModels(input, this.#graphs)
    await this.#keepOnly(wanted.map(({ key }) => key))
    const load = (turn: ArmTurn, arm: number): Promise<void> =>
      turn.load((onLoading) => this.#open(wanted[arm]!, onLoading, ctx))
    if (input.order === 'in-turn') {
      for (const [arm, turn] of turns.entries()) {
        await load(turn, arm)
        await turn.generate(input, ctx.signal)
      }
    } else {
      // Loaded before the first begins, so that none is slowed down by another's loading.
      for (const [arm, turn] of turns.entries()) await load(turn, arm)
      await Promise.all(turns.map((turn) => turn.generate(input, ctx.signal)))
    }
    this.#rest = setTimeout(() => void this.#keepOnly([]), this.#idleMs).unref()
  }

  async #open({ key, options }: Wanted, onLoading: () => void, ctx: RunContext): Promise<TextGenerator> {
    const known = this.#loaded.get(key)
    if (known !== undefined) return known
    onLoading()
    const generator = await TextGenerator.start(options, ctx)
    this.#loaded.set(key, generator)
    return generator
  }

  /** Ends the processes of all models but these, and takes leave of those that ended by themselves. */
  async #keepOnly(keys: readonly string[]): Promise<void> {
    const leaving = [...this.#loaded].filter(([key, { isAlive }]) => !isAlive || !keys.includes(key))
    for (const [key] of leaving) this.#loaded.delete(key)
    await Promise.all(leaving.map(([, generator]) => generator[Symbol.asyncDispose]()))
  }
}

interface Wanted {
  /** What a loaded model is known by. */
  readonly key: string
  readonly options: TextGeneratorOptions
}

function wantedModels(
  { models, provider, quantization, threads }: SideBySideInput,
  graphs: string,
): Wanted[] {
  return models.map((model, arm) => {
    const copy = models.slice(0, arm).filter((other) => other === model).length
    const options = { model, provider, quantization, threads, graphs }
    return { key: JSON.stringify({ ...options, copy }), options }
  })
}
