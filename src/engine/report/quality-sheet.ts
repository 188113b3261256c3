import type { Results } from '../../shared/results.ts'
import {
  decidingComparison,
  figureCell,
  intervalCells,
  metricLabel,
  provenanceCell,
  verdictLabel,
  verdictTone,
  verdictTones,
} from './figures.ts'
import { orReason } from './drawable.ts'
import { type FigureRow, figureSeries, figureTable } from './figure-table.ts'
import { type Block, type Chart, empty, number, type SheetModel, text } from './sheet-model.ts'
import type { Words } from './words.ts'

/** Quality per arm with intervals, paired differences with verdicts, nll by position, agreement. */
export function qualitySheet(results: Results, words: Words): SheetModel {
  return {
    name: words('sheet.quality'),
    widths: [26, 46, 16, 15, 15, 15, 15, 14, 20],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('sheet.quality') },
      { kind: 'paragraph', text: words('provenance.legend'), tone: 'muted' },
      { kind: 'heading', text: words('quality.comparison') },
      differences(results, words),
      { kind: 'heading', text: words('quality.perArm') },
      figureTable(perArm(results, words), words),
      { kind: 'heading', text: words('quality.position') },
      orReason(positionChart(results, words, { width: 0.5, height: 13 }), words),
      ...differenceChart(results, words),
      figureTable([...positionRows(results, words), ...differenceRows(results, words)].flat(), words, {
        place: words('position.last'),
      }),
      ...agreement(results, words),
    ],
  }
}

function perArm(results: Results, words: Words): FigureRow[] {
  return results.arms.flatMap(({ id: arm, quality }): FigureRow[] => [
    { arm, label: words('metric.nll'), at: null, figure: quality.nll, format: 'decimal6' },
    { arm, label: words('metric.bitsPerByte'), at: null, figure: quality.bitsPerByte, format: 'decimal6' },
    { arm, label: words('metric.perplexity'), at: null, figure: quality.perplexity, format: 'decimal4' },
  ])
}

function differences(results: Results, words: Words): Block {
  const quality = results.comparisons.filter(
    ({ metric }) => !metric.includes('@') && !metric.endsWith('Bytes'),
  )
  return {
    kind: 'table',
    columns: [
      { header: words('candidate'), align: 'left' },
      { header: words('metric'), align: 'left' },
      { header: words('difference'), align: 'right' },
      { header: words('interval.low'), align: 'right' },
      { header: words('interval.high'), align: 'right' },
      { header: words('relative'), align: 'right' },
      { header: words('margin'), align: 'right' },
      { header: words('provenance'), align: 'left' },
      { header: words('verdict'), align: 'left' },
    ],
    rows: quality.map((entry) => [
      text(entry.candidate),
      text(metricLabel(entry.metric, words)),
      figureCell(entry.difference, 'signed4'),
      ...intervalCells(entry.ci95, 'signed4'),
      figureCell(entry.relative, 'signedPercent2'),
      entry.margin === null ? empty : number(entry.margin, 'percent2'),
      provenanceCell(entry.difference, words),
      text(verdictLabel(entry.verdict, words), { tone: verdictTone(entry.verdict) }),
    ]),
    toneRules: verdictTones(words),
  }
}

/** By arm; the place is the last position of a bucket. */
const positionRows = (results: Results, words: Words): FigureRow[][] =>
  results.arms.map(({ id: arm, quality }, place) =>
    quality.nllByPosition.map(({ from, to, nll }, bucket) => ({
      arm,
      label: words('position.range', { from: words.count(from), to: words.count(to - 1) }),
      at: to - 1,
      figure: nll,
      format: 'decimal4',
      id: `position.${place}.${bucket}`,
    })),
  )

/** Does a candidate use long context as well as the baseline does? Refers to the cells of this sheet. */
export function positionChart(
  results: Results,
  words: Words,
  size: { readonly width: number; readonly height: number },
): Chart {
  return {
    kind: 'chart',
    chart: 'scatter',
    title: words('chart.position'),
    alt: words('chart.position.alt', { arms: results.arms.map(({ id }) => id).join(', ') }),
    x: { title: words('position.last'), format: 'integer', isLogarithmic: true },
    y: { title: words('metric.nll'), format: 'decimal2', isFitted: true },
    series: positionRows(results, words).flatMap((rows, place) => figureSeries(scatterable(rows), place)),
    ...size,
  }
}

/** By candidate, where its tokens are the baseline's; none for the others. */
function differenceRows(results: Results, words: Words): FigureRow[][] {
  const before = positionRows(results, words)[results.arms.findIndex(({ role }) => role === 'baseline')] ?? []
  return positionRows(results, words).map((rows, place): FigureRow[] => {
    const arm = results.arms[place]
    const isComparable = arm?.role === 'candidate' && decidingComparison(results, arm.id)?.metric === 'nll'
    if (!isComparable || rows.length !== before.length) return []
    return rows.map((row, bucket) => {
      const [value, ofBaseline] = [row.figure.value, before[bucket]!.figure.value]
      return {
        ...row,
        label: words('position.difference', { range: row.label }),
        figure: {
          value: value === null || ofBaseline === null ? null : value - ofBaseline,
          unit: row.figure.unit,
          provenance: row.figure.provenance,
        },
        format: 'signed4',
        id: `positionDifference.${place}.${bucket}`,
      }
    })
  })
}

/** Lines that lie close together on a chart of nll, told apart. */
function differenceChart(results: Results, words: Words): Chart[] {
  const series = differenceRows(results, words).flatMap((rows, place) =>
    figureSeries(scatterable(rows), place),
  )
  if (series.length === 0) return []
  return [
    {
      kind: 'chart',
      chart: 'scatter',
      title: words('chart.positionDifference'),
      alt: words('chart.positionDifference.alt', { arms: series.map(({ name }) => name).join(', ') }),
      x: { title: words('position.last'), format: 'integer', isLogarithmic: true },
      y: { title: words('chart.positionDifference.axis'), format: 'signed4' },
      series,
      width: 0.5,
      height: 13,
    },
  ]
}

/** A logarithmic axis has no place for position 0. */
const scatterable = (rows: readonly FigureRow[]): FigureRow[] => rows.filter(({ at }) => at !== 0)

function agreement(results: Results, words: Words): Block[] {
  const rows = results.arms.flatMap(({ id: arm, quality: { agreement: figures } }): FigureRow[] =>
    figures === undefined
      ? []
      : [
          { arm, label: words('metric.klMean'), at: null, figure: figures.klMean, format: 'decimal6' },
          { arm, label: words('metric.klP95'), at: null, figure: figures.klP95, format: 'decimal6' },
          { arm, label: words('metric.sameTop1'), at: null, figure: figures.sameTop1, format: 'percent2' },
          { arm, label: words('metric.rmsDeltaP'), at: null, figure: figures.rmsDeltaP, format: 'decimal6' },
        ],
  )
  if (rows.length === 0) return []
  return [{ kind: 'heading', text: words('quality.agreement') }, figureTable(rows, words)]
}
