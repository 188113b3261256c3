import { resolve } from 'node:path'

import { z } from 'zod'

import { resolveHome, resolveThreads, scoreDocuments } from '../../engine/index.ts'
import { defineMessages, formatMessage } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { corpusFields, corpusOptions, corpusSettingsOf, tellUnknownExclusions } from '../corpus-options.ts'
import { globalFields, OPTIONS, providerField, quantizeField, threadsField } from '../options.ts'

const words = defineMessages({
  line: {
    ja: 'nll {nll}  ビット/バイト {bits}  {tokens} トークン  {name}',
    en: 'nll {nll}  bits/byte {bits}  {tokens} tokens  {name}',
  },
  total: { ja: '合計', en: 'total' },
  skipped: { ja: '読み飛ばし  {name}: {reason}', en: 'Skipped  {name}: {reason}' },
})

export const scoreCommand = defineCommand({
  path: ['score'],
  summary: {
    ja: '文書ごとに負の対数尤度とビット/バイトを求める',
    en: 'negative log-likelihood and bits per byte for each document',
  },
  arguments: [],
  options: {
    model: OPTIONS.model,
    documents: OPTIONS.documents,
    ...corpusOptions,
    provider: OPTIONS.provider,
    quantize: OPTIONS.quantize,
    threads: OPTIONS.threads,
  },
  input: z.object({
    ...globalFields,
    model: z.string(),
    documents: z.string(),
    ...corpusFields,
    provider: providerField,
    quantize: quantizeField,
    threads: threadsField,
  }),
  async run(input, terminal) {
    const score = await scoreDocuments(
      {
        model: resolve(input.model),
        documents: resolve(input.documents),
        corpus: corpusSettingsOf(input),
        provider: input.provider,
        quantization: input.quantize,
        threads: await resolveThreads(input.threads),
        home: resolveHome(input.home),
      },
      terminal,
    )
    const { locale } = terminal
    const skipped = score.skipped.map(({ name, error }) => ({
      name,
      code: error.code,
      message: error.localized(locale),
    }))
    if (input.json) {
      terminal.print(JSON.stringify({ ...score, skipped }))
      return EXIT.ok
    }
    for (const document of [...score.documents, { ...score.total, name: words.total[locale] }]) {
      terminal.print(
        formatMessage(words.line, locale, {
          nll: document.nll.toFixed(4),
          bits: document.bitsPerByte.toFixed(4),
          tokens: document.tokens,
          name: document.name,
        }),
      )
    }
    tellUnknownExclusions(score.unknownExclusions, terminal)
    for (const { name, message } of skipped) {
      terminal.tell(formatMessage(words.skipped, locale, { name, reason: message }))
    }
    return EXIT.ok
  },
})
