import { z } from 'zod'

import { fileTexts, resolveHome, textCache } from '../../engine/index.ts'
import { formatMessage } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { corpusFields, corpusOptions } from '../corpus-options.ts'
import { globalFields } from '../options.ts'
import { documentWords as words, errorLine } from './documents-words.ts'

export const documentsTextCommand = defineCommand({
  path: ['documents', 'text'],
  summary: {
    ja: '一つのファイルの本文を、採点されるとおりに書き出す',
    en: 'the text of one file, as it will be scored',
  },
  arguments: [
    {
      name: 'FILE',
      summary: {
        ja: 'ファイル。ZIP やメールの中の文書は「ZIP のパス/中の名前」',
        en: 'file; for what lies in a ZIP or mail, its path and the name inside',
      },
    },
  ],
  options: { ocr: corpusOptions.ocr },
  input: z.object({ ...globalFields, FILE: z.string(), ocr: corpusFields.ocr }),
  async run({ FILE, ocr, json, home }, terminal) {
    const { locale } = terminal
    const texts = textCache(resolveHome(home))
    const { documents, skipped } = await fileTexts(FILE, { ocr, texts }, terminal)
    if (json) {
      terminal.print(
        JSON.stringify({
          documents,
          skipped: skipped.map(({ name, error }) => ({
            name,
            code: error.code,
            message: error.localized(locale),
          })),
        }),
      )
    } else {
      for (const { name, text } of documents) {
        if (documents.length > 1) terminal.tell(formatMessage(words.inside, locale, { name }))
        terminal.print(text)
      }
      for (const { error } of skipped) terminal.tell(errorLine(error, locale))
    }
    if (!ocr && skipped.some(({ error }) => error.code === 'documents/scan')) terminal.tell(words.ocr[locale])
    return documents.length === 0 ? EXIT.failed : EXIT.ok
  },
})
