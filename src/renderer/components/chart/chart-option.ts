/** A chart's description as an option of ECharts. */
import type { EChartsCoreOption } from 'echarts/core'

import { BAR_LAYOUT, intervalBand, intervalWhiskers, isBounded } from './chart-intervals.ts'
import {
  type ChartPoint,
  type ChartSeries,
  type ChartSpec,
  type SeriesColor,
  toldSeries,
  withUnit,
} from './chart-spec.ts'
import { symbolPlace } from './series-look.ts'

/** Colours and type of the current theme. */
export interface ChartTheme {
  readonly text: string
  readonly muted: string
  readonly border: string
  readonly surface: string
  readonly font: string
  seriesColor(color: SeriesColor): string
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

/** Series differ by symbol, too. */
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const

/** What the pointer's place on the horizontal axis tells, one line a series. */
function tooltipText(spec: ChartSpec, words: ChartWords, at: number | string): string {
  const lines = toldSeries(spec).flatMap((series) => {
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

/**
 * The whole chart as ECharts takes it. Dashed lines and paler bars are not measured.
 *
 * @param width of the drawing in pixels
 */
export function chartOption(
  spec: ChartSpec,
  theme: ChartTheme,
  words: ChartWords,
  width: number,
): EChartsCoreOption {
  const isLying = spec.kind === 'tornado'
  const isNamed = isLying || spec.x.names !== undefined
  const axisText = { color: theme.muted, fontFamily: theme.font }
  const axis = {
    nameTextStyle: axisText,
    axisLine: { lineStyle: { color: theme.border } },
    axisTick: { lineStyle: { color: theme.border } },
    splitLine: { lineStyle: { color: theme.border, opacity: 0.6 } },
  }
  const places = {
    ...axis,
    type: spec.x.type,
    ...(spec.x.type === 'log' ? { logBase: spec.x.base ?? 2 } : {}),
    ...(spec.x.names === undefined ? {} : { data: [...spec.x.names] }),
    ...(spec.x.type === 'value' ? { scale: true } : {}),
    splitLine: { show: false },
    ...(isLying ? { inverse: true } : {}),
    // Names along the axis tell what they are; its own name would stand between them and the bars.
    ...(isNamed ? {} : { name: withUnit(spec.x), nameLocation: 'middle', nameGap: 28 }),
    axisLabel: {
      ...axisText,
      formatter: (x: number | string) => words.place(x),
      ...(spec.x.type === 'category' ? nameLayout(spec, width) : { hideOverlap: true }),
    },
  }
  const values = {
    ...axis,
    ...(spec.y.isLogarithmic === true ? { type: 'log', logBase: 10 } : { type: 'value' }),
    name: withUnit(spec.y),
    ...(isLying
      ? { nameLocation: 'middle', nameGap: 28 }
      : { nameTextStyle: { ...axisText, align: 'left' }, nameGap: 12 }),
    scale: spec.y.from0 !== true && spec.kind !== 'stacked' && !isLying,
    axisLabel: { ...axisText, formatter: (y: number) => words.tick(y), hideOverlap: true },
  }
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.text },
    grid: { left: 16, right: 24, top: isLying ? 8 : 32, bottom: 32, containLabel: true },
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
    xAxis: isLying ? values : places,
    yAxis: isLying ? places : values,
    series: [...drawnSeries(spec, theme), ...drawnIntervals(spec, theme)],
  }
}

/** Pixels beside the bars: ticks of the other axis, and the margins. */
const BESIDE_BARS = 110
const NAME_SIZE = 11
/** Of letters that are no Japanese, in widths of one that is. */
const LETTER_WIDTH = 0.58

/** Names are written in full, on several lines where they must be, and aslant where a word would be torn. */
function nameLayout({ kind, x }: ChartSpec, width: number): Record<string, unknown> {
  if (kind === 'tornado') return { interval: 0, width: Math.min(150, width * 0.32), overflow: 'break' }
  if (x.names === undefined) return {}
  const room = Math.floor((width - BESIDE_BARS) / x.names.length)
  const longestWord = Math.max(
    ...x.names.flatMap((name) => name.match(/[!-~]+/g) ?? []).map(({ length }) => length),
    0,
  )
  const isTorn = longestWord * LETTER_WIDTH * NAME_SIZE > room
  return {
    interval: 0,
    fontSize: NAME_SIZE,
    ...(isTorn ? { rotate: 35, width: 110, overflow: 'truncate' } : { width: room - 4, overflow: 'break' }),
  }
}

const placeOn = (spec: ChartSpec, x: ChartPoint['x']): number | string =>
  spec.x.type === 'category' ? String(x) : Number(x)

function drawnSeries(spec: ChartSpec, theme: ChartTheme): Record<string, unknown>[] {
  return spec.series.map((series) => {
    const color = theme.seriesColor(series.color)
    const isMeasured = series.provenance === 'measured'
    const isDrawn = (y: number | null): boolean => spec.y.isLogarithmic !== true || (y !== null && y > 0)
    const rows = series.points.map(({ x, y }) => [placeOn(spec, x), isDrawn(y) ? y : null])
    const common = { name: series.name, z: 3, emphasis: { disabled: true } }
    if (spec.kind === 'line') {
      return {
        ...common,
        type: 'line',
        data: rows,
        symbol: SYMBOLS[symbolPlace(series.color)],
        // A point that stands alone is a mark, not one of a line's.
        symbolSize: rows.length === 1 ? 12 : 7,
        showAllSymbol: true,
        connectNulls: false,
        lineStyle: { color, width: 2, type: isMeasured ? 'solid' : 'dashed' },
        itemStyle: { color },
      }
    }
    return {
      ...common,
      type: 'bar',
      data: spec.kind === 'tornado' ? rows.map(([x, y]) => [y, x]) : rows,
      ...barsOf(spec.kind),
      itemStyle: barStyle(series, color),
    }
  })
}

/** Bars beside each other, on top of each other, or both ways from 0. */
function barsOf(kind: ChartSpec['kind']): Record<string, unknown> {
  if (kind === 'stacked') return { stack: 'all', barCategoryGap: '30%', barMaxWidth: 64 }
  if (kind === 'tornado') return { barGap: '-100%', barCategoryGap: '30%', barMaxWidth: 22 }
  return { ...BAR_LAYOUT, barMaxWidth: 48 }
}

function barStyle({ color, provenance }: ChartSeries, drawn: string): Record<string, unknown> {
  if (color === 'none') return { color: 'transparent' }
  return provenance === 'measured'
    ? { color: drawn, borderRadius: [2, 2, 0, 0] }
    : { color: drawn, opacity: 0.55, borderColor: drawn, borderWidth: 1.5, borderType: 'dashed' }
}

function drawnIntervals(spec: ChartSpec, theme: ChartTheme): Record<string, unknown>[] {
  if (spec.kind !== 'line' && spec.kind !== 'bar') return []
  return spec.series.flatMap((series, index) => {
    if (!series.points.some(isBounded)) return []
    return spec.kind === 'line'
      ? [intervalBand(series, theme.seriesColor(series.color), (x) => placeOn(spec, x))]
      : [intervalWhiskers(series, theme.text, index, spec.series.length)]
  }) as Record<string, unknown>[]
}
