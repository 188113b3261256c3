/** The charts of a comparison: results as descriptions that the chart component draws. */
import type { ArmResult, Figure, Provenance, Results } from '../../../shared/results.ts'
import type { ChartPoint, ChartSeries, ChartSpec } from '../../components/chart/chart-spec.ts'
import type { Formatter } from '../../format.ts'
import type { Translate } from '../../i18n.ts'

export interface ChartVocabulary {
  readonly t: Translate
  readonly format: Formatter
}

/** Nll over the position in the document, in buckets that double; smaller is better. */
export function nllByPositionChart(results: Results, { t, format }: ChartVocabulary): ChartSpec {
  return {
    title: t('comparison.chart.nllByPosition'),
    kind: 'line',
    x: { label: t('comparison.axis.position'), type: 'category' },
    y: { label: t('comparison.axis.nll'), unit: 'nats/token' },
    series: results.arms.map((arm, index) =>
      seriesOf(
        arm.id,
        index,
        arm.quality.nllByPosition.map(({ from, to, nll }) => ({
          x: to - from === 1 ? format.integer(from) : `${format.integer(from)}–${format.integer(to - 1)}`,
          figure: nll,
        })),
      ),
    ),
  }
}

/** A latency by context length; smaller is better. */
export function latencyChart(
  results: Results,
  metric: 'ttftMs' | 'tpotMs',
  { t }: ChartVocabulary,
): ChartSpec {
  return {
    title: t(`comparison.chart.${metric}`),
    kind: 'line',
    x: contextAxis(results, t),
    y: { label: t(`comparison.axis.${metric}`), unit: 'ms', from0: true },
    series: results.arms.map((arm, index) =>
      seriesOf(
        arm.id,
        index,
        arm.speed.map((entry) => ({ x: entry.context, figure: entry[metric] })),
      ),
    ),
  }
}

/** KV cache by context length: as measured and, beside it, as the model's shape predicts. */
export function kvBytesChart(results: Results, { t }: ChartVocabulary): ChartSpec {
  const scale = byteScale(
    results.arms.flatMap(({ memory }) =>
      memory.kvBytes.flatMap(({ measured, predicted }) => [measured, predicted]),
    ),
  )
  const series = (arm: ArmResult, index: number, kind: 'measured' | 'predicted'): ChartSeries =>
    seriesOf(
      kind === 'measured' ? arm.id : t('comparison.chart.predicted', { arm: arm.id }),
      index,
      arm.memory.kvBytes.map((entry) => ({
        x: entry.context,
        figure: scale.apply(entry[kind]),
      })),
    )
  return {
    title: t('comparison.chart.kvBytes'),
    kind: 'line',
    x: contextAxis(results, t),
    y: { label: t('comparison.axis.kvBytes'), unit: scale.unit, from0: true },
    series: results.arms.flatMap((arm, index) => [
      series(arm, index, 'measured'),
      series(arm, index, 'predicted'),
    ]),
  }
}

/** Weights and peak resident memory of each arm's own process. */
export function peakMemoryChart(results: Results, { t }: ChartVocabulary): ChartSpec {
  const scale = byteScale(results.arms.flatMap(({ memory }) => [memory.weightsBytes, memory.peakRssBytes]))
  return {
    title: t('comparison.chart.peakMemory'),
    kind: 'bar',
    x: { label: t('comparison.axis.memory'), type: 'category' },
    y: { label: t('comparison.axis.bytes'), unit: scale.unit, from0: true },
    series: results.arms.map((arm, index) =>
      seriesOf(arm.id, index, [
        { x: t('comparison.memory.weights'), figure: scale.apply(arm.memory.weightsBytes) },
        { x: t('comparison.memory.peakRss'), figure: scale.apply(arm.memory.peakRssBytes) },
      ]),
    ),
  }
}

/** Context lengths mostly double; a single one spans no axis. */
const contextAxis = ({ run }: Results, t: Translate): ChartSpec['x'] => ({
  label: t('comparison.axis.context'),
  type: run.contexts.length > 1 ? 'log' : 'category',
  unit: t('comparison.axis.tokens'),
})

interface Entry {
  readonly x: number | string
  readonly figure: Figure
}

function seriesOf(name: string, color: number, entries: readonly Entry[]): ChartSeries {
  return { name, color, provenance: provenanceOf(entries), points: entries.map(pointOf) }
}

const pointOf = ({ x, figure }: Entry): ChartPoint => ({
  x,
  y: figure.value,
  ...(figure.value === null || figure.ci95 === undefined
    ? {}
    : { low: figure.ci95[0], high: figure.ci95[1] }),
})

/** A series holds one kind of figure; those without a value do not count. */
const provenanceOf = (entries: readonly Entry[]): Provenance =>
  entries.find(({ figure }) => figure.value !== null)?.figure.provenance ?? 'unavailable'

/** One binary unit for a whole chart, so that its axis has round numbers. */
function byteScale(figures: readonly Figure[]): {
  readonly unit: string
  readonly apply: (figure: Figure) => Figure
} {
  const largest = Math.max(0, ...figures.map(({ value }) => value ?? 0))
  const [unit, divisor] = largest >= 2 ** 30 ? (['GiB', 2 ** 30] as const) : (['MiB', 2 ** 20] as const)
  const apply = (figure: Figure): Figure => ({
    ...figure,
    unit,
    value: figure.value === null ? null : figure.value / divisor,
  })
  return { unit, apply }
}
