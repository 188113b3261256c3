import { resolve } from 'node:path'

import { z } from 'zod'

import { resolveHome, resolveThreads, tuneModelFolder } from '../../engine/index.ts'
import { defineMessages, formatMessage } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { corpusFields, corpusOptions, corpusSettingsOf } from '../corpus-options.ts'
import { globalFields, OPTIONS, seedField, threadsField } from '../options.ts'
import { lossText, tellLeftOut, tellTrained, TRAINING_OPTIONS } from './training-words.ts'

const words = defineMessages({
  before: { ja: '調整前    {loss}', en: 'Before    {loss}' },
  after: { ja: '調整後    {loss}', en: 'After     {loss}' },
  teacher: { ja: '教師      {loss}', en: 'Teacher   {loss}' },
  control: {
    ja: '対照      {loss}（教師を同じステップ数だけ追加学習したもの）',
    en: 'Control   {loss} (the teacher trained on for as many steps)',
  },
})

export const modelTuneCommand = defineCommand({
  path: ['model', 'tune'],
  summary: {
    ja: '変換したモデルを自社の文書で蒸留する（中断後は同じコマンドで再開）',
    en: 'distil a converted model on your documents (the same command resumes)',
  },
  arguments: [],
  options: {
    model: OPTIONS.model,
    teacher: {
      kind: 'value',
      placeholder: 'DIR',
      summary: {
        ja: '教師にするベースラインのフォルダー（なければ交差エントロピーだけで学習）',
        en: 'model folder of the baseline that teaches (without it, cross-entropy alone)',
      },
    },
    documents: {
      ...OPTIONS.documents,
      summary: {
        ja: '文書のフォルダー。調整用に分けた分だけで学習する',
        en: 'folder of documents; only their tuning part is trained on',
      },
    },
    out: OPTIONS.out,
    ...TRAINING_OPTIONS,
    'kl-weight': {
      kind: 'value',
      placeholder: 'W',
      summary: {
        ja: 'KL の重み 0–1（既定 0.5）',
        en: 'weight of KL against cross-entropy, 0–1 (default 0.5)',
      },
    },
    'attention-only': {
      kind: 'flag',
      summary: { ja: 'アテンションの重みだけを学習する', en: 'train the attention weights only' },
    },
    control: {
      kind: 'flag',
      summary: {
        ja: '対照（教師の追加学習）も測る',
        en: 'also train the teacher on for as long: the tuning or the heads?',
      },
    },
    ...corpusOptions,
    seed: OPTIONS.seed,
    threads: OPTIONS.threads,
  },
  input: z.object({
    ...globalFields,
    model: z.string(),
    teacher: z.string().optional(),
    documents: z.string(),
    out: z.string(),
    work: z.string().optional(),
    steps: z.coerce.number().int().min(1).default(200),
    window: z.coerce.number().int().min(2).default(512),
    'learning-rate': z.coerce.number().positive().max(1).default(4e-4),
    patience: z.coerce.number().int().min(1).optional(),
    'kl-weight': z.coerce.number().min(0).max(1).default(0.5),
    'attention-only': z.boolean().default(false),
    control: z.boolean().default(false),
    ...corpusFields,
    seed: seedField,
    threads: threadsField,
  }),
  async run(input, terminal) {
    const report = await tuneModelFolder(
      {
        model: resolve(input.model),
        teacher: input.teacher === undefined ? null : resolve(input.teacher),
        documents: resolve(input.documents),
        out: resolve(input.out),
        workFolder: resolve(input.work ?? `${input.out}.work`),
        steps: input.steps,
        window: input.window,
        learningRate: input['learning-rate'],
        klWeight: input['kl-weight'],
        attentionOnly: input['attention-only'],
        patience: input.patience ?? null,
        control: input.control,
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
    for (const part of ['before', 'after', 'teacher', 'control'] as const) {
      const loss = heldOut[part]
      if (loss !== null) terminal.tell(formatMessage(words[part], locale, { loss: lossText(loss, locale) }))
    }
    tellLeftOut(report, terminal)
    return EXIT.ok
  },
})
