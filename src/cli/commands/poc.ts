import { resolve } from 'node:path'

import { z } from 'zod'

import { type PocOutcome, resolveHome, resolveThreads, runPoc, storageIn } from '../../engine/index.ts'
import type { ComparisonResult, Figure, Results } from '../../shared/results.ts'
import { defineMessages, formatMessage, type Locale, type Message } from '../../shared/messages/index.ts'
import { defineCommand, EXIT, type ExitCode, type Terminal } from '../command.ts'
import { corpusFields, corpusOptions, corpusSettingsOf } from '../corpus-options.ts'
import {
  contextsField,
  globalFields,
  OPTIONS,
  providerField,
  quantizeField,
  seedField,
  threadsField,
} from '../options.ts'

export const pocWords = defineMessages({
  started: {
    ja: '実行 {run} を始めました。中断しても「soroban runs resume {run}」で続けられます。',
    en: 'Run {run} started. If it is interrupted, "soroban runs resume {run}" continues it.',
  },
  resumed: { ja: '実行 {run} を再開しました。', en: 'Run {run} resumed.' },
  kept: { ja: '品質を維持', en: 'quality kept' },
  worse: { ja: '品質が低下', en: 'quality worse' },
  undecided: { ja: '判定できず', en: 'undecided' },
  'insufficient-data': { ja: 'データ不足', en: 'insufficient data' },
  verdict: {
    ja: '判定  {candidate}: {verdict}（{metric} {relative}、95 % 区間 {low} ~ {high}、許容差 +{margin}）',
    en: 'Verdict  {candidate}: {verdict} ({metric} {relative}, 95 % interval {low} to {high}, margin +{margin})',
  },
  speed: {
    ja: '速度  {candidate} @ {context}: TTFT {ttft}、TPOT {tpot}、KVキャッシュ {kv}（ベースライン比）',
    en: 'Speed    {candidate} @ {context}: TTFT {ttft}, TPOT {tpot}, KV cache {kv} (against the baseline)',
  },
  warning: { ja: '注意  {message}', en: 'Warning  {message}' },
  written: { ja: '出力  {path}', en: 'Written  {path}' },
})

const VERDICTS: Readonly<Record<NonNullable<ComparisonResult['verdict']>, Message>> = {
  kept: pocWords.kept,
  worse: pocWords.worse,
  undecided: pocWords.undecided,
  'insufficient-data': pocWords['insufficient-data'],
}

const percent = (value: number | null | undefined, locale: Locale): string =>
  value === null || value === undefined
    ? 'n/a'
    : new Intl.NumberFormat(locale, {
        style: 'percent',
        minimumFractionDigits: 2,
        maximumFractionDigits: 2,
        signDisplay: 'exceptZero',
      }).format(value)

/** Tells the outcome in a few lines, and gives the exit status: 3 when a gate was set and not passed. */
export function reportOutcome(
  { results, resultsPath, reportPath }: PocOutcome,
  { json, gate }: { readonly json: boolean; readonly gate: boolean },
  terminal: Terminal,
): ExitCode {
  const { locale } = terminal
  const say = (message: Message, params: Record<string, string | number>): void =>
    terminal.tell(formatMessage(message, locale, params))
  const relativeOf = (metric: string, candidate: string): Figure | undefined =>
    results.comparisons.find((entry) => entry.metric === metric && entry.candidate === candidate)?.relative
  const deciding = results.comparisons.filter(({ verdict }) => verdict !== null)
  for (const { candidate, metric, relative, margin, verdict } of deciding) {
    if (verdict === null) continue
    say(pocWords.verdict, {
      candidate,
      metric,
      verdict: VERDICTS[verdict][locale],
      relative: percent(relative.value, locale),
      low: percent(relative.ci95?.[0], locale),
      high: percent(relative.ci95?.[1], locale),
      margin: percent(margin, locale).replace('+', ''),
    })
  }
  const context = results.run.contexts.at(-1) ?? 0
  for (const { id: candidate } of results.arms.filter(({ role }) => role === 'candidate')) {
    say(pocWords.speed, {
      candidate,
      context,
      ttft: percent(relativeOf(`ttftMs@${context}`, candidate)?.value, locale),
      tpot: percent(relativeOf(`tpotMs@${context}`, candidate)?.value, locale),
      kv: percent(relativeOf(`kvBytes@${context}`, candidate)?.value, locale),
    })
  }
  for (const { message } of results.warnings) say(pocWords.warning, { message })
  for (const path of [reportPath, resultsPath]) say(pocWords.written, { path })
  if (json) terminal.print(JSON.stringify(results))
  return gate && !passesGate(results) ? EXIT.criteriaNotMet : EXIT.ok
}

