/** Charts as DrawingML (ECMA-376 part 1, §21.2), with the values they show cached. The order of elements is the schema's. */
import type { Currency } from '../../shared/roi/assumptions.ts'
import type { Addresses } from './addresses.ts'
import { axesXml, axisIds } from './chart-axes.ts'
import { area, fill, GRID, line, strokes, textOf, title, xml } from './chart-shapes.ts'
import { numberFormat } from './number-formats.ts'
import type { Chart, ChartSeries, NumberFormat, Reference } from './sheet-model.ts'
import { escapeXml } from './xml.ts'

const NAMESPACES =
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" ' +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'

/** A chart as the part of a package that holds it. Pure. */
export function chartXml(chart: Chart, addresses: Addresses, currency: Currency | null): string {
  const parts = new ChartParts(chart, addresses, currency)
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    `<c:chartSpace ${NAMESPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/>` +
    `<c:chart>${title(chart.title, { size: 11, isBold: true, isVertical: false })}` +
    `<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>${parts.plot()}${axesXml(chart, currency)}</c:plotArea>` +
    `${legend(chart)}<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart>` +
    `<c:spPr>${fill('FFFFFF')}${line(GRID, { width: 0.5 })}</c:spPr>${textOf(9)}</c:chartSpace>`
  )
}

class ChartParts {
  readonly #chart: Chart
  readonly #addresses: Addresses
  readonly #currency: Currency | null

  constructor(chart: Chart, addresses: Addresses, currency: Currency | null) {
    this.#chart = chart
    this.#addresses = addresses
    this.#currency = currency
  }

  plot(): string {
    const series = this.#chart.series.map((each, index) => this.#series(each, index)).join('')
    const axes = axisIds
    switch (this.#chart.chart) {
      case 'scatter':
        return `<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>${series}${axes}</c:scatterChart>`
      case 'column':
        return bars(series, axes, { direction: 'col', grouping: 'clustered', gap: 70, overlap: 0 })
      case 'stacked':
        return bars(series, axes, { direction: 'col', grouping: 'stacked', gap: 45, overlap: 100 })
      case 'tornado':
        return bars(series, axes, { direction: 'bar', grouping: 'clustered', gap: 40, overlap: 100 })
    }
  }

  #series(series: ChartSeries, index: number): string {
    const { reference } = series
    const start =
      `<c:ser><c:idx val="${index}"/><c:order val="${index}"/>` +
      `<c:tx>${this.#texts(reference.name, [series.name])}</c:tx>`
    const up = this.#numbers(reference.y, series.y, this.#format(this.#chart.y.format))
    const names = series.x.map(String)
    const numbers = series.x.filter((value): value is number => typeof value === 'number')
    const isNumeric = numbers.length === series.x.length
    const along = isNumeric
      ? this.#numbers(reference.x, numbers, this.#format(this.#chart.x.format))
      : this.#texts(reference.x, names)
    return this.#chart.chart === 'scatter'
      ? `${start}${strokes(series)}<c:xVal>${along}</c:xVal><c:yVal>${up}</c:yVal><c:smooth val="0"/></c:ser>`
      : `${start}${area(series)}${this.#labels(series)}<c:cat>${along}</c:cat><c:val>${up}</c:val></c:ser>`
  }

  /** The amounts of a waterfall's steps, none for a step of 0. */
  #labels({ color }: ChartSeries): string {
    const { chart, y } = this.#chart
    if (chart !== 'stacked' || color === 'none') return ''
    const [positive = ''] = this.#format(y.format).split(';')
    return (
      `<c:dLbls><c:numFmt formatCode="${xml(`${positive};;`)}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>` +
      `${textOf(8)}<c:dLblPos val="ctr"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>` +
      '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
  }

  #texts(reference: Reference, values: readonly string[]): string {
    const points = values.map((value, index) => `<c:pt idx="${index}"><c:v>${xml(value)}</c:v></c:pt>`)
    return `<c:strRef>${this.#place(reference, values.length)}<c:strCache><c:ptCount val="${values.length}"/>${points.join('')}</c:strCache></c:strRef>`
  }

  #numbers(reference: Reference, values: readonly (number | null)[], format: string): string {
    const points = values.map((value, index) =>
      value === null || !Number.isFinite(value) ? '' : `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`,
    )
    return (
      `<c:numRef>${this.#place(reference, values.length)}<c:numCache><c:formatCode>${xml(format)}</c:formatCode>` +
      `<c:ptCount val="${values.length}"/>${points.join('')}</c:numCache></c:numRef>`
    )
  }

  #place(reference: Reference, count: number): string {
    const { first, last } = this.#addresses.ends(reference)
    const cells = Math.abs(last.row - first.row) + Math.abs(last.column - first.column) + 1
    if (cells !== count)
      throw new Error(`the chart "${this.#chart.title}" has ${count} values for ${cells} cells`)
    return `<c:f>${escapeXml(this.#addresses.printReference(reference, null))}</c:f>`
  }

  #format(format: NumberFormat): string {
    return numberFormat(format, this.#currency)
  }
}

const bars = (
  series: string,
  axes: string,
  shape: { direction: 'bar' | 'col'; grouping: 'clustered' | 'stacked'; gap: number; overlap: number },
): string =>
  `<c:barChart><c:barDir val="${shape.direction}"/><c:grouping val="${shape.grouping}"/><c:varyColors val="0"/>${series}` +
  `<c:gapWidth val="${shape.gap}"/><c:overlap val="${shape.overlap}"/>${axes}</c:barChart>`

/** Below the chart, without what is drawn without ink; none for a single series, which the title names. */
function legend({ series }: Chart): string {
  const hidden = series.flatMap(({ color }, index) => (color === 'none' ? [index] : []))
  if (series.length - hidden.length < 2) return ''
  const entries = hidden.map(
    (index) => `<c:legendEntry><c:idx val="${index}"/><c:delete val="1"/></c:legendEntry>`,
  )
  return `<c:legend><c:legendPos val="b"/>${entries.join('')}<c:overlay val="0"/>${textOf(9)}</c:legend>`
}
