/** 95 % intervals on a chart: bands behind lines, whiskers on bars. */
import type { CustomSeriesOption } from 'echarts/charts'

import type { ChartPoint, ChartSeries } from './chart-spec.ts'

/** How bars stand beside each other; whiskers follow them. */
export const BAR_LAYOUT = { barGap: '15%', barCategoryGap: '35%' } as const
const CAP_HALF_WIDTH = 5

interface Bounded extends ChartPoint {
  readonly y: number
  readonly low: number
  readonly high: number
}

export const isBounded = (point: ChartPoint): point is Bounded =>
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
export function intervalBand(
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
export function intervalWhiskers(
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
      const offset = api.barLayout({ count, ...BAR_LAYOUT })?.[index]?.offsetCenter ?? 0
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
