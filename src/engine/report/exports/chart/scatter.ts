import type { ChartSeries } from '../../../../shared/report-model.ts'
import {
  alongAxis,
  axisTitles,
  type Drawing,
  type Plot,
  plotOf,
  shownValues,
  stepsIn,
  upwardAxis,
} from './frame.ts'
import { lineMark, pointMark, polyline, seriesClass } from './marks.ts'
import { linearScale, logScale, markedAtValues, type Scale } from './scale.ts'

/** Numbers along, points joined by lines; a gap where there is no value. */
export function drawScatter(drawing: Drawing): string {
  const { chart, texts, width, height } = drawing
  const upScale = (top: number, bottom: number): Scale =>
    chart.y.isLogarithmic === true
      ? logScale(shownValues(chart), [bottom, top])
      : linearScale(withNearZero(shownValues(chart)), [bottom, top], stepsIn(bottom - top, 44))
  const labels = upScale(0, height - 80).ticks.map((tick) => texts.axis(tick, chart.y.format))
  const plot = plotOf(drawing, labels, 1)
  const up = upScale(plot.top, plot.bottom)
  const along = alongScale(drawing, plot, width)
  return (
    upwardAxis(drawing, plot, up, chart.y.format) +
    lineMark('axis', [plot.left, plot.bottom], [plot.right, plot.bottom]) +
    alongAxis(drawing, plot, along, chart.x.format, false) +
    axisTitles(drawing, plot, chart.x.title, chart.y.title) +
    chart.series.map((series, index) => drawSeries(drawing, series, index, along, up)).join('')
  )
}

function alongScale({ chart }: Drawing, { left, right }: Plot, width: number): Scale {
  const values = chart.series.flatMap(({ x }) => x.filter((value) => typeof value === 'number'))
  return chart.x.isLogarithmic === true
    ? markedAtValues(logScale(values, [left, right]), values)
    : linearScale(values, [left, right], stepsIn(width, 80))
}

/** An axis begins at 0 unless what is drawn would then fill less than half of it. */
function withNearZero(values: readonly number[]): readonly number[] {
  const least = Math.min(...values)
  const most = Math.max(...values)
  return least > 0 && least < most / 2 ? [0, ...values] : values
}

function drawSeries(drawing: Drawing, series: ChartSeries, index: number, along: Scale, up: Scale): string {
  if (series.color === 'none') return ''
  const { chart, texts } = drawing
  const isShown = (x: number, y: number): boolean =>
    (chart.x.isLogarithmic !== true || x > 0) && (chart.y.isLogarithmic !== true || y > 0)
  const runs: [number, number][][] = [[]]
  const marks: string[] = []
  series.x.forEach((x, place) => {
    const y = series.y[place] ?? null
    if (typeof x !== 'number' || y === null || !isShown(x, y)) {
      runs.push([])
      return
    }
    const point: [number, number] = [along.place(x), up.place(y)]
    runs.at(-1)?.push(point)
    const label = `${series.name}: ${texts.cell(x, chart.x.format)}, ${texts.cell(y, chart.y.format)}`
    marks.push(pointMark(`point ${seriesClass(series)}`, index, point, label))
  })
  const lines = runs
    .filter((run) => run.length > 1)
    .map((run) => polyline(`line ${seriesClass(series)}`, run))
  return lines.join('') + marks.join('')
}
