import { MAX_YEARS } from '../../../shared/roi/assumptions.ts'
import {
  at,
  between,
  type Block,
  type Cell,
  type Chart,
  type ChartSeries,
  empty,
  formula,
  text,
} from '../sheet-model.ts'
import { difference, type Live, liveCell } from './live.ts'
import { type MoneyReport, ofChosen, sumOfChosen } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'
import { workingsRow, workingsTable } from './workings-row.ts'

export const COST_KINDS = ['purchaseCost', 'power', 'maintenance', 'operation', 'oneOff'] as const

/** Drawn on top of each other; `base` without ink. */
const COLUMNS = ['base', 'whole', 'more', 'less'] as const
type Column = (typeof COLUMNS)[number]
const COLORS = { base: 'none', whole: 'muted', more: 'bad', less: 'good' } as const

const cellId = (column: Column | 'label' | 'level', row: number): string => `chart.tco.${column}.${row}`
const nameId = (column: Column): string => `chart.tco.name.${column}`

interface Step {
  readonly label: string
  /** TCO after the step: of the baseline, on the way, of the candidate. */
  readonly level: Live
  readonly columns: Readonly<Record<Column, Live>>
}

const zero: Live = { formula: ['0'], value: 0 }

/** From the TCO of the baseline to that of the chosen candidate, one kind of cost after the other. */
function steps(report: MoneyReport, words: MoneyWords): readonly Step[] {
  const whole = (label: string, key: string): Step => {
    const level = ofChosen(report, 'standard', key)
    return { label, level, columns: { base: zero, whole: level, more: zero, less: zero } }
  }
  const all = [whole(words('baseline'), 'baseline.tco')]
  for (const [index, kind] of COST_KINDS.entries()) {
    const sum = (arm: 'baseline' | 'candidate'): Live =>
      sumOfChosen(report, 'standard', `${arm}.${kind}`, MAX_YEARS)
    const change = difference(sum('candidate'), sum('baseline'))
    const before: Live = { formula: [at(cellId('level', index))], value: all[index]!.level.value }
    const here = at(cellId('level', index + 1))
    const level: Live = {
      formula: formula`${before.formula}+${change.formula}`,
      value: before.value === null || change.value === null ? null : before.value + change.value,
    }
    const of = (f: (before: number, after: number) => number): number | null =>
      before.value === null || level.value === null ? null : f(before.value, level.value)
    all.push({
      label: words(`row.${kind}`),
      level,
      columns: {
        base: { formula: formula`MIN(${before.formula},${here})`, value: of(Math.min) },
        whole: zero,
        more: { formula: formula`MAX(${here}-${before.formula},0)`, value: of((a, b) => Math.max(b - a, 0)) },
        less: { formula: formula`MAX(${before.formula}-${here},0)`, value: of((a, b) => Math.max(a - b, 0)) },
      },
    })
  }
  return [...all, whole(words('candidate'), 'candidate.tco')]
}

export function waterfallTable(report: MoneyReport, words: MoneyWords): Block {
  const names: readonly Cell[] = [
    text(words('chart.tco.level')),
    ...COLUMNS.map((column): Cell => ({ ...text(words(`chart.tco.${column}`)), id: nameId(column) })),
  ]
  const rows = steps(report, words).map(({ label, level, columns }, row) =>
    workingsRow(
      { ...text(label), id: cellId('label', row) },
      empty,
      words.unit('currency'),
      [
        liveCell(level, 'price', { id: cellId('level', row) }),
        ...COLUMNS.map((column) => liveCell(columns[column], 'price', { id: cellId(column, row) })),
      ],
      words,
    ),
  )
  return workingsTable(names, rows, words)
}

export function waterfallChart(report: MoneyReport, words: MoneyWords, width: number): Chart {
  const all = steps(report, words)
  const last = all.length - 1
  return {
    kind: 'chart',
    chart: 'stacked',
    title: words('chart.tco.title'),
    alt: words('chart.tco.alt'),
    x: { title: '', format: 'integer' },
    y: { title: words('chart.tco.y', { unit: words.unit('currency') }), format: 'money' },
    series: COLUMNS.map((column): ChartSeries => ({
      name: words(`chart.tco.${column}`),
      color: COLORS[column],
      x: all.map(({ label }) => label),
      y: all.map(({ columns }) => columns[column].value),
      isMeasured: false,
      reference: {
        name: at(nameId(column)),
        x: between(cellId('label', 0), cellId('label', last)),
        y: between(cellId(column, 0), cellId(column, last)),
      },
    })),
    width,
    height: 14,
  }
}
