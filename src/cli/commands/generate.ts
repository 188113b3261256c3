import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

import { z } from 'zod'

import { generateText, graphCache, resolveHome, resolveThreads } from '../../engine/index.ts'
import { AppError } from '../../shared/errors.ts'
import { defineMessages, formatMessage, type Locale, type Message } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { globalFields, OPTIONS, providerField, quantizeField, threadsField } from '../options.ts'

const words = defineMessages({
  rates: {
    ja: '入力 {prompt} トークン、TTFT {ttft} ms、生成 {tokens} トークン、TPOT {tpot} ms（{rate} トークン/秒）',
    en: '{prompt} prompt tokens, TTFT {ttft} ms, {tokens} new tokens, TPOT {tpot} ms ({rate} tokens/s)',
  },
  notUtf8: {
    ja: '{path} は UTF-8 の文章ではありません。UTF-8 で保存し直してください',
    en: '{path} is not UTF-8 text. Save it again as UTF-8',
  },
  emptyFile: { ja: '{path} に文章がありません', en: '{path} holds no text' },
})

const fixed = (value: number | null): string => (value === null ? 'n/a' : value.toFixed(1))

export const generateCommand = defineCommand({
  path: ['generate'],
  summary: { ja: 'モデルに続きを書かせる（貪欲法）', en: 'let a model continue a text (greedy)' },
  arguments: [],
  options: {
    model: OPTIONS.model,
    prompt: {
      kind: 'value',
      placeholder: 'TEXT',
      summary: { ja: '続きを書かせる文章', en: 'text to continue' },
    },
    'prompt-file': {
      kind: 'value',
      placeholder: 'FILE',
      summary: { ja: '文章を UTF-8 のファイルから読む', en: 'read the text from a UTF-8 file' },
    },
    'max-tokens': {
      kind: 'value',
      placeholder: 'N',
      summary: { ja: '生成するトークン数の上限（既定 128）', en: 'most new tokens (default 128)' },
    },
    provider: OPTIONS.provider,
    quantize: OPTIONS.quantize,
    threads: OPTIONS.threads,
  },
  input: z.object({
    ...globalFields,
    model: z.string(),
    prompt: z.string().optional(),
    'prompt-file': z.string().optional(),
    'max-tokens': z.coerce.number().int().min(1).default(128),
    provider: providerField,
    quantize: quantizeField,
    threads: threadsField,
  }),
  async run(input, terminal) {
    const prompt = await promptOf(input.prompt, input['prompt-file'], terminal.locale)
    const result = await generateText(
      {
        model: resolve(input.model),
        prompt,
        maxTokens: input['max-tokens'],
        provider: input.provider,
        quantization: input.quantize,
        threads: await resolveThreads(input.threads),
        graphs: graphCache(resolveHome(input.home)),
        ...(input.json ? {} : { onText: terminal.write }),
      },
      terminal,
    )
    if (input.json) {
      terminal.print(JSON.stringify(result))
      return EXIT.ok
    }
    terminal.print('')
    terminal.tell(
      formatMessage(words.rates, terminal.locale, {
        prompt: result.promptTokens,
        ttft: fixed(result.ttftMs),
        tokens: result.tokens.length,
        tpot: fixed(result.tpotMs),
        rate: fixed(result.decodeTokensPerSecond),
      }),
    )
    return EXIT.ok
  },
})

async function promptOf(
  prompt: string | undefined,
  file: string | undefined,
  locale: Locale,
): Promise<string> {
  if (file === undefined) {
    if (prompt !== undefined && prompt !== '') return prompt
    throw new AppError('usage/missing-option', {
      option: '--prompt',
      summary: generateCommand.options['prompt']?.summary[locale] ?? '',
    })
  }
  if (prompt !== undefined) {
    throw new AppError('usage/unexpected-argument', {
      command: 'generate',
      argument: '--prompt, --prompt-file',
    })
  }
  const invalid = (reason: Message, cause?: unknown): AppError =>
    new AppError(
      'usage/invalid-option',
      { option: '--prompt-file', reason: formatMessage(reason, locale, { path: file }) },
      { cause },
    )
  const bytes = await readBytes(file)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw invalid(words.notUtf8, error)
  }
  if (text.trim() === '') throw invalid(words.emptyFile)
  return text
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw reason === 'ENOENT'
      ? new AppError('file/not-found', { path }, { cause: error })
      : new AppError('file/unreadable', { path, reason }, { cause: error })
  }
}
