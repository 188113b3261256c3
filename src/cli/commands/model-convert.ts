import { resolve } from 'node:path'

import { z } from 'zod'

import { convertModelFolder, CONVERSION_METHODS, resolveHome, resolveThreads } from '../../engine/index.ts'
import { defineMessages, formatMessage } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { corpusFields, corpusOptions, corpusSettingsOf } from '../corpus-options.ts'
import { globalFields, OPTIONS, seedField, threadsField } from '../options.ts'
import { lossText, tellLeftOut } from './training-words.ts'

const words = defineMessages({
  converted: {
    ja: '方式 {method} で KVヘッドを {from} から {to} に変換しました: {folder}',
    en: 'Converted {from} KV heads to {to} by {method}: {folder}',
  },
  candidate: { ja: '検証用の損失  {method}: {loss}', en: 'Validation loss  {method}: {loss}' },
  losses: {
    ja: '評価用の文書での損失  変換前 {source}、変換後 {converted}',
    en: 'Held-out loss  before {source}, after {converted}',
  },
})

export const modelConvertCommand = defineCommand({
  path: ['model', 'convert'],
  summary: { ja: 'MHA モデルを GQA に変換する', en: 'convert an MHA model to GQA' },
  arguments: [],
  options: {
    model: OPTIONS.model,
    out: OPTIONS.out,
    'kv-heads': {
      kind: 'value',
      placeholder: 'N',
      summary: {
        ja: '変換後のKVヘッド数（元の数の約数）',
        en: 'KV heads of the result; divides those of the source',
      },
    },
    method: {
      kind: 'value',
      placeholder: 'auto|mean|align|subspace',
      summary: {
        ja: '方式（既定 auto: 検証用の文書で損失が最小のもの）',
        en: 'method (default auto: the lowest loss on validation documents)',
      },
    },
    documents: {
      ...OPTIONS.documents,
      summary: {
        ja: '統計を取る文書のフォルダー（mean 以外では必須）',
        en: 'folder of documents for calibration (needed by all but mean)',
      },
    },
    ...corpusOptions,
    seed: OPTIONS.seed,
    threads: OPTIONS.threads,
  },
  input: z.object({
    ...globalFields,
    model: z.string(),
    out: z.string(),
    'kv-heads': z.coerce.number().int().min(1),
    method: z.enum(['auto', ...CONVERSION_METHODS]).default('auto'),
    documents: z.string().optional(),
    ...corpusFields,
    seed: seedField,
    threads: threadsField,
  }),
  async run(input, terminal) {
    const report = await convertModelFolder(
      {
        model: resolve(input.model),
        out: resolve(input.out),
        kvHeads: input['kv-heads'],
        method: input.method,
        documents: input.documents === undefined ? null : resolve(input.documents),
        corpus: corpusSettingsOf(input),
        seed: input.seed,
        home: resolveHome(input.home),
        threads: await resolveThreads(input.threads),
      },
      terminal,
    )
    const { locale } = terminal
    if (input.json) {
      terminal.print(JSON.stringify({ ...report, skipped: report.skipped.map(({ name }) => name) }))
      return EXIT.ok
    }
    for (const { method, validation } of report.candidates) {
      terminal.tell(formatMessage(words.candidate, locale, { method, loss: lossText(validation, locale) }))
    }
    const { from, to } = report.kvHeads
    terminal.tell(
      formatMessage(words.converted, locale, { method: report.method, from, to, folder: report.folder }),
    )
    if (report.losses !== null) {
      const source = lossText(report.losses.source, locale)
      const converted = lossText(report.losses.converted, locale)
      terminal.tell(formatMessage(words.losses, locale, { source, converted }))
    }
    tellLeftOut(report, terminal)
    return EXIT.ok
  },
})
