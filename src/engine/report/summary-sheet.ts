import type { ArmResult, ComparisonResult, Results } from '../../shared/results.ts'
import { attention } from './attention.ts'
import { assumptionOf, mainCandidate, type Money } from './decisions.ts'
import { candidateOutcomes, recommendation } from './recommendation.ts'
import {
  baselineOf,
  candidatesOf,
  decidingComparison,
  measuredDevice,
  metricLabel,
  verdictTone,
} from './figures.ts'
import { literal, liveMessage, numberText, textCell } from './live-text.ts'
import { orReason } from './drawable.ts'
import { positionChart } from './quality-sheet.ts'
import { memoryChart } from './resources-sheet.ts'
import { costChart } from './money/cost-curve.ts'
import type { Block, SheetModel } from './sheet-model.ts'
import { summaryFigures } from './summary-figures.ts'
import { comparisonTable, comparisonWidths } from './summary-table.ts'
import type { Words } from './words.ts'

/** Rows that the charts and the candidates' rows take together, so that the page stays one. */
const SHARED_ROWS = 16
const LEAST_CHART_ROWS = 9

/**
 * One page that decides: what for, the conclusion, three figures, the candidates against today, two charts, the bad
 * news, what to do next.
 */
export function summarySheet(results: Results, money: Money | null, words: Words): SheetModel {
  return {
    name: words('sheet.summary'),
    widths: comparisonWidths(money),
    onePage: true,
    blocks: [
      { kind: 'title', text: words('title') },
      { kind: 'facts', rows: aboutRows(results, words) },
      { kind: 'heading', text: words('recommendation.heading') },
      { kind: 'live-paragraph', cell: { ...textCell(recommendation(results, money, words)), bold: true } },
      ...verdictSentence(results, money, words),
      ...(money === null ? [] : [assumedLine(money, words)]),
      summaryFigures(results, money, words),
      comparisonTable(results, money, words),
      ...charts(results, money, words),
      { kind: 'heading', text: words('attention.heading') },
      ...attention(results, money, words),
      { kind: 'facts', rows: nextRows(results, money, words) },
    ],
  }
}

/** Costs, or quality where nothing is known of them; and the memory that is saved. */
function charts(results: Results, money: Money | null, words: Words): Block[] {
  // A candidate more takes a row of the table and one of the advice.
  const height = Math.max(LEAST_CHART_ROWS, SHARED_ROWS - 2 * (candidatesOf(results).length - 1))
  const size = { width: 0.5, height } as const
  const costs = money === null ? null : costChart(money.report, money.words, size.width)
  const hasCosts = costs?.series.some(({ y }) => y.some((value) => value !== null)) ?? false
  return [
    { kind: 'heading', text: words(hasCosts ? 'chart.heading' : 'chart.headingTechnical') },
    costs !== null && hasCosts ? { ...costs, ...size } : orReason(positionChart(results, words, size), words),
    orReason(memoryChart(results, words, size), words),
  ]
}

function aboutRows(results: Results, words: Words): [string, string][] {
  const { run, corpus } = results
  const [baseline, candidates] = [baselineOf(results), candidatesOf(results)]
  return [
    [
      words('purpose.label'),
      words('purpose', {
        baseline: baseline.id,
        candidates: candidates.map(({ id }) => id).join(', '),
        documents: words.count(corpus.documents),
      }),
    ],
    [words('current.label'), armLabel(baseline, words)],
    [words('proposed.label'), candidates.map((candidate) => armLabel(candidate, words)).join(' ／ ')],
    [
      words('measured.label'),
      words('measured', {
        device: measuredDevice(results),
        documents: words.count(corpus.documents),
        tokens: words.count(corpus.tokens),
        run: run.id,
        created: run.createdAt.slice(0, 16).replace('T', ' '),
      }),
    ],
  ]
}

const armLabel = ({ id, model }: ArmResult, words: Words): string =>
  words('arm.heads', {
    name: id === model.name ? id : `${id} (${model.name})`,
    query: model.queryHeads,
    kv: model.kvHeads,
    size: model.headDim,
    layers: model.layers,
  })

/** The verdict on the candidate that the page is about, in a sentence; the table has those on the others. */
function verdictSentence(results: Results, money: Money | null, words: Words): Block[] {
  const main = mainCandidate(results, money)
  const comparison = main === undefined ? undefined : decidingComparison(results, main.id)
  if (main === undefined || comparison === undefined) return []
  return [
    {
      kind: 'paragraph',
      tone: verdictTone(comparison.verdict),
      text: verdictText(results, main.id, comparison, words),
    },
  ]
}

function verdictText(
  { corpus }: Results,
  candidate: string,
  { metric, verdict, relative, margin }: ComparisonResult,
  words: Words,
): string {
  if (verdict === null || verdict === 'insufficient-data')
    return words('verdict.insufficient-data.text', { documents: corpus.documents })
  return words(`verdict.${verdict}.text`, {
    metric: metricLabel(metric, words),
    relative: words.signedPercent(relative.value),
    low: words.signedPercent(relative.ci95?.[0] ?? null),
    high: words.signedPercent(relative.ci95?.[1] ?? null),
    margin: margin === null ? 'n/a' : words.percent(margin),
    candidate,
  })
}

function assumedLine(money: Money, words: Words): Block {
  const count = (key: Parameters<typeof assumptionOf>[1]) => numberText(assumptionOf(money, key), '#,##0')
  return {
    kind: 'live-paragraph',
    tone: 'muted',
    cell: textCell(
      liveMessage(words('assumed'), {
        requests: count('requestsPerMonth'),
        input: count('inputTokens'),
        output: count('outputTokens'),
        latency: numberText(assumptionOf(money, 'latencyTarget'), '0.0'),
        horizon: count('horizon'),
        rate: numberText(assumptionOf(money, 'discountRate'), '0.0%'),
        sheet: literal(money.words('sheet.assumptions')),
      }),
    ),
  }
}

const OUTCOMES = ['kept', 'undecided', 'notEvaluated', 'worse'] as const

/** Conditions for every outcome that occurs, naming its candidates where there are several. */
function nextRows(results: Results, money: Money | null, words: Words): [string, string][] {
  const outcomes = candidateOutcomes(results)
  const keys = {
    kept: ['next.kept.1', 'next.kept.2', money === null ? 'next.kept.noMoney' : 'next.kept.money'],
    undecided: ['next.undecided.1', 'next.undecided.2', 'next.undecided.3'],
    notEvaluated: ['next.notEvaluated.1', 'next.notEvaluated.2', 'next.notEvaluated.3'],
    worse: ['next.worse.1', 'next.worse.2', 'next.worse.3'],
  } as const
  return OUTCOMES.filter((outcome) => outcomes[outcome].length > 0).map((outcome): [string, string] => {
    const advice = keys[outcome]
      .map((key, index) => `${index + 1}. ${words(key, { conditions: words('sheet.conditions') })}`)
      .join(' ')
    const of = candidatesOf(results).length > 1 ? `${outcomes[outcome].join(', ')}: ` : ''
    return [words('next.heading'), `${of}${advice}`]
  })
}
