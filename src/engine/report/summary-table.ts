import type { Figure, Results } from '../../shared/results.ts'
import {
  decisionText,
  decisionTones,
  liveOf,
  type Money,
  placeInMoney,
  shownAnswer,
  shownFormula,
} from './decisions.ts'
import {
  baselineOf,
  candidatesOf,
  comparisonOf,
  decidingComparison,
  provenanceLabel,
  verdictLabel,
  verdictTone,
  verdictTones,
} from './figures.ts'
import { textCell } from './live-text.ts'
import { type Block, type Cell, empty, number, type TableColumn, text } from './sheet-model.ts'
import type { Words } from './words.ts'

/** One column of the table: a cell for every candidate, and how its figures came about. */
interface Column extends TableColumn {
  readonly cell: (candidate: string) => Cell
  /** Of the baseline; left out, a dash. */
  readonly baseline?: Cell
  /** Undefined where a column holds no figures. */
  readonly origin?: (candidate: string) => string
}

/** Column widths of the page: those of its widest table. */
export const comparisonWidths = (money: Money | null): readonly number[] =>
  money === null
    ? [34, 12, 21, 17, 26, 28, 26, 26, 24]
    : [30, 11, 17, 12, 23, 17, 15, 18, 18, 18, 18, 18, 21, 20]

/** Today, and every candidate against it, one row each: quality, memory, time, money, decision. */
export function comparisonTable(results: Results, money: Money | null, words: Words): Block {
  const columns: Column[] = [
    ...technicalColumns(results, money, words),
    ...(money === null ? [] : moneyColumns(money, words)),
    {
      header: words('column.decision'),
      align: 'left',
      cell: (candidate) => textCell(decisionText(results, candidate, money, words)),
    },
  ]
  const candidates = candidatesOf(results).map(({ id }) => id)
  return {
    kind: 'table',
    columns: columns.map(({ header, align }) => ({ header, align })),
    rows: [
      columns.map(({ baseline = text('–', { tone: 'muted' }) }) => baseline),
      ...candidates.map((candidate) => columns.map(({ cell }) => cell(candidate))),
      columns.map(({ origin }, index) => {
        if (index === 0) return text(words('provenance'), { tone: 'muted' })
        if (origin === undefined) return empty
        return text([...new Set(candidates.map(origin))].join('・'), { tone: 'muted' })
      }),
    ],
    toneRules: [
      ...verdictTones(words),
      ...decisionTones(words),
      ...(money === null ? [] : [{ text: money.words('noAnswer.never'), tone: 'bad' as const }]),
    ],
  }
}

function technicalColumns(results: Results, money: Money | null, words: Words): Column[] {
  const longest = results.run.contexts.at(-1)
  const context = longest === undefined ? 'n/a' : words.count(longest)
  const relative = (header: string, of: (candidate: string) => Figure | undefined): Column => ({
    header,
    align: 'right',
    cell: (candidate) => number(of(candidate)?.value ?? null, 'signedPercent2'),
    origin: (candidate) => provenanceLabel(of(candidate), words),
  })
  const quality = (candidate: string): Figure | undefined => decidingComparison(results, candidate)?.relative
  const atLongest =
    (metric: string) =>
    (candidate: string): Figure | undefined =>
      comparisonOf(results, candidate, `${metric}@${longest}`)?.relative
  const kvHeads = new Map(results.arms.map(({ id, model }) => [id, model.kvHeads]))
  return [
    {
      header: words('column.candidate'),
      align: 'left',
      cell: (candidate) => text(candidate, { bold: true }),
      baseline: text(words('row.baseline', { arm: baselineOf(results).id })),
    },
    {
      header: words('column.heads'),
      align: 'right',
      cell: (candidate) => number(kvHeads.get(candidate) ?? null, 'integer'),
      baseline: number(baselineOf(results).model.kvHeads, 'integer'),
    },
    {
      header: words('verdict'),
      align: 'left',
      cell: (candidate) => {
        const verdict = decidingComparison(results, candidate)?.verdict ?? null
        return text(verdictLabel(verdict, words), { tone: verdictTone(verdict) })
      },
    },
    relative(words('column.quality'), quality),
    {
      header: words('column.interval'),
      align: 'right',
      cell: (candidate) => {
        const interval = quality(candidate)?.ci95
        if (interval === undefined) return { kind: 'missing' }
        const [low, high] = interval.map((end) => words.signedPercent(end))
        return text(words('interval', { low: low!, high: high! }))
      },
      origin: (candidate) => provenanceLabel(quality(candidate), words),
    },
    relative(words('column.kv', { context }), atLongest('kvBytes')),
    relative(words('column.tpot', { context }), atLongest('tpotMs')),
    // Money needs the room.
    ...(money === null ? [relative(words('column.ttft', { context }), atLongest('ttftMs'))] : []),
  ]
}

function moneyColumns(money: Money, words: Words): Column[] {
  const currency = money.words.unit('currency')
  const column = (header: string, of: (place: number) => Cell): Column => ({
    header,
    align: 'right',
    cell: (candidate) => {
      const place = placeInMoney(money, candidate)
      return place === null ? { kind: 'missing' } : of(place)
    },
    origin: (candidate) =>
      words(placeInMoney(money, candidate) === null ? 'provenance.unavailable' : 'provenance.estimated'),
  })
  const answer =
    (key: 'savings' | 'npv', scenario: 'standard' | 'pessimistic' = 'standard') =>
    (place: number): Cell => ({
      kind: 'formula',
      ...shownAnswer(money, place, key, scenario),
      format: 'signedMoney',
    })
  return [
    column(words('column.outlay', { currency }), (place) => {
      const { formula, value } = liveOf(money, place, 'flow.0')
      const outlay = { formula: ['-', ...formula], value: value === null ? null : 0 - value }
      return { kind: 'formula', ...shownFormula(outlay), format: 'money' }
    }),
    {
      ...column(words('column.tco', { currency }), (place) => ({
        kind: 'formula',
        ...shownFormula(liveOf(money, place, 'candidate.tco')),
        format: 'money',
      })),
      // The baseline costs the same beside every candidate.
      baseline: { kind: 'formula', ...shownFormula(liveOf(money, 0, 'baseline.tco')), format: 'money' },
    },
    column(words('column.savings', { currency }), answer('savings')),
    column(words('column.npv', { currency }), answer('npv')),
    column(words('column.npvPessimistic', { currency }), answer('npv', 'pessimistic')),
    column(words('column.payback'), (place) => ({
      kind: 'formula',
      ...shownAnswer(money, place, 'payback'),
      format: 'years1',
    })),
  ]
}
