import type { Chart } from '../../../../shared/report-model.ts'
import { element, escapeHtml } from '../html/escape.ts'
import type { NumberTexts } from '../number-text.ts'
import { drawColumns } from './columns.ts'
import type { Drawing } from './frame.ts'
import { drawScatter } from './scatter.ts'
import { drawTornado } from './tornado.ts'

/** Px that a sheet is wide. */
const SHEET_WIDTH = 1080
const ROW_HEIGHT = 22

const DRAW: Readonly<Record<Chart['chart'], (drawing: Drawing) => string>> = {
  scatter: drawScatter,
  column: drawColumns,
  stacked: drawColumns,
  tornado: drawTornado,
}

/**
 * A chart as an SVG element that scales with its place; colours come from the page's classes.
 *
 * @param id unique in the page; the ids of its title and description begin with it
 * @param mostHeight px
 */
export function drawChart(chart: Chart, id: string, texts: NumberTexts, mostHeight: number): string {
  const width = Math.round(SHEET_WIDTH * chart.width) - 16
  const height = Math.min(chart.height * ROW_HEIGHT, mostHeight)
  const names = { title: `${id}-title`, description: `${id}-description` }
  return element(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': `${names.title} ${names.description}`,
    },
    element('title', { id: names.title }, escapeHtml(chart.title)) +
      element('desc', { id: names.description }, escapeHtml(chart.alt)) +
      DRAW[chart.chart]({ chart, texts, width, height }),
  )
}
