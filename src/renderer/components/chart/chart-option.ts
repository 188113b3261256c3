/** A chart's description as an option of ECharts. */
import type { CustomSeriesOption } from 'echarts/charts'
import type { EChartsCoreOption } from 'echarts/core'

import { armPlace } from '../arm-place.ts'
import { type ChartPoint, type ChartSeries, type ChartSpec, withUnit } from './chart-spec.ts'

/** Colours and type of the current theme. */
export interface ChartTheme {
  readonly text: string
  readonly muted: string
  readonly border: string
  readonly surface: string
  readonly font: string
  /** By arm. */
  readonly arms: readonly string[]
}

/** How numbers and origins are written. */
export interface ChartWords {
  /** A value on the vertical axis, in full. */
  value(y: number): string
  /** A value at a tick of that axis, in short. */
  tick(y: number): string
  /** A place on the horizontal axis. */
  place(x: number | string): string
  provenance(series: ChartSeries): string
  interval(low: string, high: string): string
  readonly unavailable: string
}

/** Arms differ by symbol, too. */
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const
const BAR_GAP = '15%'
const BAR_CATEGORY_GAP = '35%'
const CAP_HALF_WIDTH = 5

interface Bounded extends ChartPoint {
  readonly y: number
  readonly low: number
  readonly high: number
}

const isBounded = (point: ChartPoint): point is Bounded =>
  point.y !== null && point.low !== undefined && point.high !== undefined

/** Both ends count for the axis: data rows are [x, y, low, high]. */
const INTERVAL_ENCODE = { x: 0, y: [2, 3] }

/** The neighbours of a point that have an interval, up to the next gap; empty unless the point is the first of them. */
function stretchFrom(points: readonly ChartPoint[], index: number): Bounded[] {
  const before = points[index - 1]
  if (before !== undefined && isBounded(before)) return []
  const rest = points.slice(index)
  const end = rest.findIndex((point) => !isBounded(point))
  return (end === -1 ? rest : rest.slice(0, end)).filter(isBounded)
}

/** The interval as a band behind a line, one piece between two gaps. */
function intervalBand(
  { name, points }: ChartSeries,
  color: string,
  place: (x: ChartPoint['x']) => number | string,
): CustomSeriesOption {
  return {
    type: 'custom',
    name,
    silent: true,
    clip: true,
    z: 1,
    itemStyle: { color },
    encode: INTERVAL_ENCODE,
    data: points.map(({ x, y, low, high }) => [place(x), y ?? NaN, low ?? NaN, high ?? NaN]),
    renderItem: ({ dataIndex }, api) => {
      const stretch = stretchFrom(points, dataIndex)
      if (stretch.length === 0) return null
      const along = (end: 'low' | 'high'): number[][] =>
        stretch.map((point) => api.coord([place(point.x), point[end]]))
      return {
        type: 'polygon',
        shape: { points: [...along('high'), ...along('low').reverse()] },
        style: { fill: color, opacity: 0.16 },
      }
    },
  }
}

/** The interval as a whisker on each bar. */
function intervalWhiskers(
  series: ChartSeries,
  color: string,
  index: number,
  count: number,
): CustomSeriesOption {
  const points = series.points.filter(isBounded)
  return {
    type: 'custom',
    name: series.name,
    silent: true,
    z: 4,
    itemStyle: { color },
    encode: INTERVAL_ENCODE,
    data: points.map(({ x, y, low, high }) => [String(x), y, low, high]),
    renderItem: ({ dataIndex }, api) => {
      const point = points[dataIndex]
      if (point === undefined || api.barLayout === undefined) return null
      const offset =
        api.barLayout({ count, barGap: BAR_GAP, barCategoryGap: BAR_CATEGORY_GAP })?.[index]?.offsetCenter ??
        0
      const [x = 0, top = 0] = api.coord([String(point.x), point.high])
      const [, bottom = 0] = api.coord([String(point.x), point.low])
      const middle = x + offset
      const line = (x1: number, y1: number, x2: number, y2: number) => ({
        type: 'line' as const,
        shape: { x1, y1, x2, y2 },
        style: { stroke: color, lineWidth: 1.5 },
      })
      return {
        type: 'group',
        children: [
          line(middle, top, middle, bottom),
          line(middle - CAP_HALF_WIDTH, top, middle + CAP_HALF_WIDTH, top),
          line(middle - CAP_HALF_WIDTH, bottom, middle + CAP_HALF_WIDTH, bottom),
        ],
      }
    },
  }
}

