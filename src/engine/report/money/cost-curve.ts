import { MAX_YEARS } from '../../../shared/roi/assumptions.ts'
import {
  at,
  between,
  type Block,
  type Cell,
  type Chart,
  type ChartSeries,
  formula,
  number,
  text,
} from '../sheet-model.ts'
import { liveCell } from './live.ts'
import { caseId, type MoneyReport, ofCase } from './money-report.ts'
import type { MoneyWords } from './money-words.ts'
import { workingsRow, workingsTable } from './workings-row.ts'

const YEARS = Array.from({ length: MAX_YEARS + 1 }, (_, year) => year)

/** What is spent up to a year, of the baseline (0) and the candidates (from 1 on). */
const costId = (arm: number, year: number): string => `chart.cost.${arm}.${year}`
const yearId = (year: number): string => `chart.cost.year.${year}`
const nameId = (arm: number): string => `chart.cost.name.${arm}`

interface Curve {
  readonly name: string
  /** The case that it is taken from, and the series there. */
  readonly of: string
  readonly key: string
  readonly values: readonly (number | null)[]
}

/** The baseline costs the same in every candidate's cases. */
function curves(report: MoneyReport): readonly Curve[] {
  const { baseline, candidates } = report.inputs
  const curve = (name: string, of: string, key: string): Curve => {
    let total: number | null = 0
    const values = YEARS.map((year) => {
      const cost = ofCase(report, of, `${key}.${year}`).value
      total = total === null || cost === null ? null : total + cost
      return total
    })
    return { name, of, key, values }
  }
  return [
    curve(baseline.id, '0.standard', 'baseline.cost'),
    ...candidates.map(({ id }, place) => curve(id, `${place}.standard`, 'candidate.cost')),
  ]
}

/** Years beyond the horizon fall onto its last one, where nothing is spent any more. */
const shownYear = ({ inputs }: MoneyReport, year: number): number =>
  Math.min(year, inputs.assumptions.values.horizon.value)

export function costTable(report: MoneyReport, words: MoneyWords): Block {
  const all = curves(report)
  const names: readonly Cell[] = [
    text(words('chart.cost.year')),
    ...all.map(({ name }, arm): Cell => ({ ...text(name), id: nameId(arm) })),
  ]
  const costCell = ({ of, key, values }: Curve, arm: number, year: number): Cell => {
    const cost = at(caseId(of, `${key}.${year}`))
    const accumulated = year === 0 ? [cost] : formula`${at(costId(arm, year - 1))}+${cost}`
    return liveCell({ formula: accumulated, value: values[year]! }, 'price', { id: costId(arm, year) })
  }
  const rows = YEARS.map((year) => {
    const shown = { formula: formula`MIN(${year},${at('a.horizon')})`, value: shownYear(report, year) }
    return workingsRow(
      text(words('chart.cost.row')),
      number(year, 'integer'),
      words.unit('currency'),
      [
        liveCell(shown, 'integer', { id: yearId(year) }),
        ...all.map((curve, arm) => costCell(curve, arm, year)),
      ],
      words,
    )
  })
  return workingsTable(names, rows, words)
}

/** What is spent up to each year: where two lines meet, a candidate breaks even with the baseline. */
export function costChart(report: MoneyReport, words: MoneyWords, width: number): Chart {
  return {
    kind: 'chart',
    chart: 'scatter',
    title: words('chart.cost.title'),
    alt: words('chart.cost.alt'),
    x: { title: words('chart.cost.year'), format: 'integer' },
    y: { title: words('chart.cost.y', { unit: words.unit('currency') }), format: 'money' },
    series: curves(report).map(({ name, values }, arm): ChartSeries => ({
      name,
      color: arm,
      x: YEARS.map((year) => shownYear(report, year)),
      y: values,
      isMeasured: false,
      reference: {
        name: at(nameId(arm)),
        x: between(yearId(0), yearId(MAX_YEARS)),
        y: between(costId(arm, 0), costId(arm, MAX_YEARS)),
      },
    })),
    width,
    height: 14,
  }
}
