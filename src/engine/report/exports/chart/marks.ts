import type { ChartSeries } from '../../../../shared/report-model.ts'
import { element, escapeHtml } from '../html/escape.ts'

/** Size of all letters in charts, px. */
export const LETTERS = 12

/** As many colours as there are for arms; further arms begin again, with another shape. */
const ARM_COLORS = 4
const SHAPES = ['circle', 'square', 'triangle', 'diamond'] as const

type Point = readonly [x: number, y: number]

/** Coordinates need no more than a hundredth of a pixel; equal results give equal text. */
const px = (value: number): string => String(Math.round(value * 100) / 100)

/** The classes by which the page colours what belongs to a series. */
export const seriesClass = ({ color, isMeasured }: ChartSeries): string =>
  `${typeof color === 'number' ? `arm${color % ARM_COLORS}` : color}${isMeasured ? '' : ' unmeasured'}`

export const lineMark = (name: string, [x1, y1]: Point, [x2, y2]: Point): string =>
  element('line', { class: name, x1: px(x1), y1: px(y1), x2: px(x2), y2: px(y2) }, '')

export const polyline = (name: string, points: readonly Point[]): string =>
  element('polyline', { class: name, points: points.map(([x, y]) => `${px(x)},${px(y)}`).join(' ') }, '')

/** A point in the shape that belongs to the place of its series. */
export function pointMark(name: string, series: number, [x, y]: Point, label = ''): string {
  const content = label === '' ? '' : element('title', {}, escapeHtml(label))
  const polygon = (corners: readonly Point[]): string =>
    element(
      'polygon',
      { class: name, points: corners.map((corner) => corner.map(px).join(',')).join(' ') },
      content,
    )
  switch (SHAPES[series % SHAPES.length]!) {
    case 'circle':
      return element('circle', { class: name, cx: px(x), cy: px(y), r: 4 }, content)
    case 'square':
      return element('rect', { class: name, x: px(x - 3.5), y: px(y - 3.5), width: 7, height: 7 }, content)
    case 'triangle':
      return polygon([
        [x, y - 5],
        [x + 4.6, y + 3.6],
        [x - 4.6, y + 3.6],
      ])
    case 'diamond':
      return polygon([
        [x, y - 5],
        [x + 5, y],
        [x, y + 5],
        [x - 5, y],
      ])
  }
}

/** A bar between two corners, in any order. */
export function barMark(name: string, [x1, y1]: Point, [x2, y2]: Point, label: string): string {
  const [x, y] = [Math.min(x1, x2), Math.min(y1, y2)]
  const [width, height] = [px(Math.abs(x2 - x1)), px(Math.abs(y2 - y1))]
  return element(
    'rect',
    { class: name, x: px(x), y: px(y), width, height },
    element('title', {}, escapeHtml(label)),
  )
}

/** One line of letters; `anchor` says which end of it, or its middle, stands at the point. */
export const textMark = (
  name: string,
  text: string,
  [x, y]: Point,
  anchor: 'start' | 'middle' | 'end',
): string => element('text', { class: name, x: px(x), y: px(y), 'text-anchor': anchor }, escapeHtml(text))
