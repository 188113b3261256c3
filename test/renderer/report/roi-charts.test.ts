import { expect, test } from 'vitest'

import { chartTable, chartTsv } from '../../../src/renderer/components/chart/chart-spec.ts'
import { createFormatter } from '../../../src/renderer/format.ts'
import { createI18n, type Translate } from '../../../src/renderer/i18n.ts'
import type { AnswerVocabulary } from '../../../src/renderer/views/report/roi/answers.ts'
import { answer } from '../../../src/renderer/views/report/roi/answers.ts'
import {
  costChart,
  tornadoChart,
  waterfallChart,
} from '../../../src/renderer/views/report/roi/chart-specs.ts'
import { sheetChart, sheetRows } from '../../../src/renderer/views/report/sheet-charts.ts'
import type { Chart } from '../../../src/shared/report-model.ts'
import { defaultAssumptions } from '../fakes/assumptions.ts'
import { roiCandidate, roiResult } from '../fakes/roi.ts'

const vocabulary: AnswerVocabulary = {
  t: createI18n('en').global.t as Translate,
  words: { say: (key) => key, unit: (unit) => unit },
  format: createFormatter('en', 'JPY'),
}
const assumptions = defaultAssumptions()
const candidate = roiCandidate('gqa', assumptions)
const charted = { result: roiResult('run', assumptions), candidate, arm: 1 }
const { standard } = candidate.scenarios

test('the waterfall goes from the baseline’s total to the candidate’s without a gap', () => {
  const { series, x } = waterfallChart(charted, vocabulary)
  const at = (place: number, name: string): number =>
    series[place]?.points.find((point) => point.x === name)?.y ?? 0
  let level = standard.baseline.tco ?? 0
  for (const part of x.names?.slice(1, -1) ?? []) {
    const [base, less, more] = [at(0, part), at(2, part), at(3, part)]
    expect(less > 0 ? base + less : base).toBeCloseTo(level, 6)
    level = less > 0 ? base : base + more
  }
  expect(level).toBeCloseTo(standard.candidate.tco ?? 0, 6)
  expect(series.map(({ color }) => color)).toEqual(['none', 0, 'good', 'bad', 1])
})

test('the base of a waterfall is neither a column of its table nor a value to copy; parts it has not are blank', () => {
  const spec = waterfallChart(charted, vocabulary)
  expect(chartTable(spec).columns.map(({ series }) => series.name)).toEqual([
    'baseline',
    'Less',
    'More',
    'gqa',
  ])
  expect(chartTable(spec).xs).toEqual([
    'baseline',
    'Purchases',
    'Power',
    'Maintenance',
    'Operation',
    'One-off',
    'gqa',
  ])
  expect(chartTsv(spec, { low: '', high: '' }).split('\n')[1]).toBe(
    `baseline\t${standard.baseline.tco}\t\t\t`,
  )
})

test('break-even stands where the lines of cumulative cost cross', () => {
  const [baseline, own, , mark] = costChart(charted, vocabulary).series
  const height = (points: readonly { y: number | null }[] = [], at: number): number => {
    const [low, high] = [points[Math.floor(at)]?.y ?? 0, points[Math.ceil(at)]?.y ?? 0]
    return low + (high - low) * (at - Math.floor(at))
  }
  const [point] = mark?.points ?? []
  expect(point?.x).toBe(standard.payback)
  expect(point?.y).toBeCloseTo(height(baseline?.points, standard.payback ?? 0), 3)
  expect(point?.y).toBeCloseTo(height(own?.points, standard.payback ?? 0), 3)
})

test('without a payback there is no mark; with an unknown year the line ends', () => {
  const years = standard.candidate.years.map((year) => (year.year < 2 ? year : { ...year, cost: null }))
  const unknown = { ...standard, payback: null, candidate: { ...standard.candidate, years } }
  const other = { ...candidate, scenarios: { ...candidate.scenarios, standard: unknown } }
  const { series } = costChart({ ...charted, candidate: other }, vocabulary)
  expect(series).toHaveLength(3)
  expect(series[1]?.points.map(({ y }) => y === null)).toEqual([false, false, true, true, true, true])
})

