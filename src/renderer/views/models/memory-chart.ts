import type { Quantization } from '../../../shared/settings.ts'
import type { ChartSeries, ChartSpec } from '../../components/chart/chart-spec.ts'
import type { Translate } from '../../i18n.ts'
import type { Arm } from './arm.ts'
import { memoryBytes, weightBytes } from './memory-estimate.ts'

/** The memory at hand is drawn only where the models come near it; above that it would flatten them all. */
const NEAR = 4
/** One colour is left for it. */
const MOST_ARMS = 3

const MIB = 2 ** 20
const GIB = 2 ** 30

export interface MemoryChartInput {
  readonly arms: readonly Arm[]
  /** Context lengths in tokens, ascending. */
  readonly contexts: readonly number[]
  readonly quantization: Quantization
  readonly sequences: number
  /** Bytes at hand. */
  readonly memory: number
}

/** Memory that each arm needs by context length, and the memory at hand. */
export function memoryChart(input: MemoryChartInput, t: Translate): ChartSpec {
  const { arms, contexts, quantization, sequences, memory } = input
  const largest = largestNeed(input)
  const unit = largest < GIB ? MIB : GIB
  const needed = arms.map(({ arm, label, model }): ChartSeries => {
    const weights = weightBytes(model, quantization)
    return {
      name: label,
      color: arm,
      provenance: 'estimated',
      points: contexts.map((context) => ({
        x: context,
        y:
          weights === null || context > model.maxPositions
            ? null
            : memoryBytes(model, weights, context, sequences) / unit,
      })),
    }
  })
  const available: ChartSeries = {
    name: t('models.memory.available'),
    color: arms.length,
    provenance: 'assumed',
    points: contexts.map((context) => ({ x: context, y: memory / unit })),
  }
  return {
    title: t('models.memory.chart', { sequences }),
    kind: 'line',
    x: { label: t('models.memory.context'), type: 'log', unit: t('models.memory.unit') },
    y: { label: t('models.memory.needed'), unit: unit === MIB ? 'MiB' : 'GiB', from0: true },
    series: memory <= NEAR * largest && arms.length <= MOST_ARMS ? [...needed, available] : needed,
  }
}

/** Bytes at the top of the chart. */
function largestNeed({ arms, contexts, quantization, sequences }: MemoryChartInput): number {
  const needs = arms.map(({ model }) => {
    const longest = Math.max(0, ...contexts.filter((context) => context <= model.maxPositions))
    return memoryBytes(model, weightBytes(model, quantization) ?? 0, longest, sequences)
  })
  return Math.max(0, ...needs)
}
