// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'

import {
  type ChartTheme,
  type ChartWords,
  chartOption,
} from '../../../src/renderer/components/chart/chart-option.ts'
import { type ChartSpec, chartTable, chartTsv } from '../../../src/renderer/components/chart/chart-spec.ts'
import DataChart from '../../../src/renderer/components/chart/data-chart.vue'
import { eventually } from '../fakes/eventually.ts'
import { mountWith } from '../fakes/mount-with.ts'

const drawing = vi.hoisted(() => ({ setOption: vi.fn(), resize: vi.fn(), dispose: vi.fn() }))
const init = vi.hoisted(() => vi.fn(() => drawing))
vi.mock('../../../src/renderer/components/chart/echarts.ts', () => ({ init }))
afterEach(() => void vi.clearAllMocks())

const SPEC: ChartSpec = {
  title: 'TTFT',
  kind: 'line',
  x: { label: '文脈長', type: 'log', unit: 'トークン' },
  y: { label: 'TTFT', unit: 'ms', from0: true },
  series: [
    {
      name: 'baseline',
      color: 0,
      provenance: 'measured',
      points: [
        { x: 1024, y: 141.25, low: 136, high: 146 },
        { x: 256, y: 28.5, low: 27, high: 30 },
      ],
    },
    {
      name: 'tab\tname',
      color: 1,
      provenance: 'estimated',
      points: [
        { x: 256, y: null },
        { x: 2048, y: 250 },
      ],
    },
  ],
}

test('the table has a row for each x in order, and a gap where a series has no value', () => {
  expect(chartTable(SPEC)).toEqual({
    xs: [256, 1024, 2048],
    columns: [
      {
        series: SPEC.series[0],
        hasInterval: true,
        points: [{ x: 256, y: 28.5, low: 27, high: 30 }, { x: 1024, y: 141.25, low: 136, high: 146 }, null],
      },
      {
        series: SPEC.series[1],
        hasInterval: false,
        points: [{ x: 256, y: null }, null, { x: 2048, y: 250 }],
      },
    ],
  })
})

test('the values for a spreadsheet are raw numbers, and n/a where there is none', () => {
  expect(chartTsv(SPEC, { low: '下限', high: '上限' })).toBe(
    [
      '文脈長 (トークン)\tbaseline TTFT (ms)\tbaseline 下限\tbaseline 上限\ttab name TTFT (ms)',
      '256\t28.5\t27\t30\tn/a',
      '1024\t141.25\t136\t146\tn/a',
      '2048\tn/a\tn/a\tn/a\t250',
    ].join('\n'),
  )
})

test('the chart is drawn once, described in words, and drawn again when its values change', async () => {
  const { wrapper } = await mountWith(DataChart, { props: { spec: SPEC } })
  await eventually(() => expect(drawing.setOption).toHaveBeenCalledTimes(1))
  expect(wrapper.get('[role=img]').attributes('aria-label')).toBe(
    'TTFT。横軸は文脈長 (トークン)、縦軸はTTFT (ms)、系列は baseline, tab\tname です。値は「表で見る」で確認できます。',
  )
  await wrapper.setProps({ spec: { ...SPEC, title: 'TPOT' } })
  await eventually(() => expect(drawing.setOption).toHaveBeenCalledTimes(2))
  expect(init).toHaveBeenCalledTimes(1)
  wrapper.unmount()
  expect(drawing.dispose).toHaveBeenCalledTimes(1)
})

test('the same values stand in a table, which can be reached and read without the drawing', async () => {
  const { wrapper } = await mountWith(DataChart, { props: { spec: SPEC } })
  await wrapper.get('button').trigger('click')
  await flushPromises()
  expect(wrapper.find('[role=img]').exists()).toBe(false)
  expect(wrapper.get('[role=region]').attributes('tabindex')).toBe('0')
  expect(wrapper.findAll('tbody tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))).toEqual([
    ['256', '28.5', '27', '30', 'n/a'],
    ['1,024', '141.3', '136', '146', 'n/a'],
    ['2,048', 'n/a', 'n/a', 'n/a', '250'],
  ])
  expect(wrapper.findAll('thead .provenance-mark').map((mark) => mark.text())).toEqual(['実測', '推計'])
})

test('without a canvas the table is shown instead', async () => {
  init.mockImplementationOnce(() => {
    throw new Error('no canvas')
  })
  const { wrapper } = await mountWith(DataChart, { props: { spec: SPEC } })
  await eventually(() => expect(wrapper.find('table').exists()).toBe(true))
  expect(wrapper.findAll('button').map((button) => button.text())).toEqual(['値をコピー'])
})

test('without any value it says so', async () => {
  const spec: ChartSpec = { ...SPEC, series: [{ ...SPEC.series[1]!, points: [{ x: 256, y: null }] }] }
  const { wrapper } = await mountWith(DataChart, { props: { spec } })
  expect(wrapper.text()).toBe('TTFT表示できる値がありません。')
  expect(init).not.toHaveBeenCalled()
})

