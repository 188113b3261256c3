import type { Chart, ChartSeries } from '../../../../shared/report-model.ts'
import { drawChart } from '../chart/draw-chart.ts'
import { lineMark, pointMark, seriesClass } from '../chart/marks.ts'
import type { Page } from './page.ts'
import { element, escapeHtml } from './escape.ts'

/** Widths of charts are rounded to columns of a grid of so many. */
const GRID_COLUMNS = 12

/** Px, so that letters stay readable where charts share one printed page with everything else. */
const FLAT = 170

/**
 * A chart with its title, its legend, and its values as a table that can be opened.
 *
 * @param isFlat whether its sheet has to fit on one printed page
 */
export function chartBlock(chart: Chart, id: string, isFlat: boolean, page: Page): string {
  const columns = Math.max(1, Math.round(chart.width * GRID_COLUMNS))
  return element(
    'figure',
    { class: `chart span${columns}` },
    element(
      'figcaption',
      {},
      escapeHtml(`${chart.title}${isEstimate(chart) ? page.words('notMeasured') : ''}`),
    ) +
      legend(chart, page) +
      drawChart(chart, id, page.texts, isFlat ? FLAT : Infinity) +
      element(
        'details',
        {},
        element('summary', {}, escapeHtml(page.words('values'))) +
          element('div', { class: 'wide' }, valueTable(chart, page)),
      ),
  )
}

const shownSeries = ({ series }: Chart): readonly ChartSeries[] =>
  series.filter(({ color }) => color !== 'none')

/** Nothing in the chart was measured: said once, in its title. */
const isEstimate = (chart: Chart): boolean => shownSeries(chart).every(({ isMeasured }) => !isMeasured)

function legend(chart: Chart, page: Page): string {
  const items = chart.series.flatMap((one, index) =>
    one.color === 'none'
      ? []
      : [
          element(
            'li',
            {},
            swatch(one, index, chart.chart === 'scatter') + escapeHtml(seriesName(one, chart, page)),
          ),
        ],
  )
  return items.length === 0 ? '' : element('ul', { class: 'legend' }, items.join(''))
}

const seriesName = ({ name, isMeasured }: ChartSeries, chart: Chart, { words }: Page): string =>
  `${name}${isMeasured || isEstimate(chart) ? '' : words('notMeasured')}`

function swatch(series: ChartSeries, index: number, isLine: boolean): string {
  const name = seriesClass(series)
  const drawn = isLine
    ? lineMark(`line ${name}`, [0, 7], [28, 7]) + pointMark(`point ${name}`, index, [14, 7])
    : element('rect', { class: `bar ${name}`, x: 8, y: 1, width: 12, height: 12 }, '')
  return element('svg', { class: 'swatch', viewBox: '0 0 28 14', 'aria-hidden': 'true' }, drawn)
}

/** Every place along the axis once, with what the series have there. */
function valueTable(chart: Chart, page: Page): string {
  const { x, y } = chart
  const shown = shownSeries(chart)
  const places = [...new Set(shown.flatMap((one) => [...one.x]))]
  if (places.every((place) => typeof place === 'number')) places.sort((a, b) => a - b)
  const header = [x.title, ...shown.map((one) => seriesName(one, chart, page))]
    .map((title, index) =>
      element('th', { scope: 'col', class: index === 0 ? undefined : 'right' }, escapeHtml(title)),
    )
    .join('')
  const rows = places.map((place) => {
    const label = typeof place === 'number' ? page.texts.cell(place, x.format) : place
    const values = shown.map((one) => {
      const value = one.y[one.x.indexOf(place)] ?? null
      return value === null
        ? missingCell(page)
        : element('td', { class: 'right' }, escapeHtml(page.texts.cell(value, y.format)))
    })
    return element('tr', {}, element('th', { scope: 'row' }, escapeHtml(label)) + values.join(''))
  })
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, header)) + element('tbody', {}, rows.join('')),
  )
}

const missingCell = ({ words }: Page): string =>
  element('td', { class: 'right muted' }, escapeHtml(words('missing')))
