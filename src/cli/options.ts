import { z } from 'zod'

import { LOCALES } from '../shared/messages/index.ts'
import { providerSchema, quantizationSchema } from '../shared/settings.ts'
import type { OptionSpec } from './command.ts'

/** Options that every command takes. */
export const GLOBAL_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  lang: {
    kind: 'value',
    placeholder: 'ja|en',
    summary: { ja: '表示と報告書の言語', en: 'language of messages and reports' },
  },
  json: {
    kind: 'flag',
    summary: { ja: '結果を JSON で標準出力に書く', en: 'write the result to stdout as JSON' },
  },
  home: {
    kind: 'value',
    placeholder: 'DIR',
    summary: {
      ja: '実行記録とキャッシュの場所（既定: 利用者のデータフォルダー、環境変数 SOROBAN_HOME）',
      en: 'where runs and caches are kept (default: the user data folder, or SOROBAN_HOME)',
    },
  },
}

/** Zod for the global options; spread into every command's schema. */
export const globalFields = {
  lang: z.enum(LOCALES).optional(),
  json: z.boolean().default(false),
  home: z.string().optional(),
}

export const providerField = providerSchema.default('cpu')
export const quantizeField = quantizationSchema.default('none')
export const seedField = z.coerce.number().int().min(0).max(0xffffffff).default(1)
export const threadsField = z.coerce.number().int().min(1).max(1024).optional()

/** "256,1024,2048" as ascending numbers without repetitions. */
export const contextsField = z
  .string()
  .regex(/^\s*\d{1,9}(\s*,\s*\d{1,9})*\s*$/)
  .default('256,1024,2048')
  .transform((list) => [...new Set(list.split(',').map(Number))].sort((a, b) => a - b))

export const OPTIONS = {
  documents: {
    kind: 'value',
    placeholder: 'DIR',
    summary: { ja: '評価に使う文書のフォルダー', en: 'folder of the documents to evaluate on' },
  },
  model: { kind: 'value', placeholder: 'DIR', summary: { ja: 'モデルのフォルダー', en: 'model folder' } },
  out: {
    kind: 'value',
    placeholder: 'DIR',
    summary: { ja: '出力先のフォルダー', en: 'folder for the output' },
  },
  provider: {
    kind: 'value',
    placeholder: 'cpu|webgpu|cuda|dml',
    summary: { ja: '実行プロバイダー（既定 cpu）', en: 'where the models run (default cpu)' },
  },
  quantize: {
    kind: 'value',
    placeholder: 'none|int8|int4',
    summary: { ja: '重みの量子化（既定 none）', en: 'weight quantization (default none)' },
  },
  seed: {
    kind: 'value',
    placeholder: 'N',
    summary: { ja: '乱数シード（既定 1）', en: 'random seed (default 1)' },
  },
  threads: {
    kind: 'value',
    placeholder: 'N',
    summary: { ja: 'スレッド数（既定: 物理コア数）', en: 'threads (default: physical cores)' },
  },
} as const satisfies Record<string, OptionSpec>