/** Every candidate has a verdict and keeps quality, and the self-check found the measurement sound. */
function passesGate({ arms, comparisons, selfCheck }: Results): boolean {
  const candidates = arms.filter(({ role }) => role === 'candidate')
  const isKept = (id: string): boolean =>
    comparisons.some(({ candidate, verdict }) => candidate === id && verdict === 'kept')
  return selfCheck.passed && candidates.every(({ id }) => isKept(id))
}

export const gateOption = {
  kind: 'flag',
  summary: {
    ja: '品質を維持しない候補があるか、自己検査に失敗したとき、終了コード 3 で終わる',
    en: 'exit with status 3 unless every candidate keeps quality and the self-check passes',
  },
} as const

export const pocCommand = defineCommand({
  path: ['poc'],
  summary: {
    ja: '文書とモデルから、比較の測定・判定・報告書までを一度に行う',
    en: 'from documents and models to measurements, verdict and workbook in one go',
  },
  arguments: [],
  options: {
    documents: OPTIONS.documents,
    baseline: {
      kind: 'value',
      placeholder: 'DIR',
      summary: { ja: 'ベースライン（MHA）のモデルフォルダー', en: 'model folder of the baseline (MHA)' },
    },
    candidate: {
      kind: 'list',
      placeholder: 'DIR',
      summary: {
        ja: '候補（GQA）のモデルフォルダー。複数可',
        en: 'model folder of a candidate (GQA); repeatable',
      },
    },
    out: OPTIONS.out,
    contexts: {
      kind: 'value',
      placeholder: 'N,N…',
      summary: {
        ja: '速度とメモリを測る文脈長（既定 256,1024,2048）',
        en: 'context lengths for speed and memory (default 256,1024,2048)',
      },
    },
    ...corpusOptions,
    provider: OPTIONS.provider,
    quantize: OPTIONS.quantize,
    'margin-nll': {
      kind: 'value',
      placeholder: 'R',
      summary: {
        ja: '許容する nll の相対増（既定 0.01 = 1 %）',
        en: 'largest relative increase of nll still called kept (default 0.01 = 1 %)',
      },
    },
    seed: OPTIONS.seed,
    threads: OPTIONS.threads,
    gate: gateOption,
  },
  input: z.object({
    ...globalFields,
    documents: z.string(),
    baseline: z.string(),
    candidate: z.array(z.string()).min(1),
    out: z.string(),
    contexts: contextsField,
    ...corpusFields,
    provider: providerField,
    quantize: quantizeField,
    'margin-nll': z.coerce.number().positive().lt(1).default(0.01),
    seed: seedField,
    threads: threadsField,
    gate: z.boolean().default(false),
  }),
  async run(input, terminal) {
    const settings = {
      documents: resolve(input.documents),
      corpus: corpusSettingsOf(input),
      baseline: resolve(input.baseline),
      candidates: input.candidate.map((folder) => resolve(folder)),
      out: resolve(input.out),
      contexts: input.contexts,
      provider: input.provider,
      quantization: input.quantize,
      marginNll: input['margin-nll'],
      seed: input.seed,
      locale: terminal.locale,
      threads: await resolveThreads(input.threads),
    }
    const outcome = await runPoc(settings, storageIn(resolveHome(input.home)), terminal, {
      onRun: (run) => terminal.tell(formatMessage(pocWords.started, terminal.locale, { run })),
    })
    return reportOutcome(outcome, input, terminal)
  },
})
