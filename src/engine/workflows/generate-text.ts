import type { RunContext } from '../kernel/run-context.ts'
import { encodeDocument } from '../tokens/index.ts'
import { type Continuation, TextGenerator, type TextGeneratorOptions } from './text-generator.ts'

export interface GenerateTextInput extends TextGeneratorOptions {
  readonly prompt: string
  readonly maxTokens: number
  /** New text as it comes, in whole characters. */
  readonly onText?: (text: string) => void
}

/** A greedy continuation with its timing; rates are null where fewer than two tokens were made. */
export interface GeneratedText extends Continuation {
  readonly promptTokens: number
  readonly prefillTokensPerSecond: number
  readonly decodeTokensPerSecond: number | null
}

/**
 * Continues a prompt greedily, in a process of its own.
 *
 * @throws AppError models/*, tokens/*, runtime/*, cancelled
 */
export async function generateText(input: GenerateTextInput, ctx: RunContext): Promise<GeneratedText> {
  await using generator = await TextGenerator.start(input, ctx)
  const { ids } = encodeDocument(generator.model.tokenizer, input.prompt)
  const { maxTokens, onText } = input
  const onTextOption = onText === undefined ? {} : { onText }
  const continuation = await generator.continue(ids, { maxTokens, signal: ctx.signal, ...onTextOption })
  const { ttftMs, tpotMs } = continuation
  return {
    ...continuation,
    promptTokens: ids.length,
    prefillTokensPerSecond: (1000 * ids.length) / ttftMs,
    decodeTokensPerSecond: tpotMs === null ? null : 1000 / tpotMs,
  }
}
