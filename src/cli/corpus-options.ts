import { z } from 'zod'

import { type CorpusSettings, DEFAULT_CORPUS_SETTINGS } from '../shared/documents.ts'
import { defineMessages, formatMessage } from '../shared/messages/index.ts'
import type { OptionSpec, Terminal } from './command.ts'

/** Options of every command that makes a corpus out of a folder of documents. */
export const corpusOptions = {
  ocr: {
    kind: 'flag',
    summary: {
      ja: '画像だけのページを文字認識（OCR）で読む（1 ページ数秒）',
      en: 'read pages of pictures by text recognition (OCR; some seconds a page)',
    },
  },
  'near-duplicates': {
    kind: 'value',
    placeholder: 'drop|keep',
    summary: {
      ja: 'ほぼ同じ文書の扱い（既定 drop: 一つだけ使う）',
      en: 'near-copies of a document (default drop: only one counts)',
    },
  },
  exclude: {
    kind: 'list',
    placeholder: 'NAME',
    summary: {
      ja: '使わない文書の名前（フォルダーからの相対パス）。複数可',
      en: 'name of a document to leave out (path inside the folder); repeatable',
    },
  },
} as const satisfies Record<string, OptionSpec>

export const corpusFields = {
  ocr: z.boolean().default(false),
  'near-duplicates': z.enum(['drop', 'keep']).default('drop'),
  exclude: z.array(z.string().min(1)).default([]),
}

interface CorpusInput {
  readonly ocr: boolean
  readonly 'near-duplicates': CorpusSettings['nearDuplicates']
  readonly exclude: readonly string[]
}

export const corpusSettingsOf = ({ ocr, exclude, ...input }: CorpusInput): CorpusSettings => ({
  ...DEFAULT_CORPUS_SETTINGS,
  ocr,
  nearDuplicates: input['near-duplicates'],
  // As documents are named; a shell may complete a name in another spelling.
  excluded: exclude.map((name) => name.normalize('NFC')),
})

const words = defineMessages({
  unknown: {
    ja: '--exclude に指定した {name} という文書はありません。documents inspect の一覧にある名前をそのまま指定してください。',
    en: 'There is no document {name} as --exclude has it. Give the name as documents inspect lists it.',
  },
})

/** Tells of names that --exclude has and the folder has not. */
export function tellUnknownExclusions(names: readonly string[], { locale, tell }: Terminal): void {
  for (const name of names) tell(formatMessage(words.unknown, locale, { name }))
}
