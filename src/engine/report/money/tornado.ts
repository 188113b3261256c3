import { ASSUMPTION_KEYS, type AssumptionKey } from '../../../shared/roi/assumptions.ts'
import {
  at,
  between,
  type Block,
  type Cell,
  type Chart,
  type ChartSeries,
  empty,
  type Formula,
  formula,
  text,
} from '../sheet-model.ts'
import { difference, type Live, liveCell } from './live.ts'
import { caseId, type MoneyReport, ofCase, ofChosen } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'
import { workingsRow, workingsTable } from './workings-row.ts'

/** How many inputs the tornado has. */
const TORNADO_LENGTH = 10
/** Swings are told apart to this many decimals; those that are equal then stand in the order of the assumptions. */
const SWING_DECIMALS = 2

type SwingColumn = 'low' | 'high' | 'swing' | 'rank' | 'lowDelta' | 'highDelta'
type RankedColumn = 'label' | 'low' | 'high' | 'swing' | 'lowDelta' | 'highDelta'

export const swingId = (column: SwingColumn | 'label', key: AssumptionKey): string => `t.${key}.${column}`
export const rankedId = (column: RankedColumn, rank: number): string => `t.top.${column}.${rank}`
const nameId = (column: 'lowDelta' | 'highDelta'): string => `t.top.name.${column}`

export interface Swing {
  readonly key: AssumptionKey
  /** Net present values with the pessimistic and the optimistic value of this assumption alone. */
  readonly low: number | null
  readonly high: number | null
  readonly lowDelta: number | null
  readonly highDelta: number | null
  readonly swing: number
  /** The first is 1. */
  readonly rank: number
}

/** Every assumption alone at its worst and its best, in the order of the assumptions. */
export function swings(report: MoneyReport): readonly Swing[] {
  const standard = ofChosen(report, 'standard', 'npv').value
  const delta = (npv: number | null): number | null =>
    npv === null || standard === null ? null : npv - standard
  const unranked = ASSUMPTION_KEYS.map((key) => {
    const low = ofCase(report, `selected.${key}.pessimistic`, 'npv').value
    const high = ofCase(report, `selected.${key}.optimistic`, 'npv').value
    const [from, to] = [low ?? standard, high ?? standard]
    const swing = from === null || to === null ? 0 : Math.abs(to - from)
    return { key, low, high, lowDelta: delta(low), highDelta: delta(high), swing }
  })
  const rounded = unranked.map(({ swing }) => Math.round(swing * 10 ** SWING_DECIMALS))
  return unranked.map((one, place) => ({
    ...one,
    rank:
      rounded.filter((other) => other > rounded[place]!).length +
      rounded.slice(0, place + 1).filter((other) => other === rounded[place]).length,
  }))
}

export function swingTable(report: MoneyReport, words: MoneyWords): Block {
  const standard = ofChosen(report, 'standard', 'npv')
  const [first, last] = [ASSUMPTION_KEYS[0]!, ASSUMPTION_KEYS.at(-1)!]
  const rounded = (range: Formula): Formula => formula`ROUND(${range},${SWING_DECIMALS})`
  const all = rounded([between(swingId('swing', first), swingId('swing', last))])
  const rows = swings(report).map((swing) => {
    const { key } = swing
    const live = (column: 'low' | 'high', scenario: 'pessimistic' | 'optimistic'): Live => ({
      formula: [at(caseId(`selected.${key}.${scenario}`, 'npv'))],
      value: swing[column],
    })
    const [low, high] = [live('low', 'pessimistic'), live('high', 'optimistic')]
    const or = (npv: Live): Formula => formula`IFERROR(${npv.formula},${standard.formula})`
    const spread = difference(
      { formula: or(high), value: high.value ?? standard.value },
      { formula: or(low), value: low.value ?? standard.value },
    )
    const this_ = rounded([at(swingId('swing', key))])
    const upToThis = rounded([between(swingId('swing', first), swingId('swing', key))])
    const cells: readonly [SwingColumn, Live][] = [
      ['low', low],
      ['high', high],
      ['swing', { formula: formula`IFERROR(ABS(${spread.formula}),0)`, value: Math.abs(spread.value ?? 0) }],
      [
        'rank',
        {
          formula: formula`SUMPRODUCT(--(${all}>${this_}))+SUMPRODUCT(--(${upToThis}=${this_}))`,
          value: swing.rank,
        },
      ],
      ['lowDelta', difference(low, standard)],
      ['highDelta', difference(high, standard)],
    ]
    return workingsRow(
      { ...text(words(`assumption.${key}`)), id: swingId('label', key) },
      empty,
      words.unit('currency'),
      cells.map(([column, cell]) =>
        liveCell(cell, column === 'rank' ? 'integer' : 'price', { id: swingId(column, key) }),
      ),
      words,
    )
  })
  return workingsTable(columnNames(SWING_COLUMNS, words), rows, words)
}

