import { VOLUME_FACTORS } from '../roi/index.ts'
import { chosenAnswer, ANSWERS } from './money/answers.ts'
import { shownFormat } from './money/assumption-look.ts'
import { liveCell } from './money/live.ts'
import { chosenLine, optimismCell } from './money/chosen-figures.ts'
import { caseId, type MoneyReport } from './money/money-report.ts'
import type { MoneyWords } from './money/money-words.ts'
import { ranked, rankedId, type Swing, swingId, swings, tornadoChart } from './money/tornado.ts'
import { breakEvenCell, volumeChart, volumes } from './money/volumes.ts'
import { ASSUMPTIONS } from '../../shared/roi/assumptions.ts'
import {
  at,
  type Block,
  type Cell,
  type Formula,
  formula,
  number,
  quoted,
  type SheetModel,
  type TableColumn,
  text,
} from './sheet-model.ts'

/** What the answer depends on: scenarios, every assumption alone, and the volume. */
export function sensitivitySheet(report: MoneyReport, words: MoneyWords): SheetModel {
  return {
    name: words('sheet.sensitivity'),
    widths: [40, 16, 28, 28, 30, 28, 18, 10, 14],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('sheet.sensitivity') },
      { kind: 'live-paragraph', cell: chosenLine(report, words) },
      { kind: 'paragraph', text: words('legend.live', { sheet: words('sheet.assumptions') }), tone: 'muted' },
      { kind: 'paragraph', text: words('legend.money'), tone: 'muted' },
      { kind: 'heading', text: words('scenarios.heading') },
      { kind: 'paragraph', text: words('scenarios.note'), tone: 'muted' },
      scenarioTable(report, words),
      { kind: 'live-paragraph', cell: optimismCell(report, words) },
      { kind: 'live-paragraph', cell: breakEvenCell(report, words) },
      tornadoChart(report, words, 0.5),
      volumeChart(report, words, 0.5),
      { kind: 'heading', text: words('chart.tornado.title') },
      { kind: 'paragraph', text: words('tornado.note'), tone: 'muted' },
      rankedTable(report, words),
      { kind: 'heading', text: words('chart.volume.title') },
      volumeTable(report, words),
      { kind: 'heading', text: words('tornado.all') },
      swingTable(report, words),
    ],
  }
}

const columnsOf = (
  left: readonly string[],
  right: readonly string[],
  words: MoneyWords,
): readonly TableColumn[] => [
  ...left.map((header): TableColumn => ({ header, align: 'left' })),
  ...right.map((header): TableColumn => ({ header, align: 'right' })),
  { header: words('provenance'), align: 'left' },
]

const estimated = (words: MoneyWords): Cell => text(words('provenance.estimated'), { tone: 'muted' })

const SCENARIOS = ['pessimistic', 'standard', 'optimistic'] as const

function scenarioTable(report: MoneyReport, words: MoneyWords): Block {
  return {
    kind: 'table',
    columns: columnsOf(
      [words('item'), words('unit')],
      SCENARIOS.map((scenario) => words(`scenario.${scenario}`)),
      words,
    ),
    rows: ANSWERS.map(({ key }) => [
      text(words(`answer.${key}`)),
      text(words(`answer.${key}.unit`, { amount: words.unit('currency') })),
      ...SCENARIOS.map((scenario) => chosenAnswer(report, scenario, key, words)),
      estimated(words),
    ]),
  }
}

/** A net present value of the workings, or in words that there is none. */
const npvCell = (id: string, value: number | null, words: MoneyWords): Cell => {
  const reason = words('noAnswer.cannot-serve')
  return liveCell(
    { formula: formula`IFERROR(${at(id)},${quoted(reason)})`, value: value ?? reason },
    'signedMoney',
  )
}

function rankedTable(report: MoneyReport, words: MoneyWords): Block {
  return {
    kind: 'table',
    columns: columnsOf(
      [words('item'), words('tornado.rank')],
      [words('tornado.low'), words('tornado.high'), words('tornado.swing')],
      words,
    ),
    rows: ranked(report).map(({ key, low, high, swing }, index) => {
      const rank = index + 1
      return [
        liveCell({ formula: [at(rankedId('label', rank))], value: words(`assumption.${key}`) }, 'text'),
        number(rank, 'integer'),
        npvCell(rankedId('low', rank), low, words),
        npvCell(rankedId('high', rank), high, words),
        liveCell({ formula: [at(rankedId('swing', rank))], value: swing }, 'money'),
        estimated(words),
      ]
    }),
  }
}

function swingTable(report: MoneyReport, words: MoneyWords): Block {
  const bySwing = new Map<string, Swing>(swings(report).map((swing) => [swing.key, swing]))
  return {
    kind: 'table',
    columns: columnsOf(
      [words('item'), words('unit')],
      [
        words('scenario.pessimistic'),
        words('scenario.optimistic'),
        words('tornado.low'),
        words('tornado.high'),
        words('tornado.swing'),
        words('tornado.rank'),
      ],
      words,
    ),
    rows: ASSUMPTIONS.map(({ key, unit }) => {
      const { low, high, swing, rank } = bySwing.get(key)!
      const { pessimistic, optimistic } = report.inputs.assumptions.values[key]
      const assumed = (of: Formula, value: number): Cell =>
        liveCell({ formula: of, value }, shownFormat(unit, [pessimistic, optimistic]))
      return [
        text(words(`assumption.${key}`)),
        text(words.unit(unit)),
        assumed([at(`a.${key}.pessimistic`)], pessimistic),
        assumed([at(`a.${key}.optimistic`)], optimistic),
        npvCell(swingId('low', key), low, words),
        npvCell(swingId('high', key), high, words),
        liveCell({ formula: [at(swingId('swing', key))], value: swing }, 'money'),
        liveCell({ formula: [at(swingId('rank', key))], value: rank }, 'integer'),
        estimated(words),
      ]
    }),
  }
}

function volumeTable(report: MoneyReport, words: MoneyWords): Block {
  return {
    kind: 'table',
    columns: columnsOf(
      [words('volume.factor')],
      [words('assumption.requestsPerMonth'), words('row.npv')],
      words,
    ),
    rows: volumes(report).map(({ requestsPerMonth, npv }, place) => {
      const of = (key: string): string => caseId(`selected.volume.${place}`, key)
      return [
        text(words('volume.times', { factor: VOLUME_FACTORS[place]! })),
        liveCell({ formula: [at(of('requestsPerMonth'))], value: requestsPerMonth }, 'integer'),
        npvCell(of('npv'), npv, words),
        estimated(words),
      ]
    }),
  }
}
