import { resolve } from 'node:path'

import { z } from 'zod'

import {
  corpusOverview,
  documentsOverview,
  resolveHome,
  Surveys,
  textCache,
  unknownExclusions,
} from '../../engine/index.ts'
import type { CorpusOverview, Lengths } from '../../shared/contract/corpus.ts'
import type { DocumentEntry, DocumentsOverview } from '../../shared/contract/documents.ts'
import { AppError } from '../../shared/errors.ts'
import { formatMessage, type Locale, type Message } from '../../shared/messages/index.ts'
import { scarceHeldOut } from '../../shared/split-balance.ts'
import { defineCommand, EXIT, type Terminal } from '../command.ts'
import { corpusFields, corpusOptions, corpusSettingsOf, tellUnknownExclusions } from '../corpus-options.ts'
import { globalFields, OPTIONS, seedField } from '../options.ts'
import { documentWords as words, errorLine, healthMarks, splitWords, stateWords } from './documents-words.ts'

export const documentsInspectCommand = defineCommand({
  path: ['documents', 'inspect'],
  summary: {
    ja: 'フォルダーの文書がどう読めるか、健全かを調べる',
    en: 'how the documents of a folder read, and how healthy they are',
  },
  arguments: [{ name: 'DIR', summary: { ja: '文書のフォルダー', en: 'folder of documents' } }],
  options: {
    ...corpusOptions,
    model: {
      kind: 'list',
      placeholder: 'DIR',
      summary: {
        ja: 'トークン数を数えるモデルのフォルダー。複数可',
        en: 'model folder whose tokens are counted; repeatable',
      },
    },
    purpose: {
      kind: 'value',
      placeholder: 'evaluate|tune',
      summary: {
        ja: '用途（既定 evaluate: すべて評価用。tune: チューニング用 70 %、検証用 10 %、評価用 20 %）',
        en: 'what for (default evaluate: all held out; tune: 70 % tuning, 10 % validation, 20 % held out)',
      },
    },
    seed: OPTIONS.seed,
  },
  input: z.object({
    ...globalFields,
    ...corpusFields,
    DIR: z.string(),
    model: z.array(z.string()).default([]),
    purpose: z.enum(['evaluate', 'tune']).default('evaluate'),
    seed: seedField,
  }),
  async run(input, terminal) {
    const { locale } = terminal
    const settings = {
      folder: resolve(input.DIR),
      corpus: { ...corpusSettingsOf(input), purpose: input.purpose },
      surveys: new Surveys(textCache(resolveHome(input.home))),
    }
    const overview = await documentsOverview(settings, terminal)
    const { documents } = overview
    if (!input.json) for (const entry of documents) terminal.print(entryLine(entry, locale))
    tellUnknownExclusions(unknownExclusions(settings.corpus, overview), terminal)
    if (!input.ocr && documents.some(hasPictures)) terminal.tell(words.ocr[locale])
    const models = input.model.map((folder) => resolve(folder))
    // Nothing that counts makes no corpus; the documents' own reasons are told.
    const corpus =
      overview.sha256 === null
        ? null
        : await corpusOverview({ ...settings, seed: input.seed, models }, new Map(), terminal)
    if (input.json) printJson({ ...overview, corpus }, terminal)
    else if (corpus !== null) tellCorpus(corpus, terminal)
    if (corpus !== null) return EXIT.ok
    terminal.tell(words.nothing[locale])
    return EXIT.failed
  },
})

/** One line, written document by document: those of a large folder take many megabytes. */
function printJson(
  { documents, ...rest }: DocumentsOverview & { readonly corpus: CorpusOverview | null },
  { write }: Terminal,
): void {
  write(`${JSON.stringify(rest).slice(0, -1)},"documents":[`)
  for (const [index, entry] of documents.entries()) write(`${index === 0 ? '' : ','}${JSON.stringify(entry)}`)
  write(']}\n')
}

/** Whether recognition could read more of it. */
const hasPictures = ({ problem, health }: DocumentEntry): boolean =>
  problem?.code === 'documents/scan' || (health !== null && health.pagesWithoutText > 0)

/** State, format, characters, name, and what is to be known about the document; apart by tabs. */
function entryLine(entry: DocumentEntry, locale: Locale): string {
  const { name, state, format, characters, problem } = entry
  const columns = [stateWords[state][locale], format ?? '-', characters ?? '-', name]
  const remarks =
    problem === null
      ? healthMarks(entry, locale)
      : [withoutName(errorLine(new AppError(problem.code, problem.params), locale), name)]
  return [...columns, remarks.join(words.comma[locale])].join('\t').trimEnd()
}

/** The name has a column of its own: `NAME を除外しました: …` and `NAME was skipped: …` tell it again. */
function withoutName(reason: string, name: string): string {
  const [, cause] = reason.startsWith(name)
    ? (/^ ?(?:を除外しました|was skipped): (.+)$/.exec(reason.slice(name.length)) ?? [])
    : []
  return cause ?? reason
}

function tellCorpus(corpus: CorpusOverview, { locale, tell }: Terminal): void {
  const number = new Intl.NumberFormat(locale)
  const say = (message: Message, params: Record<string, string | number>): string =>
    formatMessage(
      message,
      locale,
      Object.fromEntries(
        Object.entries(params).map(([key, value]) => [
          key,
          typeof value === 'number' ? number.format(value) : value,
        ]),
      ),
    )
  const lengths = (name: string, { total, coverage }: Lengths): string => {
    const covered = coverage.map(({ share, length }) =>
      say(words.covered, { percent: Math.round(share * 100), length }),
    )
    return say(words.lengths, { name, total, covered: covered.join(words.comma[locale]) })
  }
  const { documents, characters, leftOut, tokens, splits, sha256 } = corpus
  tell(say(words.corpus, { documents, characters: characters.total }))
  tell(say(words.leftOut, leftOut))
  tell(lengths(words.characters[locale], characters))
  for (const { models, counted } of tokens) {
    const name = say(words.tokens, { name: models.join(words.comma[locale]) })
    if (counted.ok) tell(lengths(name, counted.lengths))
    else {
      const { code, params } = counted.problem
      tell(say(words.uncounted, { name, reason: errorLine(new AppError(code, params), locale) }))
    }
  }
  if (splits.length > 1) {
    const parts = splits.map(({ split, documents: count, characters: size }) =>
      say(words.split, { name: splitWords[split][locale], documents: count, characters: size }),
    )
    tell(say(words.splits, { splits: parts.join(words.comma[locale]) }))
    const scarce = scarceHeldOut(splits)
    if (scarce !== null) tell(say(words.scarce, { percent: Math.round(scarce * 1000) / 10 }))
  }
  tell(say(words.fingerprint, { sha256 }))
}
