import type { ArmResult, Results } from '../../shared/results.ts'
import {
  figureCell,
  type FigureRow,
  figureSeries,
  figureTable,
  inMebibytes,
  intervalCells,
  metricLabel,
  provenanceCell,
  unitLabel,
} from './figures.ts'
import {
  type Block,
  type Chart,
  empty,
  number,
  type NumberFormat,
  type SheetModel,
  text,
} from './sheet-model.ts'
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
    widths: [26, 34, 14, 17, 15, 15, 14, 13, 13, 32],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('sheet.resources') },
      { kind: 'paragraph', text: words('provenance.legend'), tone: 'muted' },
      { kind: 'heading', text: words('resources.models') },
      models(results, words),
      { kind: 'heading', text: words('resources.charts') },
      memoryChart(results, words, { width: 0.5, height: 15 }),
      speedChart('tpotMs', results, words, { width: 0.5, height: 15 }),
      speedChart('ttftMs', results, words, { width: 0.5, height: 15 }),
      { kind: 'heading', text: words('quality.comparison') },
      differences(results, words),
      { kind: 'heading', text: words('resources.speed') },
      figureTable(speedRows(results, words), words, { place, remark: words('stability') }),
      { kind: 'heading', text: words('resources.memory') },
      figureTable(memoryRows(results, words), words, { place }),
      { kind: 'heading', text: words('resources.energy') },
      figureTable(energyRows(results, words), words, { remark: words('reason') }),
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

const SPEED_METRICS = [
  ['ttftMs', 'metric.ttft', 'decimal2'],
  ['tpotMs', 'metric.tpot', 'decimal2'],
  ['tpotP50Ms', 'metric.tpotP50', 'decimal2'],
  ['tpotP95Ms', 'metric.tpotP95', 'decimal2'],
  ['prefillTokensPerSecond', 'metric.prefillRate', 'decimal1'],
  ['decodeTokensPerSecond', 'metric.decodeRate', 'decimal1'],
] as const satisfies readonly (readonly [keyof ArmResult['speed'][number], string, NumberFormat])[]
type SpeedMetric = (typeof SPEED_METRICS)[number]

/** Context lengths of one metric stand below each other, as charts need them. */
const speedRows = (results: Results, words: Words): FigureRow[] =>
  results.arms.flatMap((arm, place) =>
    SPEED_METRICS.flatMap((metric) => speedMetricRows(arm, place, metric, words)),
  )

const speedMetricRows = (
  { id: arm, speed }: ArmResult,
  place: number,
  [metric, label, format]: SpeedMetric,
  words: Words,
): FigureRow[] =>
  speed.map((entry, index) => ({
    arm,
    label: words(label),
    at: entry.context,
    figure: entry[metric],
    format,
    id: `${metric}.${place}.${index}`,
    remark: entry.unstable
      ? text(words('resources.unstable'), { tone: 'caution' })
      : text(words('stable'), { tone: 'muted' }),
  }))

function memoryRows(results: Results, words: Words): FigureRow[] {
  return results.arms.flatMap((entry, place) => {
    const { id: arm, memory } = entry
    const whole = { arm, at: null, format: 'decimal2' } as const
    return [
      { ...whole, label: words('metric.weights'), figure: inMebibytes(memory.weightsBytes) },
      { ...whole, label: words('metric.peakRss'), figure: inMebibytes(memory.peakRssBytes) },
      ...kvRows(entry, place, 'predicted', words),
      ...kvRows(entry, place, 'measured', words),
    ]
  })
}

const kvRows = (
  { id: arm, memory }: ArmResult,
  place: number,
  kind: 'predicted' | 'measured',
  words: Words,
): FigureRow[] =>
  memory.kvBytes.map(({ context, [kind]: figure }, index) => ({
    arm,
    label: words(kind === 'predicted' ? 'metric.kvPredicted' : 'metric.kvMeasured'),
    at: context,
    figure: inMebibytes(figure),
    format: 'decimal2',
    id: `kvBytes.${kind}.${place}.${index}`,
  }))

const energyRows = (results: Results, words: Words): FigureRow[] =>
  results.arms.map(({ id: arm }) => ({
    arm,
    label: words('metric.energy'),
    at: null,
    figure: { value: null, unit: 'J/token', provenance: 'unavailable' },
    format: 'decimal2',
    remark: text(words('resources.noEnergy'), { tone: 'muted' }),
  }))

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
