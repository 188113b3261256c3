import { MAX_YEARS } from '../../../shared/roi/assumptions.ts'
import { liveMessage } from '../live-text.ts'
import { type Block, type NumberFormat, type TableColumn } from '../sheet-model.ts'
import { chosenName } from './chosen-figures.ts'
import type { Live } from './live.ts'
import { type MoneyReport, ofCase, ofChosen, sumOfCase, sumOfChosen } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'
import { COST_KINDS } from './waterfall.ts'
import { type YearRow, yearTable } from './year-columns.ts'

/** Demand, the baseline and doing nothing are the same in every candidate's cases. */
const ANY_CANDIDATE = '0.standard'

type Way = 'doNothing' | 'baseline' | 'candidate'

/** What every year costs, kind by kind, if nothing is done, with the baseline, and with the chosen candidate. */
export const costTables = (report: MoneyReport, words: MoneyWords): readonly Block[] =>
  (['doNothing', 'baseline', 'candidate'] as const).map((way) =>
    yearTable(report, wayColumn(report, way, words), costRows(report, way, words), words),
  )

function wayColumn(report: MoneyReport, way: Way, words: MoneyWords): TableColumn {
  if (way !== 'candidate') return { header: words(way), align: 'left' }
  const { formula, result } = liveMessage(words('costs.candidate'), { candidate: chosenName(report) })
  return { header: result, align: 'left', formula }
}

function costRows(report: MoneyReport, way: Way, words: MoneyWords): readonly YearRow[] {
  const of =
    (key: string) =>
    (year: number): Live =>
      way === 'candidate'
        ? ofChosen(report, 'standard', `${way}.${key}.${year}`)
        : ofCase(report, ANY_CANDIDATE, `${way}.${key}.${year}`)
  const total = (key: string): Live =>
    way === 'candidate'
      ? sumOfChosen(report, 'standard', `${way}.${key}`, MAX_YEARS)
      : sumOfCase(report, ANY_CANDIDATE, `${way}.${key}`, MAX_YEARS)
  const provenance = words('provenance.estimated')
  const row = (
    key: 'devices' | 'served' | 'cost' | (typeof COST_KINDS)[number],
    format: NumberFormat,
    hasTotal: boolean,
  ): YearRow => ({
    label: words(`row.${key}`),
    format,
    // There is nothing to answer yet when the decision is made.
    of: (year) => (key === 'served' && year === 0 ? null : of(key)(year)),
    total: hasTotal ? total(key) : null,
    provenance,
  })
  return [
    row('devices', 'integer', false),
    ...COST_KINDS.map((kind) => row(kind, 'money', true)),
    { ...row('cost', 'money', true), isBold: true },
    ...(way === 'doNothing' ? [row('served', 'percent1', false)] : []),
  ]
}

/** The chosen candidate against the baseline, year by year. */
export function flowTable(report: MoneyReport, words: MoneyWords): Block {
  const row = (key: 'flow' | 'cumulative' | 'discounted' | 'discountedCumulative'): YearRow => ({
    label: words(`row.${key}`),
    format: 'signedMoney',
    of: (year) => ofChosen(report, 'standard', `${key}.${year}`),
    total: key === 'flow' || key === 'discounted' ? sumOfChosen(report, 'standard', key, MAX_YEARS) : null,
    provenance: words('provenance.estimated'),
  })
  return yearTable(
    report,
    { header: words('flows.row'), align: 'left' },
    (['flow', 'cumulative', 'discounted', 'discountedCumulative'] as const).map(row),
    words,
  )
}

/** Working time saved for users: never cash. */
export function hoursTable(report: MoneyReport, words: MoneyWords): Block {
  const row: YearRow = {
    label: words('hours.row'),
    format: 'integer',
    of: (year) => (year === 0 ? null : ofCase(report, ANY_CANDIDATE, `hoursSaved.${year}`)),
    total: ofCase(report, ANY_CANDIDATE, 'hoursSavedTotal'),
    provenance: words('provenance.assumed'),
  }
  return yearTable(report, { header: words('item'), align: 'left' }, [row], words)
}
