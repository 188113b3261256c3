import type { Figure, Results } from '../../shared/results.ts'
import {
  figureCell,
  intervalCells,
  metricLabel,
  provenanceCell,
  unitLabel,
  verdictLabel,
  verdictTone,
} from './figures.ts'
import {
  type Block,
  type Cell,
  empty,
  number,
  type NumberFormat,
  type SheetModel,
  text,
} from './sheet-model.ts'
import type { Words } from './words.ts'

/** Quality per arm with intervals, paired differences with verdicts, nll by position, agreement. */
export function qualitySheet(results: Results, words: Words): SheetModel {
  return {
    name: words('sheet.quality'),
    widths: [30, 34, 16, 16, 16, 16, 14, 12, 18],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('quality.heading') },
      perArm(results, words),
      { kind: 'heading', text: words('quality.comparison') },
      differences(results, words),
      { kind: 'heading', text: words('quality.position') },
      byPosition(results, words),
      ...agreement(results, words),
      { kind: 'paragraph', text: words('provenance.legend'), tone: 'muted' },
    ],
  }
}

const figureColumns = (words: Words): { header: string; align: 'left' | 'right' }[] => [
  { header: words('arm'), align: 'left' },
  { header: words('metric'), align: 'left' },
  { header: words('value'), align: 'right' },
  { header: words('interval.low'), align: 'right' },
  { header: words('interval.high'), align: 'right' },
  { header: words('unit'), align: 'left' },
  { header: words('samples'), align: 'right' },
  { header: words('provenance'), align: 'left' },
]

const figureRow = (
  arm: string,
  label: string,
  figure: Figure,
  format: NumberFormat,
  words: Words,
): Cell[] => [
  text(arm),
  text(label),
  figureCell(figure, format),
  ...intervalCells(figure.ci95, format),
  text(unitLabel(figure.unit)),
  figure.n === undefined ? empty : number(figure.n, 'integer'),
  provenanceCell(figure, words),
]

function perArm(results: Results, words: Words): Block {
  return {
    kind: 'table',
    columns: figureColumns(words),
    rows: results.arms.flatMap(({ id, quality }) => [
      figureRow(id, words('metric.nll'), quality.nll, 'decimal6', words),
      figureRow(id, words('metric.bitsPerByte'), quality.bitsPerByte, 'decimal6', words),
      figureRow(id, words('metric.perplexity'), quality.perplexity, 'decimal4', words),
    ]),
  }
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
  }
}

function byPosition(results: Results, words: Words): Block {
  return {
    kind: 'table',
    columns: figureColumns(words).with(1, { header: words('position'), align: 'left' }),
    rows: results.arms.flatMap(({ id, quality }) =>
      quality.nllByPosition.map(({ from, to, nll }) =>
        figureRow(id, positionLabel(from, to, words), nll, 'decimal4', words),
      ),
    ),
  }
}

const positionLabel = (from: number, to: number, words: Words): string =>
  to - from === 1 ? String(from) : words('position.range', { from, to: to - 1 })

function agreement(results: Results, words: Words): Block[] {
  const rows = results.arms.flatMap(({ id, quality }) =>
    quality.agreement === undefined
      ? []
      : [
          figureRow(id, words('metric.klMean'), quality.agreement.klMean, 'decimal6', words),
          figureRow(id, words('metric.klP95'), quality.agreement.klP95, 'decimal6', words),
          figureRow(id, words('metric.sameTop1'), quality.agreement.sameTop1, 'percent2', words),
          figureRow(id, words('metric.rmsDeltaP'), quality.agreement.rmsDeltaP, 'decimal6', words),
        ],
  )
  if (rows.length === 0) return []
  return [
    { kind: 'heading', text: words('quality.agreement') },
    { kind: 'table', columns: figureColumns(words), rows },
  ]
}
