/** The axes of charts as DrawingML (ECMA-376 part 1, §21.2). The order of elements is the schema's. */
import type { Currency } from '../../shared/roi/assumptions.ts'
import { AXIS, GRID, line, textOf, title, xml } from './chart-shapes.ts'
import { linearScale } from './exports/chart/scale.ts'
import { numberFormat } from './number-formats.ts'
import type { Chart, NumberFormat } from './sheet-model.ts'

const AXIS_IDS = { along: 500_000_001, up: 500_000_002 }
/** Whole numbers up to this many are years, marked one by one. */
const MOST_YEARS = 12

/** The last point would be lost where a spreadsheet rounds it beyond the end of its axis. */
const END_ROOM = 1.05

/** By which series refer to their axes. */
export const axisIds = `<c:axId val="${AXIS_IDS.along}"/><c:axId val="${AXIS_IDS.up}"/>`

/** Both axes of a chart. */
export function axesXml(chart: Chart, currency: Currency | null): string {
  const { x, y, series } = chart
  const isTornado = chart.chart === 'tornado'
  const isScatter = chart.chart === 'scatter'
  const xs = series.flatMap((one) => one.x.filter((value): value is number => typeof value === 'number'))
  const base = x.isLogarithmic === true ? logarithmBase(xs) : null
  const along = axis(isScatter ? 'valAx' : 'catAx', {
    id: AXIS_IDS.along,
    crossed: AXIS_IDS.up,
    title: x.title,
    format: numberFormat(x.format, currency),
    // Context lengths are measured: their ends stay. Anything else may change with the assumptions.
    scaling: { base, isReversed: isTornado, ends: base === 2 ? endsWithRoom(xs) : [] },
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
    format: numberFormat(y.format, currency),
    scaling: { base: upBase, isReversed: false, ends: y.isFitted === true ? fittedEnds(chart) : [] },
    position: isTornado ? 'b' : 'l',
    hasGrid: true,
    labels: isTornado ? 'nextTo' : 'low',
    // With the names from the top down, the axis of values crosses at their end to stand below.
    crosses: isTornado ? 'max' : isScatter ? 'min' : 'autoZero',
    end: `<c:crossBetween val="${isScatter ? 'midCat' : 'between'}"/>${majorUnit(upBase)}`,
  })
  return along + up
}

/** Powers of two, as context lengths are, are marked by doubling; anything else by tens. */
const logarithmBase = (values: readonly number[]): 2 | 10 =>
  values.length > 0 && values.every((value) => Number.isInteger(Math.log2(value))) ? 2 : 10

const endsWithRoom = (values: readonly number[]): readonly number[] => [
  Math.min(...values),
  Math.max(...values) * END_ROOM,
]

/** Steps between the marks of a fitted axis. */
const FITTED_STEPS = 6

/** The marks next to the least and the greatest value. */
const fittedEnds = ({ series }: Chart): readonly number[] =>
  linearScale(
    series.flatMap(({ y }) => y.filter((value): value is number => value !== null && Number.isFinite(value))),
    [0, 1],
    FITTED_STEPS,
  ).ticks

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
  (ends.length === 0 ? '' : `<c:max val="${Math.max(...ends)}"/><c:min val="${Math.min(...ends)}"/>`) +
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