test('the tornado shows changes of the present value, the strongest first', () => {
  const { series } = tornadoChart(charted, vocabulary)
  const [first] = candidate.tornado
  expect(series.map(({ points }) => points[0])).toEqual([
    { x: `assumption.${first?.key}`, y: (first?.npvPessimistic ?? 0) - (standard.npv ?? 0) },
    { x: `assumption.${first?.key}`, y: (first?.npvOptimistic ?? 0) - (standard.npv ?? 0) },
  ])
})

test('no answer is put into words, and is bad only where it is', () => {
  const none = {
    ...standard,
    npv: null,
    savings: null,
    payback: null,
    irr: null,
    noAnswers: { ...standard.noAnswers, npv: 'cannot-serve', payback: 'never', irr: 'several-sign-changes' },
  } as const
  expect(
    (['npv', 'savings', 'payback', 'irr', 'roi'] as const).map((metric) => answer(metric, none, vocabulary)),
  ).toEqual([
    { text: 'noAnswer.cannot-serve', tone: 'bad', isNumber: false },
    { text: 'noAnswer.cannot-serve', tone: 'bad', isNumber: false },
    { text: 'noAnswer.never', tone: 'bad', isNumber: false },
    { text: 'noAnswer.several-sign-changes', tone: 'muted', isNumber: false },
    { text: vocabulary.format.percent(standard.roi ?? 0), tone: 'good', isNumber: true },
  ])
})

const CHART: Chart = {
  kind: 'chart',
  chart: 'scatter',
  title: 'costs',
  alt: '',
  x: { title: 'year', format: 'integer' },
  y: { title: 'cost', format: 'money' },
  series: [{ name: 'a', color: 0, x: [0, 1, 2, 2], y: [1, null, 3, 3], isMeasured: false }],
  width: 0.5,
  height: 10,
}

test('a chart of the workbook: years beyond the horizon fall together, gaps stay', () => {
  expect(sheetChart(CHART, 'USD')).toEqual({
    title: 'costs',
    kind: 'line',
    x: { label: 'year', type: 'value' },
    y: { label: 'cost', format: 'money', currency: 'USD', from0: true },
    series: [
      {
        name: 'a',
        color: 0,
        provenance: 'estimated',
        points: [
          { x: 0, y: 1 },
          { x: 1, y: null },
          { x: 2, y: 3 },
        ],
      },
    ],
  })
})

test('an axis of the workbook is logarithmic, fitted to its values, or from 0', () => {
  const axis = { title: 'MiB', format: 'decimal2' } as const
  const x = { title: 'context', format: 'integer', isLogarithmic: true } as const
  const [series] = CHART.series
  const of = (xs: readonly number[], y: Chart['y']) => {
    const drawn = sheetChart({ ...CHART, x, y, series: [{ ...series!, x: xs, y: [1, 2] }] }, null)
    return [drawn.x.type, drawn.x.base, drawn.y.isLogarithmic, drawn.y.from0]
  }
  expect([
    of([256, 1024], { ...axis, isLogarithmic: true }),
    of([5000, 10_000], { ...axis, isFitted: true }),
    of([5000, 10_000], axis),
  ]).toEqual([
    ['log', 2, true, undefined],
    ['log', 10, undefined, false],
    ['log', 10, undefined, true],
  ])
})

test('charts stand beside each other while they fit', () => {
  const heading = { kind: 'heading', text: 'h' } as const
  const wide = { ...CHART, width: 1 }
  expect(sheetRows([CHART, CHART, CHART, heading, wide])).toEqual([
    { kind: 'charts', charts: [CHART, CHART] },
    { kind: 'charts', charts: [CHART] },
    heading,
    { kind: 'charts', charts: [wide] },
  ])
})
