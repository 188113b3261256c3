import { resolve } from 'node:path'

import { z } from 'zod'

import { resolveHome, resolveThreads, trainModelFolder } from '../../engine/index.ts'
import { defineMessages, formatMessage } from '../../shared/messages/index.ts'
import { defineCommand, EXIT, type OptionSpec } from '../command.ts'
import { corpusFields, corpusOptions, corpusSettingsOf } from '../corpus-options.ts'
import { globalFields, OPTIONS, seedField, threadsField } from '../options.ts'
import { lossText, tellLeftOut, tellTrained, TRAINING_OPTIONS } from './training-words.ts'

const words = defineMessages({
  heldOut: { ja: '評価用の文書での損失  {loss}', en: 'Held-out loss  {loss}' },
})

const size = (ja: string, en: string): OptionSpec => ({
  kind: 'value',
  placeholder: 'N',
  summary: { ja, en },
})

const positive = z.coerce.number().int().min(1)

export const modelTrainCommand = defineCommand({
  path: ['model', 'train'],
  summary: {
    ja: '小さなモデルをトークナイザーから学習する（中断後は同じコマンドで再開）',
    en: 'train a small model and its tokenizer from scratch (the same command resumes)',
  },
  arguments: [],
  options: {
    documents: OPTIONS.documents,
    out: OPTIONS.out,
    ...TRAINING_OPTIONS,
    layers: size('層数 L（既定 4）', 'layers L (default 4)'),
    'hidden-size': size('隠れ次元 d（既定 256）', 'hidden size d (default 256)'),
    'intermediate-size': size('MLP の次元（既定 704）', 'size of the MLP (default 704)'),
    'query-heads': size('クエリヘッド n_h（既定 8）', 'query heads n_h (default 8)'),
    'kv-heads': size('KVヘッド n_kv（既定 8）', 'KV heads n_kv (default 8)'),
    'head-dim': size('ヘッド次元 d_h（既定 32）', 'head size d_h (default 32)'),
    positions: size('扱える位置の数（既定 2048）', 'positions (default 2048)'),
    vocabulary: size('語彙の大きさ（既定 4096）', 'size of the vocabulary (default 4096)'),
    ...corpusOptions,
    seed: OPTIONS.seed,
    threads: OPTIONS.threads,
  },
  input: z.object({
    ...globalFields,
    documents: z.string(),
    out: z.string(),
    work: z.string().optional(),
    steps: positive.default(500),
    window: z.coerce.number().int().min(2).default(512),
    'learning-rate': z.coerce.number().positive().max(1).default(2.5e-3),
    patience: positive.optional(),
    layers: positive.default(4),
    'hidden-size': positive.default(256),
    'intermediate-size': positive.default(704),
    'query-heads': positive.default(8),
    'kv-heads': positive.default(8),
    'head-dim': positive.default(32),
    positions: positive.default(2048),
    vocabulary: z.coerce.number().int().min(258).default(4096),
    ...corpusFields,
    seed: seedField,
    threads: threadsField,
  }),
  async run(input, terminal) {
    const report = await trainModelFolder(
      {
        shape: {
          layers: input.layers,
          hiddenSize: input['hidden-size'],
          intermediateSize: input['intermediate-size'],
          queryHeads: input['query-heads'],
          kvHeads: input['kv-heads'],
          headDim: input['head-dim'],
          maxPositions: input.positions,
        },
        vocabSize: input.vocabulary,
        documents: resolve(input.documents),
        out: resolve(input.out),
        workFolder: resolve(input.work ?? `${input.out}.work`),
        steps: input.steps,
        window: input.window,
        learningRate: input['learning-rate'],
        patience: input.patience ?? null,
        corpus: corpusSettingsOf(input),
        seed: input.seed,
        home: resolveHome(input.home),
        threads: await resolveThreads(input.threads),
      },
      terminal,
    )
    if (input.json) {
      terminal.print(JSON.stringify({ ...report, skipped: report.skipped.map(({ name }) => name) }))
      return EXIT.ok
    }
    const { locale } = terminal
    const { heldOut } = report
    tellTrained(report, terminal)
    terminal.tell(formatMessage(words.heldOut, locale, { loss: lossText(heldOut, locale) }))
    tellLeftOut(report, terminal)
    return EXIT.ok
  },
})