const THEME: ChartTheme = {
  text: '#111',
  muted: '#666',
  border: '#ccc',
  surface: '#fff',
  font: 'sans-serif',
  seriesColor: (color) => (typeof color === 'number' ? (['#00f', '#f40'][color] ?? '') : color),
}
const WORDS: ChartWords = {
  value: (y) => `${y} ms`,
  tick: String,
  place: String,
  provenance: ({ provenance }) => provenance,
  interval: (low, high) => `${low}..${high}`,
  unavailable: 'n/a',
}
/** The parts of the option that are asserted here. */
interface DrawnOption {
  readonly series: readonly { type: string; name: string; lineStyle?: { type: string; color: string } }[]
  readonly tooltip: { formatter: (points: readonly { axisValue: number }[]) => string; renderMode: string }
}

test('estimated lines are dashed, intervals are bands, and the tooltip tells everything in plain text', () => {
  const option = chartOption(SPEC, THEME, WORDS, 600) as unknown as DrawnOption
  expect(
    option.series.map(({ type, name, lineStyle }) => [type, name, lineStyle?.type, lineStyle?.color]),
  ).toEqual([
    ['line', 'baseline', 'solid', '#00f'],
    ['line', 'tab\tname', 'dashed', '#f40'],
    ['custom', 'baseline', undefined, undefined],
  ])
  expect(option.tooltip.renderMode).toBe('richText')
  expect(option.tooltip.formatter([{ axisValue: 256 }])).toBe(
    '256\nbaseline: 28.5 ms measured\n    27 ms..30 ms\ntab\tname: n/a estimated',
  )
})

test('a tornado lies: names downwards, values along', () => {
  const spec: ChartSpec = {
    title: 'NPV',
    kind: 'tornado',
    x: { label: '前提', type: 'category' },
    y: { label: '変化' },
    series: [{ name: '悲観', color: 'bad', provenance: 'estimated', points: [{ x: 'PUE', y: -3 }] }],
  }
  expect(chartOption(spec, THEME, WORDS, 600)).toMatchObject({
    xAxis: { type: 'value' },
    yAxis: { type: 'category', inverse: true },
    series: [{ type: 'bar', data: [[-3, 'PUE']], barGap: '-100%', itemStyle: { color: 'bad' } }],
  })
})

test('names under bars are broken over lines while their words fit, else written aslant', () => {
  const labels = (names: readonly string[], width: number) =>
    chartOption(
      {
        title: 'TCO',
        kind: 'stacked',
        x: { label: '費目', type: 'category', names },
        y: { label: '金額' },
        series: [],
      },
      THEME,
      WORDS,
      width,
    )['xAxis'] as { readonly axisLabel: object; readonly name?: string }
  expect(labels(['運用人件費', 'gqa'], 250).axisLabel).toMatchObject({ width: 66, overflow: 'break' })
  expect(labels(['Maintenance', 'gqa'], 250).axisLabel).toMatchObject({ rotate: 35 })
  expect(labels(['Maintenance', 'gqa'], 400).axisLabel).toMatchObject({ width: 141, overflow: 'break' })
  expect(labels(['a'], 400).name).toBeUndefined()
})

test('on a logarithmic axis what is not above 0 is a gap', () => {
  const [series] = SPEC.series
  const spec: ChartSpec = {
    ...SPEC,
    y: { label: 'ms', isLogarithmic: true },
    series: [{ ...series!, points: [0, -1, 3].map((y, index) => ({ x: 2 ** index, y })) }],
  }
  expect(chartOption(spec, THEME, WORDS, 600)).toMatchObject({
    yAxis: { type: 'log', logBase: 10 },
    series: [
      {
        data: [
          [1, null],
          [2, null],
          [4, 3],
        ],
      },
    ],
  })
})

test('stacked bars stand on one without ink, which the tooltip does not tell', () => {
  const spec: ChartSpec = {
    title: 'TCO',
    kind: 'stacked',
    x: { label: '費目', type: 'category', names: ['a', 'b'] },
    y: { label: '金額' },
    series: [
      { name: '', color: 'none', provenance: 'estimated', points: [{ x: 'b', y: 2 }] },
      { name: '減少', color: 'good', provenance: 'measured', points: [{ x: 'b', y: 3 }] },
    ],
  }
  const option = chartOption(spec, THEME, WORDS, 600)
  expect(option).toMatchObject({
    xAxis: { data: ['a', 'b'] },
    series: [
      { stack: 'all', itemStyle: { color: 'transparent' } },
      { stack: 'all', itemStyle: { color: 'good' } },
    ],
  })
  const { tooltip } = option as unknown as { tooltip: { formatter: (at: readonly object[]) => string } }
  expect(tooltip.formatter([{ axisValue: 'b' }])).toBe('b\n減少: 3 ms measured')
})