const SWING_COLUMNS = ['low', 'high', 'swing', 'rank', 'lowDelta', 'highDelta'] as const
const RANKED_COLUMNS = ['low', 'high', 'swing', 'lowDelta', 'highDelta'] as const

const columnNames = (columns: readonly SwingColumn[], words: MoneyWords): readonly Cell[] =>
  columns.map((column) => text(words(`tornado.${column}`)))

/** The assumptions that move the net present value most, the strongest first. */
export const ranked = (report: MoneyReport): readonly Swing[] =>
  swings(report)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, TORNADO_LENGTH)

export function rankedTable(report: MoneyReport, words: MoneyWords): Block {
  const [first, last] = [ASSUMPTION_KEYS[0]!, ASSUMPTION_KEYS.at(-1)!]
  const names = RANKED_COLUMNS.map((column): Cell => {
    const name = text(words(`tornado.${column}`))
    return column === 'lowDelta' || column === 'highDelta' ? { ...name, id: nameId(column) } : name
  })
  const rows = ranked(report).map((swing, index) => {
    const rank = index + 1
    const picked = (column: RankedColumn): Formula =>
      formula`INDEX(${between(swingId(column, first), swingId(column, last))},MATCH(${rank},${between(swingId('rank', first), swingId('rank', last))},0))`
    return workingsRow(
      liveCell({ formula: picked('label'), value: words(`assumption.${swing.key}`) }, 'text', {
        id: rankedId('label', rank),
      }),
      empty,
      words.unit('currency'),
      RANKED_COLUMNS.map((column) =>
        liveCell({ formula: picked(column), value: swing[column] }, 'price', { id: rankedId(column, rank) }),
      ),
      words,
    )
  })
  return workingsTable(names, rows, words)
}

export function tornadoChart(report: MoneyReport, words: MoneyWords, width: number): Chart {
  const top = ranked(report)
  const series = (column: 'lowDelta' | 'highDelta', color: 'bad' | 'good'): ChartSeries => ({
    name: words(`tornado.${column}`),
    color,
    x: top.map(({ key }) => words(`assumption.${key}`)),
    y: top.map((swing) => swing[column]),
    isMeasured: false,
    reference: {
      name: at(nameId(column)),
      x: between(rankedId('label', 1), rankedId('label', TORNADO_LENGTH)),
      y: between(rankedId(column, 1), rankedId(column, TORNADO_LENGTH)),
    },
  })
  return {
    kind: 'chart',
    chart: 'tornado',
    title: words('chart.tornado.title'),
    alt: words('chart.tornado.alt'),
    x: { title: '', format: 'integer' },
    y: { title: words('chart.tornado.y', { unit: words.unit('currency') }), format: 'signedMoney' },
    series: [series('lowDelta', 'bad'), series('highDelta', 'good')],
    width,
    height: 16,
  }
}
