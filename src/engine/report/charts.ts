/** Charts as DrawingML (ECMA-376 part 1, §21.2), with the values they show cached. The order of elements is the schema's. */
import type { Currency } from '../../shared/roi/assumptions.ts'
import type { Addresses } from './addresses.ts'
import { area, AXIS, fill, GRID, line, strokes, textOf, title, xml } from './chart-shapes.ts'
import { numberFormat } from './number-formats.ts'
import type { Chart, ChartSeries, NumberFormat, Reference } from './sheet-model.ts'
import { escapeXml } from './xml.ts'

const AXIS_IDS = { along: 500_000_001, up: 500_000_002 }
/** Whole numbers up to this many are years, marked one by one. */
const MOST_YEARS = 12

/** The last point would be lost where a spreadsheet rounds it beyond the end of its axis. */
const END_ROOM = 1.05

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
    `<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>${parts.plot()}${parts.axes()}</c:plotArea>` +
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
    const axes = `<c:axId val="${AXIS_IDS.along}"/><c:axId val="${AXIS_IDS.up}"/>`
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

  axes(): string {
    const { x, y, chart } = this.#chart
    const isTornado = chart === 'tornado'
    const isScatter = chart === 'scatter'
    const xs = this.#chart.series.flatMap((series) =>
      series.x.filter((value): value is number => typeof value === 'number'),
    )
    const base = x.isLogarithmic === true ? logarithmBase(xs) : null
    const along = axis(isScatter ? 'valAx' : 'catAx', {
      id: AXIS_IDS.along,
      crossed: AXIS_IDS.up,
      title: x.title,
      format: this.#format(x.format),
      // Context lengths are measured: their ends stay. Anything else may change with the assumptions.
      scaling: { base, isReversed: isTornado, ends: base === 2 ? xs : [] },
      position: isTornado ? 'l' : 'b',
      hasGrid: false,
      labels: 'low',
      crosses: 'autoZero',
      end: isScatter
        ? `<c:crossBetween val="midCat"/>${majorUnit(base ?? (isYears(x.format, xs) ? 1 : null))}`
        : '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/>',
    })
    const upBase = y.isLogarithmic === true ? 10 : null
    const up = axis('valAx', {
      id: AXIS_IDS.up,
      crossed: AXIS_IDS.along,
      title: y.title,
      format: this.#format(y.format),
      scaling: { base: upBase, isReversed: false, ends: [] },
      position: isTornado ? 'b' : 'l',
      hasGrid: true,
      labels: isTornado ? 'nextTo' : 'low',
      // With the names from the top down, the axis of values crosses at their end to stand below.
      crosses: isTornado ? 'max' : isScatter ? 'min' : 'autoZero',
      end: `<c:crossBetween val="${isScatter ? 'midCat' : 'between'}"/>${majorUnit(upBase)}`,
    })
    return along + up
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
      : `${start}${area(series)}<c:cat>${along}</c:cat><c:val>${up}</c:val></c:ser>`
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

/** Powers of two, as context lengths are, are marked by doubling; anything else by tens. */
const logarithmBase = (values: readonly number[]): 2 | 10 =>
  values.length > 0 && values.every((value) => Number.isInteger(Math.log2(value))) ? 2 : 10

const isYears = (format: NumberFormat, values: readonly number[]): boolean =>
  format === 'integer' && Math.max(...values) <= MOST_YEARS

const majorUnit = (unit: number | null): string => (unit === null ? '' : `<c:majorUnit val="${unit}"/>`)

interface Axis {
  readonly id: number
  readonly crossed: number
  readonly title: string
  readonly format: string
  readonly scaling: {
    /** Of the logarithm; null on a linear axis. */
    readonly base: number | null
    readonly isReversed: boolean
    /** Values that the axis reaches from and to; none: as far as the spreadsheet thinks fit. */
    readonly ends: readonly number[]
  }
  readonly position: 'b' | 'l'
  readonly hasGrid: boolean
  /** `low`: at the end of the other axis, where bars and lines below 0 do not run through them. */
  readonly labels: 'low' | 'nextTo'
  readonly crosses: 'autoZero' | 'min' | 'max'
  /** The elements after where it crosses. */
  readonly end: string
}

const scaling = ({ base, isReversed, ends }: Axis['scaling']): string =>
  `<c:scaling>${base === null ? '' : `<c:logBase val="${base}"/>`}` +
  `<c:orientation val="${isReversed ? 'maxMin' : 'minMax'}"/>` +
  (ends.length === 0
    ? ''
    : `<c:max val="${Math.max(...ends) * END_ROOM}"/><c:min val="${Math.min(...ends)}"/>`) +
  '</c:scaling>'

const axis = (kind: 'valAx' | 'catAx', options: Axis): string =>
  `<c:${kind}><c:axId val="${options.id}"/>${scaling(options.scaling)}<c:delete val="0"/><c:axPos val="${options.position}"/>` +
  (options.hasGrid
    ? `<c:majorGridlines><c:spPr>${line(GRID, { width: 0.5 })}</c:spPr></c:majorGridlines>`
    : '') +
  (options.title === ''
    ? ''
    : title(options.title, { size: 9, isBold: false, isVertical: options.position === 'l' })) +
  `<c:numFmt formatCode="${xml(options.format)}" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>` +
  `<c:tickLblPos val="${options.labels}"/><c:spPr>${line(AXIS, { width: 0.75 })}</c:spPr>${textOf(9)}` +
  `<c:crossAx val="${options.crossed}"/><c:crosses val="${options.crosses}"/>${options.end}</c:${kind}>`

/** Below the chart, without what is drawn without ink; none for a single series, which the title names. */
function legend({ series }: Chart): string {
  const hidden = series.flatMap(({ color }, index) => (color === 'none' ? [index] : []))
  if (series.length - hidden.length < 2) return ''
  const entries = hidden.map(
    (index) => `<c:legendEntry><c:idx val="${index}"/><c:delete val="1"/></c:legendEntry>`,
  )
  return `<c:legend><c:legendPos val="b"/>${entries.join('')}<c:overlay val="0"/>${textOf(9)}</c:legend>`
}
