import type { Chart, NumberFormat } from '../../../../shared/report-model.ts'
import type { NumberTexts } from '../number-text.ts'
import { LETTERS, lineMark, textMark } from './marks.ts'
import type { Scale } from './scale.ts'
import { textWidth } from './text-width.ts'

/** Where what is drawn goes, px from the upper left corner. */
export interface Plot {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A chart on its way to paper. */
export interface Drawing {
  readonly chart: Chart
  readonly texts: NumberTexts
  readonly width: number
  readonly height: number
}

const GAP = 8
/** Title of the axis that goes up, above it; room for half a letter of the uppermost tick. */
const TOP = 30
const LINE = 16

/** The values that a chart shows; those of a series without ink count where others stand on it. */
export const shownValues = ({ series }: Chart): readonly number[] =>
  series.flatMap(({ y }) => y.filter((value) => value !== null))

/** Linear scales of charts have steps at least this far apart, px. */
export const stepsIn = (length: number, apart: number): number => Math.max(2, Math.floor(length / apart))

/** The plot that leaves room for the labels of the upward axis, for lines below, and for both titles. */
export function plotOf({ width, height }: Drawing, labels: readonly string[], linesBelow: number): Plot {
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, LETTERS)))
  return {
    left: Math.ceil(widest) + GAP + 4,
    right: width - 18,
    top: TOP,
    bottom: height - LINE * (linesBelow + 1) - GAP,
  }
}

/** Lines across and labels of an axis that goes up. */
export function upwardAxis(
  { texts }: Drawing,
  { left, right }: Plot,
  scale: Scale,
  format: NumberFormat,
): string {
  return scale.ticks
    .map((tick) => {
      const y = scale.place(tick)
      return (
        lineMark(tick === 0 ? 'zero' : 'grid', [left, y], [right, y]) +
        textMark('tick', texts.axis(tick, format), [left - GAP, y + LETTERS / 3], 'end')
      )
    })
    .join('')
}

/** Ticks and labels of an axis that goes along; labels that would touch the one before are left out. */
export function alongAxis(
  { texts }: Drawing,
  { top, bottom }: Plot,
  scale: Scale,
  format: NumberFormat,
  hasGrid: boolean,
): string {
  let free = -Infinity
  return scale.ticks
    .map((tick) => {
      const x = scale.place(tick)
      const label = texts.axis(tick, format)
      const half = textWidth(label, LETTERS) / 2
      const mark = hasGrid
        ? lineMark(tick === 0 ? 'zero' : 'grid', [x, top], [x, bottom])
        : lineMark('axis', [x, bottom], [x, bottom + 4])
      if (x - half < free) return mark
      free = x + half + GAP
      return mark + textMark('tick', label, [x, bottom + LINE + 2], 'middle')
    })
    .join('')
}

/** The axes' titles: what goes up above its labels, what goes along below its own, at its end. */
export function axisTitles({ height }: Drawing, { right }: Plot, along: string, upward: string): string {
  return (
    textMark('axis-title', upward, [0, LETTERS + 2], 'start') +
    textMark('axis-title', along, [right, height - 4], 'end')
  )
}
