import type { ChartSeries } from '../../../../shared/report-model.ts'
import { axisTitles, type Drawing, plotOf, shownValues, stepsIn, upwardAxis } from './frame.ts'
import { barMark, LETTERS, lineMark, seriesClass, textMark } from './marks.ts'
import { linearScale, type Scale } from './scale.ts'
import { textWidth, wrapText } from './text-width.ts'

const LINE = 16
const MOST_LINES = 3
/** Of the room that a name has, its columns take this share. */
const FILLED = 0.72

interface Bar {
  readonly series: ChartSeries
  readonly name: string
  readonly from: number
  readonly to: number
  /** Px. */
  readonly x: number
  readonly width: number
}

/** Names along, and above each its columns: side by side, or on top of each other. */
export function drawColumns(drawing: Drawing): string {
  const { chart, texts, width, height } = drawing
  const names = (chart.series[0]?.x ?? []).map(String)
  const values = chart.chart === 'stacked' ? stackEnds(chart.series, names.length) : shownValues(chart)
  const upScale = (top: number, bottom: number): Scale =>
    linearScale([0, ...values], [bottom, top], stepsIn(bottom - top, 44))
  const labels = upScale(0, height - 80).ticks.map((tick) => texts.axis(tick, chart.y.format))
  const roomy = plotOf(drawing, labels, 1)
  const slot = (width - 18 - roomy.left) / Math.max(1, names.length)
  const wrapped = names.map((name) => wrapText(name, slot - 6, LETTERS, MOST_LINES))
  const plot = plotOf(drawing, labels, Math.max(1, ...wrapped.map((lines) => lines.length)))
  const up = upScale(plot.top, plot.bottom)
  const bars = chart.chart === 'stacked' ? stackedBars : besideBars
  return (
    upwardAxis(drawing, plot, up, chart.y.format) +
    bars(chart.series, names, plot.left, slot)
      .map((bar) => drawBar(drawing, bar, up))
      .join('') +
    lineMark('axis', [plot.left, up.place(0)], [plot.right, up.place(0)]) +
    wrapped
      .flatMap((lines, index) =>
        lines.map((line, row) =>
          textMark(
            'tick',
            line,
            [plot.left + slot * (index + 0.5), plot.bottom + LINE * (row + 1) + 2],
            'middle',
          ),
        ),
      )
      .join('') +
    axisTitles(drawing, plot, chart.x.title, chart.y.title)
  )
}

function besideBars(
  series: readonly ChartSeries[],
  names: readonly string[],
  left: number,
  slot: number,
): Bar[] {
  const width = (slot * FILLED) / Math.max(1, series.length)
  return names.flatMap((name, index) =>
    series.flatMap((one, place): Bar[] => {
      const to = one.y[index] ?? null
      const x = left + slot * (index + (1 - FILLED) / 2) + width * place
      return to === null ? [] : [{ series: one, name, from: 0, to, x, width: width - 2 }]
    }),
  )
}

/** As spreadsheets do: what is positive stands on what is positive, what is negative hangs from what is negative. */
function stackedBars(
  series: readonly ChartSeries[],
  names: readonly string[],
  left: number,
  slot: number,
): Bar[] {
  return names.flatMap((name, index) => {
    const ends = { positive: 0, negative: 0 }
    return series.flatMap((one): Bar[] => {
      const value = one.y[index] ?? null
      if (value === null) return []
      const side = value < 0 ? 'negative' : 'positive'
      const from = ends[side]
      ends[side] += value
      const x = left + slot * (index + (1 - FILLED) / 2)
      return [{ series: one, name, from, to: ends[side], x, width: slot * FILLED }]
    })
  })
}

const stackEnds = (series: readonly ChartSeries[], names: number): readonly number[] =>
  stackedBars(series, Array.from({ length: names }, String), 0, 1).map(({ to }) => to)

function drawBar({ chart, texts }: Drawing, { series, name, from, to, x, width }: Bar, up: Scale): string {
  const value = to - from
  if (series.color === 'none' || value === 0) return ''
  const label = `${series.name}, ${name}: ${texts.cell(value, chart.y.format)}`
  const bar = barMark(`bar ${seriesClass(series)}`, [x, up.place(from)], [x + width, up.place(to)], label)
  const figure = texts.axis(Number(value.toPrecision(3)), chart.y.format)
  const end = Math.min(up.place(from), up.place(to))
  const isRoomy = textWidth(figure, LETTERS) <= width + 12
  const isBeside = chart.chart === 'column'
  if (!isRoomy || (!isBeside && !isAlone(chart.series, series, name))) return bar
  return bar + textMark('value', figure, [x + width / 2, end - 5], 'middle')
}

/** Whether a stack shows nothing but this series at a name, as the steps of a waterfall do. */
const isAlone = (all: readonly ChartSeries[], series: ChartSeries, name: string): boolean => {
  const place = series.x.findIndex((x) => String(x) === name)
  return all.every((other) => other === series || other.color === 'none' || (other.y[place] ?? 0) === 0)
}
