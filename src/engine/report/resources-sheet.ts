import type { Figure, Results } from '../../shared/results.ts'
import { figureCell, intervalCells, metricLabel, provenanceCell, unitLabel } from './figures.ts'
import { type Block, type Cell, number, type NumberFormat, type SheetModel, text } from './sheet-model.ts'
import type { Words } from './words.ts'

/** Heads and sizes, speed by context length, memory; every row with its origin. */
export function resourcesSheet(results: Results, words: Words): SheetModel {
  return {
    name: words('sheet.resources'),
    widths: [26, 13, 32, 17, 16, 16, 14, 14, 30],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('sheet.resources') },
      { kind: 'heading', text: words('resources.models') },
      models(results, words),
      { kind: 'heading', text: words('resources.speed') },
      speed(results, words),
      { kind: 'heading', text: words('resources.memory') },
      memory(results, words),
      { kind: 'heading', text: words('quality.comparison') },
      differences(results, words),
      { kind: 'paragraph', text: words('provenance.legend'), tone: 'muted' },
    ],
  }
}

function models(results: Results, words: Words): Block {
  const headers = [
    words('arm'),
    words('role'),
    words('model.name'),
    words('model.parameters'),
    words('model.layers'),
    words('model.hidden'),
    words('model.queryHeads'),
    words('model.kvHeads'),
    words('model.kvPerToken'),
  ]
  return {
    kind: 'table',
    columns: headers.map((header, index) => ({ header, align: index < 3 ? 'left' : 'right' })),
    rows: results.arms.map(({ id, role, model }) => [
      text(id),
      text(words(role)),
      text(model.name),
      ...[
        model.parameters,
        model.layers,
        model.hiddenSize,
        model.queryHeads,
        model.kvHeads,
        model.kvBytesPerToken,
      ].map((value) => number(value, 'integer')),
    ]),
  }
}

const columns = (words: Words): { header: string; align: 'left' | 'right' }[] => [
  { header: words('arm'), align: 'left' },
  { header: words('context'), align: 'right' },
  { header: words('metric'), align: 'left' },
  { header: words('value'), align: 'right' },
  { header: words('interval.low'), align: 'right' },
  { header: words('interval.high'), align: 'right' },
  { header: words('unit'), align: 'left' },
  { header: words('provenance'), align: 'left' },
]

const row = (
  arm: string,
  context: number | null,
  label: string,
  figure: Figure,
  format: NumberFormat,
  words: Words,
): Cell[] => [
  text(arm),
  context === null ? text('–') : number(context, 'integer'),
  text(label),
  figureCell(figure, format),
  ...intervalCells(figure.ci95, format),
  text(unitLabel(figure.unit)),
  provenanceCell(figure, words),
]

function speed(results: Results, words: Words): Block {
  return {
    kind: 'table',
    columns: [...columns(words), { header: words('stability'), align: 'left' }],
    rows: results.arms.flatMap(({ id, speed: entries }) =>
      entries.flatMap((entry) => {
        const stability = entry.unstable
          ? text(words('resources.unstable'), { tone: 'caution' })
          : text(words('stable'), { tone: 'muted' })
        return [
          [...row(id, entry.context, words('metric.ttft'), entry.ttftMs, 'decimal2', words), stability],
          [...row(id, entry.context, words('metric.tpot'), entry.tpotMs, 'decimal2', words), stability],
          [...row(id, entry.context, words('metric.tpotP50'), entry.tpotP50Ms, 'decimal2', words), stability],
          [...row(id, entry.context, words('metric.tpotP95'), entry.tpotP95Ms, 'decimal2', words), stability],
          [
            ...row(
              id,
              entry.context,
              words('metric.prefillRate'),
              entry.prefillTokensPerSecond,
              'decimal1',
              words,
            ),
            stability,
          ],
          [
            ...row(
              id,
              entry.context,
              words('metric.decodeRate'),
              entry.decodeTokensPerSecond,
              'decimal1',
              words,
            ),
            stability,
          ],
        ]
      }),
    ),
  }
}

function memory(results: Results, words: Words): Block {
  return {
    kind: 'table',
    columns: columns(words),
    rows: results.arms.flatMap(({ id, memory: { weightsBytes, peakRssBytes, kvBytes } }) => [
      row(id, null, words('metric.weights'), weightsBytes, 'integer', words),
      row(id, null, words('metric.peakRss'), peakRssBytes, 'integer', words),
      ...kvBytes.flatMap(({ context, predicted, measured }) => [
        row(id, context, words('metric.kvPredicted'), predicted, 'integer', words),
        row(id, context, words('metric.kvMeasured'), measured, 'integer', words),
      ]),
    ]),
  }
}

function differences(results: Results, words: Words): Block {
  const resources = results.comparisons.filter(
    ({ metric }) => metric.includes('@') || metric.endsWith('Bytes'),
  )
  return {
    kind: 'table',
    columns: [
      { header: words('candidate'), align: 'left' },
      { header: words('context'), align: 'right' },
      { header: words('metric'), align: 'left' },
      { header: words('difference'), align: 'right' },
      { header: words('interval.low'), align: 'right' },
      { header: words('interval.high'), align: 'right' },
      { header: words('unit'), align: 'left' },
      { header: words('provenance'), align: 'left' },
      { header: words('relative'), align: 'right' },
    ],
    rows: resources.map((entry) => {
      const [name, context] = entry.metric.split('@')
      return [
        text(entry.candidate),
        context === undefined ? text('–') : number(Number(context), 'integer'),
        text(metricLabel(name ?? entry.metric, words)),
        figureCell(entry.difference, 'decimal2'),
        ...intervalCells(entry.ci95, 'decimal2'),
        text(unitLabel(entry.difference.unit)),
        provenanceCell(entry.difference, words),
        figureCell(entry.relative, 'signedPercent2'),
      ]
    }),
  }
}
