import { MAX_YEARS } from '../../../shared/roi/assumptions.ts'
import {
  at,
  between,
  type Block,
  type Cell,
  empty,
  type Formula,
  formula,
  type NumberFormat,
  quoted,
  type TableColumn,
  text,
} from '../sheet-model.ts'
import { type Live, liveCell } from './live.ts'
import { caseId, type MoneyReport, ofCase, ofChosen, sumOfChosen } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'
import { COST_KINDS } from './waterfall.ts'

const YEARS = Array.from({ length: MAX_YEARS + 1 }, (_, year) => year)
/** Demand, the baseline and doing nothing are the same in every candidate's cases. */
const ANY_CANDIDATE = '0.standard'

/** Something that stands in the row of a year: empty beyond the horizon, which the reader may move. */
function withinHorizon(
  { inputs }: MoneyReport,
  year: number,
  shown: { readonly formula: Formula; readonly value: number | string },
  format: NumberFormat | 'text',
): Cell {
  const isCounted = year <= inputs.assumptions.values.horizon.value
  return liveCell(
    {
      formula: formula`IF(${year}>${at('a.horizon')},"",${shown.formula})`,
      value: isCounted ? shown.value : '',
    },
    format,
  )
}

function yearCell(
  report: MoneyReport,
  year: number,
  figure: Live,
  format: NumberFormat,
  words: MoneyWords,
): Cell {
  const unknown = words('notAvailable')
  const shown = {
    formula: formula`IFERROR(${figure.formula},${quoted(unknown)})`,
    value: figure.value ?? unknown,
  }
  return withinHorizon(report, year, shown, format)
}

/** A row of a year: its label, the year, figures, and where they come from. */
function yearRow(
  report: MoneyReport,
  year: number,
  label: string,
  figures: readonly Cell[],
  provenance: string,
): readonly Cell[] {
  const say = (value: string): Cell =>
    withinHorizon(report, year, { formula: [quoted(value)], value }, 'text')
  return [
    say(label),
    withinHorizon(report, year, { formula: [String(year)], value: year }, 'integer'),
    ...figures,
    say(provenance),
  ]
}

const totalCell = ({ formula: sum, value }: Live, format: NumberFormat, words: MoneyWords): Cell => {
  const unknown = words('notAvailable')
  return liveCell({ formula: formula`IFERROR(${sum},${quoted(unknown)})`, value: value ?? unknown }, format, {
    bold: true,
  })
}

const columnsOf = (left: readonly string[], right: readonly string[], words: MoneyWords): TableColumn[] => [
  ...left.map((header): TableColumn => ({ header, align: 'left' })),
  ...right.map((header): TableColumn => ({ header, align: 'right' })),
  { header: words('provenance'), align: 'left' },
]

const estimated = (words: MoneyWords): Cell => text(words('provenance.estimated'), { tone: 'muted' })

type Way = 'doNothing' | 'baseline' | 'candidate'

/** What every year costs, kind by kind, if nothing is done, with the baseline, and with the chosen candidate. */
export function costTables(report: MoneyReport, words: MoneyWords): Block {
  const of = (way: Way, key: string): Live =>
    way === 'candidate'
      ? ofChosen(report, 'standard', `${way}.${key}`)
      : ofCase(report, ANY_CANDIDATE, `${way}.${key}`)
  const total = (way: Way, key: string): Live => {
    if (way === 'candidate') return sumOfChosen(report, 'standard', `${way}.${key}`, MAX_YEARS)
    const values = YEARS.map((year) => of(way, `${key}.${year}`).value)
    const known = values.filter((value) => value !== null)
    const id = (year: number): string => caseId(ANY_CANDIDATE, `${way}.${key}.${year}`)
    return {
      formula: formula`SUM(${between(id(0), id(MAX_YEARS))})`,
      value: known.length < values.length ? null : known.reduce((sum, value) => sum + value, 0),
    }
  }
  const amounts = [...COST_KINDS, 'cost'] as const
  const answeredShare = (way: Way, year: number): Cell => {
    if (way !== 'doNothing' || year === 0) return empty
    return yearCell(report, year, of(way, `served.${year}`), 'percent1', words)
  }
  return {
    kind: 'table',
    columns: columnsOf(
      [words('option')],
      [
        words('year'),
        words('row.devices'),
        ...amounts.map((kind) => words(`row.${kind}`)),
        words('row.served'),
      ],
      words,
    ),
    rows: (['doNothing', 'baseline', 'candidate'] as const).flatMap((way): (readonly Cell[])[] => [
      [
        text(words(way), { bold: true }),
        text(words('total'), { bold: true }),
        empty,
        ...amounts.map((kind) => totalCell(total(way, kind), 'money', words)),
        empty,
        estimated(words),
      ],
      ...YEARS.map((year) =>
        yearRow(
          report,
          year,
          words(way),
          [
            yearCell(report, year, of(way, `devices.${year}`), 'integer', words),
            ...amounts.map((kind) => yearCell(report, year, of(way, `${kind}.${year}`), 'money', words)),
            answeredShare(way, year),
          ],
          words('provenance.estimated'),
        ),
      ),
    ]),
  }
}

/** The chosen candidate against the baseline, year by year. */
export function flowTable(report: MoneyReport, words: MoneyWords): Block {
  const series = ['flow', 'cumulative', 'discounted', 'discountedCumulative'] as const
  return {
    kind: 'table',
    columns: columnsOf([words('item')], [words('year'), ...series.map((key) => words(`row.${key}`))], words),
    rows: YEARS.map((year) =>
      yearRow(
        report,
        year,
        words('flows.row'),
        series.map((key) =>
          yearCell(report, year, ofChosen(report, 'standard', `${key}.${year}`), 'signedMoney', words),
        ),
        words('provenance.estimated'),
      ),
    ),
  }
}

/** Working time saved for users: never cash. */
export function hoursTable(report: MoneyReport, words: MoneyWords): Block {
  const total = ofCase(report, ANY_CANDIDATE, 'hoursSavedTotal')
  return {
    kind: 'table',
    columns: columnsOf([words('item')], [words('year'), words('hours.column')], words),
    rows: [
      [
        text(words('hours.row'), { bold: true }),
        text(words('total'), { bold: true }),
        totalCell(total, 'integer', words),
        text(words('provenance.assumed'), { tone: 'muted' }),
      ],
      ...YEARS.slice(1).map((year) => {
        const hours = ofCase(report, ANY_CANDIDATE, `hoursSaved.${year}`)
        const figures = [yearCell(report, year, hours, 'integer', words)]
        return yearRow(report, year, words('hours.row'), figures, words('provenance.assumed'))
      }),
    ],
  }
}
