/** Ink, letters and colours of the charts, as DrawingML. */
import { chartText } from './safe-text.ts'
import type { ChartSeries, Tone } from './sheet-model.ts'
import { FONT } from './styles.ts'
import { escapeXml } from './xml.ts'

/** The baseline first, as in the application. */
const ARM_COLORS = ['4A648C', 'C0481C', '0F746B', '6B4EB0']
const TONE_COLORS: Record<Tone, string> = {
  good: '1A6B47',
  bad: 'B0261D',
  caution: 'C78A12',
  muted: '8A94A3',
}
export const GRID = 'DFE4EC'
export const AXIS = '7A8597'
const TEXT = '1B2330'

export const xml = (value: string): string => escapeXml(chartText(value))

export const fill = (color: string, opacity = 1): string =>
  color === 'none'
    ? '<a:noFill/>'
    : `<a:solidFill><a:srgbClr val="${color}">${opacity === 1 ? '' : `<a:alpha val="${opacity * 100_000}"/>`}</a:srgbClr></a:solidFill>`

/** @param width points */
export const line = (
  color: string,
  { width, isDashed = false }: { width: number; isDashed?: boolean },
): string =>
  `<a:ln w="${width * 12_700}" cap="rnd">${fill(color)}${isDashed ? '<a:prstDash val="dash"/>' : ''}<a:round/></a:ln>`

function colorOf({ color }: ChartSeries): string {
  if (color === 'none') return 'none'
  return typeof color === 'number' ? (ARM_COLORS[color % ARM_COLORS.length] ?? AXIS) : TONE_COLORS[color]
}

/** Lines with points: dashed with hollow points where nothing was measured. */
export function strokes(series: ChartSeries): string {
  const color = colorOf(series)
  const isDashed = !series.isMeasured
  return (
    `<c:spPr>${line(color, { width: 2, isDashed })}</c:spPr><c:marker><c:symbol val="circle"/><c:size val="5"/>` +
    `<c:spPr>${fill(isDashed ? 'FFFFFF' : color)}${line(color, { width: 1 })}</c:spPr></c:marker>`
  )
}

/** Bars: paler and with a dashed edge where nothing was measured. */
export function area(series: ChartSeries): string {
  const color = colorOf(series)
  const shape =
    color === 'none'
      ? `${fill('none')}<a:ln><a:noFill/></a:ln>`
      : series.isMeasured
        ? fill(color)
        : `${fill(color, 0.6)}${line(color, { width: 1, isDashed: true })}`
  return `<c:spPr>${shape}</c:spPr><c:invertIfNegative val="0"/>`
}

const letters = (tag: string, size: number, isBold: boolean): string =>
  `<a:${tag} sz="${size * 100}" b="${isBold ? 1 : 0}">${fill(TEXT)}<a:latin typeface="${FONT}"/><a:ea typeface="${FONT}"/></a:${tag}>`

export const textOf = (size: number): string =>
  `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>${letters('defRPr', size, false)}</a:pPr><a:endParaRPr/></a:p></c:txPr>`

export const title = (
  value: string,
  { size, isBold, isVertical }: { size: number; isBold: boolean; isVertical: boolean },
): string =>
  `<c:title><c:tx><c:rich><a:bodyPr${isVertical ? ' rot="-5400000" vert="horz"' : ''}/><a:lstStyle/>` +
  `<a:p><a:pPr>${letters('defRPr', size, isBold)}</a:pPr><a:r>${letters('rPr', size, isBold)}<a:t>${xml(value)}</a:t></a:r></a:p>` +
  '</c:rich></c:tx><c:overlay val="0"/></c:title>'
