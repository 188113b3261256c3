import { resolve } from 'node:path'

import { z } from 'zod'

import { buildReferenceModels, resolveThreads } from '../../engine/index.ts'
import { formatMessage } from '../../shared/messages/index.ts'
import { defineCommand, EXIT } from '../command.ts'
import { globalFields, OPTIONS, seedField, threadsField } from '../options.ts'
import { pocWords } from './poc.ts'
import { TRAINING_OPTIONS } from './training-words.ts'

export const referenceCommand = defineCommand({
  path: ['reference'],
  summary: {
    ja: '同梱の参照モデルを作り直す（開発者向け。中断後は同じコマンドで再開）',
    en: 'train the bundled reference models again (for developers; the same command resumes)',
  },
  arguments: [],
  options: {
    corpus: {
      kind: 'value',
      placeholder: 'FILE',
      summary: {
        ja: '学習用の文書。1 行 1 文書の JSON（.jsonl または .jsonl.gz）',
        en: 'training documents, one JSON object a line (.jsonl or .jsonl.gz)',
      },
    },
    out: {
      ...OPTIONS.out,
      summary: { ja: '出力先（既定 resources/models）', en: 'where to write (default resources/models)' },
    },
    work: TRAINING_OPTIONS.work,
    seed: OPTIONS.seed,
    threads: OPTIONS.threads,
  },
  input: z.object({
    ...globalFields,
    corpus: z.string(),
    out: z.string().default('resources/models'),
    work: z.string().default('out/reference'),
    seed: seedField,
    threads: threadsField,
  }),
  async run(input, terminal) {
    const { folders, cards } = await buildReferenceModels(
      {
        corpus: resolve(input.corpus),
        out: resolve(input.out),
        workFolder: resolve(input.work),
        seed: input.seed,
        threads: await resolveThreads(input.threads),
      },
      terminal,
    )
    if (input.json) terminal.print(JSON.stringify(cards))
    else {
      for (const path of folders) terminal.tell(formatMessage(pocWords.written, terminal.locale, { path }))
    }
    return EXIT.ok
  },
})
