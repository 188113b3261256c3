/** What a run took of time, memory and energy, as rows. */
import type { ArmResult, Results } from '../../shared/results.ts'
import type { FigureRow } from './figure-table.ts'
import { inMebibytes } from './figures.ts'
import { type NumberFormat, text } from './sheet-model.ts'
import type { Words } from './words.ts'

export const SPEED_METRICS = [
  ['ttftMs', 'metric.ttft', 'decimal2'],
  ['tpotMs', 'metric.tpot', 'decimal2'],
  ['tpotP50Ms', 'metric.tpotP50', 'decimal2'],
  ['tpotP95Ms', 'metric.tpotP95', 'decimal2'],
  ['prefillTokensPerSecond', 'metric.prefillRate', 'decimal1'],
  ['decodeTokensPerSecond', 'metric.decodeRate', 'decimal1'],
] as const satisfies readonly (readonly [keyof ArmResult['speed'][number], string, NumberFormat])[]
type SpeedMetric = (typeof SPEED_METRICS)[number]

/** Context lengths of one metric stand below each other, as charts need them. */
export const speedRows = (results: Results, words: Words): FigureRow[] =>
  results.arms.flatMap((arm, place) =>
    SPEED_METRICS.flatMap((metric) => speedMetricRows(arm, place, metric, words)),
  )

export const speedMetricRows = (
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

export function memoryRows(results: Results, words: Words): FigureRow[] {
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

export const kvRows = (
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

export const energyRows = (results: Results, words: Words): FigureRow[] =>
  results.arms.map(({ id: arm }) => ({
    arm,
    label: words('metric.energy'),
    at: null,
    figure: { value: null, unit: 'J/token', provenance: 'unavailable' },
    format: 'decimal2',
    remark: text(words('resources.noEnergy'), { tone: 'muted' }),
  }))