/** What the pointer's place on the horizontal axis tells, one line a series. */
function tooltipText(spec: ChartSpec, words: ChartWords, at: number | string): string {
  const lines = spec.series.flatMap((series) => {
    const point = series.points.find(({ x }) => String(x) === String(at))
    if (point === undefined) return []
    const value = point.y === null ? words.unavailable : words.value(point.y)
    const interval = isBounded(point)
      ? `\n    ${words.interval(words.value(point.low), words.value(point.high))}`
      : ''
    return [`${series.name}: ${value} ${words.provenance(series)}${interval}`]
  })
  return [words.place(at), ...lines].join('\n')
}

/** The whole chart as ECharts takes it. Dashed lines and paler bars are not measured. */
export function chartOption(spec: ChartSpec, theme: ChartTheme, words: ChartWords): EChartsCoreOption {
  const place = (x: ChartPoint['x']): number | string => (spec.x.type === 'category' ? String(x) : Number(x))
  const colorOf = ({ arm }: ChartSeries): string => theme.arms[armPlace(arm)] ?? theme.text
  const symbolOf = ({ arm }: ChartSeries): string => SYMBOLS[armPlace(arm)] ?? 'circle'

  const drawn = spec.series.map((series) => {
    const color = colorOf(series)
    const isMeasured = series.provenance === 'measured'
    const data = series.points.map(({ x, y }) => [place(x), y])
    return spec.kind === 'line'
      ? {
          type: 'line',
          name: series.name,
          data,
          z: 3,
          symbol: symbolOf(series),
          symbolSize: 7,
          showAllSymbol: true,
          connectNulls: false,
          lineStyle: { color, width: 2, type: isMeasured ? 'solid' : 'dashed' },
          itemStyle: { color },
          emphasis: { disabled: true },
        }
      : {
          type: 'bar',
          name: series.name,
          data,
          z: 3,
          barGap: BAR_GAP,
          barCategoryGap: BAR_CATEGORY_GAP,
          barMaxWidth: 48,
          itemStyle: isMeasured
            ? { color, borderRadius: [2, 2, 0, 0] }
            : { color, opacity: 0.55, borderColor: color, borderWidth: 1.5, borderType: 'dashed' },
          emphasis: { disabled: true },
        }
  })
  const intervals = spec.series.flatMap((series, index) => {
    if (!series.points.some(isBounded)) return []
    const color = colorOf(series)
    return spec.kind === 'line'
      ? [intervalBand(series, color, place)]
      : [intervalWhiskers(series, theme.text, index, spec.series.length)]
  })

  const axisText = { color: theme.muted, fontFamily: theme.font }
  const axis = {
    nameTextStyle: axisText,
    axisLine: { lineStyle: { color: theme.border } },
    axisTick: { lineStyle: { color: theme.border } },
    splitLine: { lineStyle: { color: theme.border, opacity: 0.6 } },
  }
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.text },
    grid: { left: 16, right: 24, top: 32, bottom: 32, containLabel: true },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: theme.surface,
      borderColor: theme.border,
      textStyle: { color: theme.text, fontFamily: theme.font, fontSize: 12 },
      formatter: (points: readonly { readonly axisValue: number | string }[]) =>
        tooltipText(spec, words, points[0]?.axisValue ?? ''),
    },
    xAxis: {
      ...axis,
      type: spec.x.type,
      name: withUnit(spec.x),
      nameLocation: 'middle',
      nameGap: 28,
      ...(spec.x.type === 'log' ? { logBase: 2 } : {}),
      ...(spec.x.type === 'value' ? { scale: true } : {}),
      splitLine: { show: false },
      axisLabel: { ...axisText, formatter: (x: number | string) => words.place(x) },
    },
    yAxis: {
      ...axis,
      type: 'value',
      name: withUnit(spec.y),
      nameTextStyle: { ...axisText, align: 'left' },
      nameGap: 12,
      scale: spec.y.from0 !== true,
      axisLabel: { ...axisText, formatter: (y: number) => words.tick(y) },
    },
    series: [...drawn, ...intervals],
  }
}
