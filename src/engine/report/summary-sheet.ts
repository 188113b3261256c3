import { localizeWarning } from '../../shared/messages/warnings.ts'
import type { ArmResult, ComparisonResult, Results } from '../../shared/results.ts'
import {
  baselineOf,
  candidatesOf,
  decidingComparison,
  intervalCells,
  metricLabel,
  provenanceCell,
  verdictLabel,
  verdictTone,
} from './figures.ts'
import { type Block, number, type SheetModel, text } from './sheet-model.ts'
import type { Words } from './words.ts'

/** More would push the advice off the page; the rest is on the sheet of conditions. */
const SHOWN_WARNINGS = 8

/** One page that decides: verdicts in a sentence, the key figures, the bad news, what to do next. */
export function summarySheet(results: Results, words: Words): SheetModel {
  const candidates = candidatesOf(results)
  return {
    name: words('sheet.summary'),
    widths: [30, 46, 13, 13, 13, 12],
    onePage: true,
    blocks: [
      { kind: 'title', text: words('title') },
      about(results, words),
      { kind: 'heading', text: words('verdict.heading') },
      ...candidates.map((arm) => verdictBlock(results, arm, words)),
      { kind: 'heading', text: words('keyFigures.heading') },
      keyFigures(results, candidates, words),
      { kind: 'paragraph', text: words('provenance.legend'), tone: 'muted' },
      { kind: 'heading', text: words('attention.heading') },
      ...attention(results, words),
      { kind: 'heading', text: words('next.heading') },
      ...nextSteps(results, words),
    ],
  }
}

function about(results: Results, words: Words): Block {
  const { run, corpus, environment } = results
  const gpu = environment.providerUsed === 'cpu' ? undefined : environment.gpus[0]?.name
  const rows: [string, string][] = [
    [words('created'), run.createdAt],
    [words('run'), run.id],
    [
      words('corpus.label'),
      words('corpus', {
        documents: words.count(corpus.documents),
        tokens: words.count(corpus.tokens),
        bytes: words.count(corpus.bytes),
      }),
    ],
    [words('device.label'), gpu ?? environment.cpu.model],
    [words('baseline'), armLabel(baselineOf(results))],
    ...candidatesOf(results).map((arm): [string, string] => [words('candidate'), armLabel(arm)]),
  ]
  return { kind: 'facts', rows }
}

const armLabel = ({ id, model }: ArmResult): string =>
  `${id === model.name ? id : `${id} (${model.name})`}: n_h ${model.queryHeads}, n_kv ${model.kvHeads}, d_h ${model.headDim}, L ${model.layers}`

function verdictBlock(results: Results, arm: ArmResult, words: Words): Block {
  const comparison = decidingComparison(results, arm.id)
  const verdict = comparison?.verdict ?? null
  const label = `${arm.id}: ${verdictLabel(verdict, words)}`
  const tone = verdictTone(verdict)
  if (comparison === undefined || verdict === null) return { kind: 'verdict', label, text: '', tone }
  if (verdict === 'insufficient-data') {
    return {
      kind: 'verdict',
      label,
      tone,
      text: words('verdict.insufficient-data.text', { documents: results.corpus.documents }),
    }
  }
  const [low, high] = relativeInterval(comparison)
  return {
    kind: 'verdict',
    label,
    tone,
    text: words(`verdict.${verdict}.text`, {
      metric: metricLabel(comparison.metric, words),
      relative: signed(comparison.relative.value, words),
      low: signed(low, words),
      high: signed(high, words),
      margin: comparison.margin === null ? 'n/a' : words.percent(comparison.margin),
      candidate: arm.id,
    }),
  }
}

const signed = (value: number | null, words: Words): string =>
  value === null ? 'n/a' : words.signedPercent(value)

const relativeInterval = ({ relative }: ComparisonResult): readonly [number | null, number | null] =>
  relative.ci95 ?? [null, null]

