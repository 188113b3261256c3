import type { Results } from '../../shared/results.ts'
import { orReason } from './drawable.ts'
import { figureCell, inMebibytes, intervalCells, metricLabel, provenanceCell, unitLabel } from './figures.ts'
import { figureSeries, figureTable } from './figure-table.ts'
import { energyRows, kvRows, memoryRows, SPEED_METRICS, speedMetricRows, speedRows } from './resource-rows.ts'
import { type Block, type Chart, empty, number, type SheetModel, text } from './sheet-model.ts'
import type { Words } from './words.ts'

interface ChartSize {
  readonly width: number
  readonly height: number
}

/** Heads and sizes, speed and memory by context length, energy; every row with its origin. */
export function resourcesSheet(results: Results, words: Words): SheetModel {
  const place = words('context')
  return {
    name: words('sheet.resources'),
    widths: [28, 40, 17, 17, 17, 17, 17, 16, 16, 40],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('sheet.resources') },
      { kind: 'paragraph', text: words('provenance.legend'), tone: 'muted' },
      { kind: 'heading', text: words('resources.models') },
      models(results, words),
      { kind: 'heading', text: words('resources.charts') },
      orReason(memoryChart(results, words, { width: 1 / 3, height: 13 }), words),
      orReason(speedChart('tpotMs', results, words, { width: 1 / 3, height: 13 }), words),
      orReason(speedChart('ttftMs', results, words, { width: 1 / 3, height: 13 }), words),
      { kind: 'heading', text: words('quality.comparison') },
      differences(results, words),
      { kind: 'heading', text: words('resources.speed') },
      figureTable(speedRows(results, words), words, { place, remark: words('stability') }),
      { kind: 'heading', text: words('resources.memory') },
      figureTable(memoryRows(results, words), words, { place }),
      { kind: 'heading', text: words('resources.energy') },
      figureTable(energyRows(results, words), words, { place, remark: words('reason') }),
    ],
  }
}

function models(results: Results, words: Words): Block {
  const headers = [
    words('arm'),
    words('model.name'),
    words('role'),
    words('model.parameters'),
    words('model.layers'),
    words('model.hidden'),
    words('model.queryHeads'),
    words('model.kvHeads'),
    words('model.headDim'),
    words('model.kvPerToken'),
  ]
  return {
    kind: 'table',
    columns: headers.map((header, index) => ({ header, align: index < 3 ? 'left' : 'right' })),
    rows: results.arms.map(({ id, role, model }) => [
      text(id),
      text(model.name),
      text(words(role)),
      ...[
        model.parameters,
        model.layers,
        model.hiddenSize,
        model.queryHeads,
        model.kvHeads,
        model.headDim,
        model.kvBytesPerToken,
      ].map((value) => number(value, 'integer')),
    ]),
  }
}

/** KV cache of one sequence by context length, as measured, else as predicted. Refers to the cells of this sheet. */
export function memoryChart(results: Results, words: Words, size: ChartSize): Chart {
  return {
    kind: 'chart',
    chart: 'scatter',
    title: words('chart.memory'),
    alt: words('chart.memory.alt', { arms: results.arms.map(({ id }) => id).join(', ') }),
    x: { title: words('context'), format: 'integer', isLogarithmic: true },
    y: { title: words('chart.memory.axis'), format: 'decimal1', isLogarithmic: true },
    series: results.arms.flatMap((arm, place) => {
      const isMeasured = arm.memory.kvBytes.every(({ measured }) => measured.value !== null)
      return figureSeries(kvRows(arm, place, isMeasured ? 'measured' : 'predicted', words), place)
    }),
    ...size,
  }
}

function speedChart(metric: 'ttftMs' | 'tpotMs', results: Results, words: Words, size: ChartSize): Chart {
  const definition = SPEED_METRICS.find(([key]) => key === metric)!
  return {
    kind: 'chart',
    chart: 'scatter',
    title: words(`chart.${metric}`),
    alt: words(`chart.${metric}.alt`, { arms: results.arms.map(({ id }) => id).join(', ') }),
    x: { title: words('context'), format: 'integer', isLogarithmic: true },
    // Time to first token grows with the context, time per token hardly: the one needs a logarithmic axis.
    y: { title: 'ms', format: 'decimal1', ...(metric === 'ttftMs' ? { isLogarithmic: true } : {}) },
    series: results.arms.flatMap((arm, place) =>
      figureSeries(speedMetricRows(arm, place, definition, words), place),
    ),
    ...size,
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
      { header: words('metric'), align: 'left' },
      { header: words('context'), align: 'right' },
      { header: words('difference'), align: 'right' },
      { header: words('interval.low'), align: 'right' },
      { header: words('interval.high'), align: 'right' },
      { header: words('unit'), align: 'left' },
      { header: words('relative'), align: 'right' },
      { header: words('provenance'), align: 'left' },
    ],
    rows: resources.map(({ candidate, metric, difference: raw, relative, ci95 }) => {
      const [name = metric, context] = metric.split('@')
      const isBytes = name.endsWith('Bytes')
      const difference = isBytes ? inMebibytes(raw) : raw
      return [
        text(candidate),
        text(metricLabel(name, words)),
        context === undefined ? empty : number(Number(context), 'integer'),
        figureCell(difference, 'decimal2'),
        ...(isBytes ? intervalCells(null, 'decimal2') : intervalCells(ci95, 'decimal2')),
        text(unitLabel(difference.unit)),
        figureCell(relative, 'signedPercent2'),
        provenanceCell(difference, words),
      ]
    }),
  }
}
