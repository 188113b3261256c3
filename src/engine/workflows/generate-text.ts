import type { Provider, Quantization } from '../../shared/settings.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { Arm } from '../runtime/index.ts'
import { encodeDocument, type Tokenizer } from '../tokens/index.ts'
import { openArmModel } from './arm-model.ts'
import { graphCache } from './home.ts'
import { graphFor, loadOptions } from './load-options.ts'

export interface GenerateTextInput {
  readonly model: string
  readonly prompt: string
  readonly maxTokens: number
  readonly provider: Provider
  readonly quantization: Quantization
  readonly threads: number
  /** Soroban's own folder. */
  readonly home: string
  /** New text as it comes, in whole characters. */
  readonly onText?: (text: string) => void
}

/** A greedy continuation with its timing; rates are null where fewer than two tokens were made. */
export interface GeneratedText {
  readonly text: string
  readonly tokens: readonly number[]
  readonly promptTokens: number
  readonly stopped: 'eos' | 'length'
  /** From handing over the token ids to the first new token. */
  readonly ttftMs: number
  readonly tpotMs: number | null
  readonly prefillTokensPerSecond: number
  readonly decodeTokensPerSecond: number | null
}

/**
 * Continues a prompt greedily, in a process of its own.
 *
 * @throws AppError models/*, tokens/*, runtime/*, cancelled
 */
export async function generateText(input: GenerateTextInput, ctx: RunContext): Promise<GeneratedText> {
  const { provider, threads, quantization, maxTokens } = input
  const model = await openArmModel(input.model, { quantization, cacheFolder: graphCache(input.home) }, ctx)
  const { ids } = encodeDocument(model.tokenizer, input.prompt)
  const id = model.facts.name
  await using process = await Arm.start({ name: id }, ctx)
  const options = loadOptions(provider, threads)
  const graphs = graphFor('generate', model.graphs)
  await process.call('load', { model: id, graphs, options }, ctx)
  const stream = new TextStream(model.tokenizer, input.onText ?? (() => {}))
  const result = await process.call(
    'generate',
    { model: id, prompt: Int32Array.from(ids), maxTokens, eosIds: [...model.eosTokenIds] },
    { signal: ctx.signal, onToken: (token) => stream.push(token) },
  )
  stream.end()
  const gaps = result.gapsMs.slice(0, Math.max(0, result.tokens.length - 1))
  const tpotMs = gaps.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  return {
    text: model.tokenizer.decode(result.tokens),
    tokens: [...result.tokens],
    promptTokens: ids.length,
    stopped: result.stopped,
    ttftMs: result.ttftMs,
    tpotMs,
    prefillTokensPerSecond: (1000 * ids.length) / result.ttftMs,
    decodeTokensPerSecond: tpotMs === null ? null : 1000 / tpotMs,
  }
}

/**
 * Turns tokens into text as they come, so that the pieces make up what decoding all tokens at once gives. A character
 * whose bytes are not all there yet is held back. New tokens are decoded behind those emitted last: some tokenizers
 * drop the space before the first token of a text.
 */
export class TextStream {
  readonly #tokenizer: Pick<Tokenizer, 'decode'>
  readonly #emit: (text: string) => void
  #emitted: number[] = []
  #pending: number[] = []

  constructor(tokenizer: Pick<Tokenizer, 'decode'>, emit: (text: string) => void) {
    this.#tokenizer = tokenizer
    this.#emit = emit
  }

  push(token: number): void {
    this.#pending.push(token)
    const text = this.#pendingText()
    if (!text.endsWith('\ufffd')) this.#flush(text)
  }

  /** Emits what was held back: bytes that never became a character. */
  end(): void {
    this.#flush(this.#pendingText())
  }

  #pendingText(): string {
    const before = this.#tokenizer.decode(this.#emitted)
    return this.#tokenizer.decode([...this.#emitted, ...this.#pending]).slice(before.length)
  }

  #flush(text: string): void {
    if (text !== '') this.#emit(text)
    if (this.#pending.length > 0) this.#emitted = this.#pending
    this.#pending = []
  }
}