function keyFigures(results: Results, candidates: readonly ArmResult[], words: Words): Block {
  const longest = results.run.contexts.at(-1)
  return {
    kind: 'table',
    columns: [
      { header: words('candidate'), align: 'left' },
      { header: words('metric'), align: 'left' },
      { header: words('relative'), align: 'right' },
      { header: words('interval.low'), align: 'right' },
      { header: words('interval.high'), align: 'right' },
      { header: words('provenance'), align: 'left' },
    ],
    rows: candidates.flatMap((arm) => {
      const entries: { label: string; comparison: ComparisonResult | undefined }[] = []
      const deciding = decidingComparison(results, arm.id)
      if (deciding !== undefined) {
        const label = words('keyFigure.quality', { metric: metricLabel(deciding.metric, words) })
        entries.push({ label, comparison: deciding })
      }
      if (longest !== undefined) {
        const at = (metric: string): ComparisonResult | undefined =>
          results.comparisons.find(
            (entry) => entry.candidate === arm.id && entry.metric === `${metric}@${longest}`,
          )
        const context = words.count(longest)
        entries.push(
          { label: words('keyFigure.kv', { context }), comparison: at('kvBytes') },
          { label: words('keyFigure.tpot', { context }), comparison: at('tpotMs') },
          { label: words('keyFigure.ttft', { context }), comparison: at('ttftMs') },
        )
      }
      return entries.map(({ label, comparison }) => [
        text(arm.id),
        text(label),
        number(comparison?.relative.value ?? null, 'signedPercent2'),
        ...intervalCells(comparison?.relative.ci95, 'signedPercent2'),
        comparison === undefined
          ? text(words('provenance.unavailable'), { tone: 'muted' })
          : provenanceCell(comparison.relative, words),
      ])
    }),
  }
}

function attention(results: Results, words: Words): Block[] {
  const lines: Block[] = []
  if (!results.selfCheck.passed && results.selfCheck.windows > 0) {
    const difference = results.selfCheck.maxAbsoluteDifference
    lines.push({ kind: 'paragraph', tone: 'bad', text: words('attention.selfCheck', { difference }) })
  }
  for (const arm of candidatesOf(results)) {
    if (decidingComparison(results, arm.id)?.verdict === 'worse') {
      lines.push({ kind: 'paragraph', tone: 'bad', text: words('attention.worse', { candidate: arm.id }) })
    }
    const slower = results.comparisons.filter(
      ({ candidate, metric, ci95 }) =>
        candidate === arm.id && metric.startsWith('tpotMs@') && ci95 !== null && ci95[0] > 0,
    )
    if (slower.length > 0) {
      const contexts = slower.map(({ metric }) => metric.split('@')[1] ?? '').join(', ')
      const message = words('attention.slower', { candidate: arm.id, contexts })
      lines.push({ kind: 'paragraph', tone: 'bad', text: message })
    }
  }
  for (const warning of results.warnings.slice(0, SHOWN_WARNINGS)) {
    lines.push({ kind: 'paragraph', tone: 'caution', text: localizeWarning(warning, words.locale) })
  }
  const hidden = results.warnings.length - SHOWN_WARNINGS
  if (hidden > 0) {
    const sheet = words('sheet.conditions')
    lines.push({
      kind: 'paragraph',
      tone: 'caution',
      text: words('attention.more', { count: hidden, sheet }),
    })
  }
  lines.push({ kind: 'paragraph', tone: 'muted', text: words('attention.training') })
  return lines
}

/** Advice for every verdict that occurs, naming its candidates where there are several. */
function nextSteps(results: Results, words: Words): Block[] {
  const candidates = candidatesOf(results)
  const stepOf = (id: string): Step => {
    const verdict = decidingComparison(results, id)?.verdict
    return verdict === 'kept' || verdict === 'worse' ? verdict : 'undecided'
  }
  return STEPS.flatMap((step): Block[] => {
    const concerned = candidates.filter(({ id }) => stepOf(id) === step).map(({ id }) => id)
    if (concerned.length === 0) return []
    const heading: Block[] =
      candidates.length > 1 ? [{ kind: 'paragraph', text: `${concerned.join(', ')}:` }] : []
    const advice = ([1, 2, 3] as const).map((number): Block => ({
      kind: 'paragraph',
      text: `${number}. ${words(`next.${step}.${number}`)}`,
    }))
    return [...heading, ...advice]
  })
}

const STEPS = ['kept', 'undecided', 'worse'] as const
type Step = (typeof STEPS)[number]
