import type { ChartSeries } from '../../../../shared/report-model.ts'
import { alongAxis, axisTitles, type Drawing, plotOf, shownValues, stepsIn } from './frame.ts'
import { barMark, LETTERS, seriesClass, textMark } from './marks.ts'
import { linearScale, type Scale } from './scale.ts'
import { textWidth, wrapText } from './text-width.ts'

/** Names take at most this share of the width. */
const MOST_NAME_SHARE = 0.36
const THICKNESS = 0.64

/** Names downwards, and beside each a bar from 0 to either side for each series. */
export function drawTornado(drawing: Drawing): string {
  const { chart, texts, width } = drawing
  const names = (chart.series[0]?.x ?? []).map(String)
  const room = width * MOST_NAME_SHARE
  const wrapped = names.map((name) => wrapText(name, room, LETTERS, 2))
  const plot = plotOf(drawing, wrapped.flat(), 1)
  // Room for the figures at the ends of the bars.
  const inner: [number, number] = [plot.left + 44, plot.right - 44]
  const along = linearScale([0, ...shownValues(chart)], inner, stepsIn(inner[1] - inner[0], 90))
  const row = (plot.bottom - plot.top) / Math.max(1, names.length)
  const middle = (index: number): number => plot.top + row * (index + 0.5)
  const bars = chart.series.flatMap((series) =>
    series.y.flatMap((value, index) =>
      value === null || series.color === 'none'
        ? []
        : [drawBar(drawing, series, names[index] ?? '', value, along, middle(index), row)],
    ),
  )
  return (
    alongAxis({ ...drawing, texts }, plot, along, chart.y.format, true) +
    wrapped
      .flatMap((lines, index) =>
        lines.map((line, place) => {
          const y = middle(index) + LETTERS / 3 + (place - (lines.length - 1) / 2) * (LETTERS + 2)
          return textMark('tick', line, [plot.left - 8, y], 'end')
        }),
      )
      .join('') +
    bars.join('') +
    axisTitles(drawing, plot, chart.y.title, chart.x.title)
  )
}

function drawBar(
  { chart, texts }: Drawing,
  series: ChartSeries,
  name: string,
  value: number,
  along: Scale,
  middle: number,
  row: number,
): string {
  const half = (row * THICKNESS) / 2
  const label = `${series.name}, ${name}: ${texts.cell(value, chart.y.format)}`
  const bar = barMark(
    `bar ${seriesClass(series)}`,
    [along.place(0), middle - half],
    [along.place(value), middle + half],
    label,
  )
  if (value === 0) return bar
  const figure = texts.axis(Number(value.toPrecision(3)), chart.y.format)
  if (textWidth(figure, LETTERS) > 60) return bar
  const [x, anchor] = value < 0 ? [-5, 'end' as const] : [5, 'start' as const]
  return bar + textMark('value', figure, [along.place(value) + x, middle + LETTERS / 3], anchor)
}
