import type { Provider, Quantization } from '../../shared/settings.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { Arm } from '../runtime/index.ts'
import { type ArmModel, openArmModel } from './arm-model.ts'
import { graphFor, loadOptions } from './load-options.ts'
import { TextStream } from './text-stream.ts'

/** Which model to load, and how. */
export interface TextGeneratorOptions {
  /** Model folder of either layout. */
  readonly model: string
  readonly provider: Provider
  readonly quantization: Quantization
  readonly threads: number
  /** The folder of compiled graphs. */
  readonly graphs: string
}

export interface ContinueOptions {
  readonly maxTokens: number
  readonly signal: AbortSignal
  /** Each new token as it comes, before the text that it completes. */
  readonly onToken?: () => void
  /** New text as it comes, in whole characters; of a continuation that fails too, to the last byte. */
  readonly onText?: (text: string) => void
}

/** A greedy continuation. */
export interface Continuation {
  readonly text: string
  /** Without the one that stopped the generation. */
  readonly tokens: readonly number[]
  readonly stopped: 'eos' | 'length'
  /** From handing over the token ids to the first new token. */
  readonly ttftMs: number
  /** Mean time between new tokens; null where fewer than two were made. */
  readonly tpotMs: number | null
}

const WARM_UP_PROMPT = Int32Array.of(0)
const WARM_UP_TOKENS = 2

/** A model loaded into a process of its own and warmed up, ready to continue one prompt after another. */
export class TextGenerator implements AsyncDisposable {
  readonly model: ArmModel
  readonly #process: Arm

  private constructor(model: ArmModel, process: Arm) {
    this.model = model
    this.#process = process
  }

  /** @throws AppError models/*, tokens/*, runtime/*, cancelled */
  static async start(options: TextGeneratorOptions, ctx: RunContext): Promise<TextGenerator> {
    const { quantization, graphs: cacheFolder, provider, threads } = options
    const model = await openArmModel(options.model, { quantization, cacheFolder }, ctx)
    const { name } = model.facts
    const process = await Arm.start({ name }, ctx)
    try {
      const graphs = graphFor('generate', model.graphs)
      const loading = { model: name, graphs, options: loadOptions(provider, threads) }
      await process.call('load', loading, { signal: ctx.signal })
      // The first tokens of a session also pay for its buffers and threads; the first prompt's times must not.
      const warmUp = { model: name, prompt: WARM_UP_PROMPT, maxTokens: WARM_UP_TOKENS, eosIds: [] }
      await process.call('generate', warmUp, { signal: ctx.signal })
    } catch (error) {
      await process.close()
      throw error
    }
    return new TextGenerator(model, process)
  }

  /** False once the process has ended: this generator continues nothing any more. */
  get isAlive(): boolean {
    return this.#process.isAlive
  }

  /**
   * Continues a prompt until the model ends it or `maxTokens` are made.
   *
   * @throws AppError runtime/beyond-positions, runtime/process-died and the like, cancelled
   */
  async continue(ids: Int32Array, options: ContinueOptions): Promise<Continuation> {
    const { maxTokens, signal, onToken, onText } = options
    const { facts, tokenizer, eosTokenIds } = this.model
    const stream = new TextStream(tokenizer, onText ?? (() => {}))
    try {
      const prompt = Int32Array.from(ids)
      const question = { model: facts.name, prompt, maxTokens, eosIds: [...eosTokenIds] }
      const { tokens, stopped, ttftMs, gapsMs } = await this.#process.call('generate', question, {
        signal,
        onToken: (token) => {
          onToken?.()
          stream.push(token)
        },
      })
      // A gap before the end-of-text token is no gap between new tokens.
      const gaps = gapsMs.slice(0, Math.max(0, tokens.length - 1))
      const tpotMs = gaps.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
      return { text: tokenizer.decode(tokens), tokens: [...tokens], stopped, ttftMs, tpotMs }
    } finally {
      stream.end()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.close()
  }
}
