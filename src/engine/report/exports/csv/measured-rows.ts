import type { ArmResult, ComparisonResult, Results } from '../../../../shared/results.ts'
import { ofFigure, type TidyRow } from './tidy-row.ts'

/** What was measured: quality, agreement, speed and memory by arm, differences from the baseline, scores by document. */
export const measuredRows = (results: Results): readonly TidyRow[] => [
  ...results.arms.flatMap((arm) => [...qualityRows(arm), ...speedRows(arm), ...memoryRows(arm)]),
  ...results.comparisons.flatMap(comparisonRows),
  ...results.documents.flatMap(documentRows),
]

function qualityRows({ id, quality }: ArmResult): TidyRow[] {
  const of = (metric: 'nll' | 'bitsPerByte' | 'perplexity'): TidyRow => ({
    section: 'quality',
    arm: id,
    metric,
    ...ofFigure(quality[metric]),
  })
  return [
    of('nll'),
    of('bitsPerByte'),
    of('perplexity'),
    ...quality.nllByPosition.map(({ from, to, nll }): TidyRow => ({
      section: 'quality',
      arm: id,
      metric: 'nll',
      positionFrom: from,
      positionTo: to,
      ...ofFigure(nll),
    })),
    ...Object.entries(quality.agreement ?? {}).map(([metric, figure]): TidyRow => ({
      section: 'agreement',
      arm: id,
      metric,
      ...ofFigure(figure),
    })),
  ]
}

function speedRows({ id, speed }: ArmResult): TidyRow[] {
  return speed.flatMap(({ context, unstable, ...figures }) =>
    Object.entries(figures).map(([metric, figure]): TidyRow => ({
      section: 'speed',
      arm: id,
      metric,
      context,
      ...ofFigure(figure),
      ...(unstable ? { remark: 'unstable' } : {}),
    })),
  )
}

function memoryRows({ id, memory }: ArmResult): TidyRow[] {
  const of = { section: 'memory', arm: id } as const
  return [
    { ...of, metric: 'weightsBytes', ...ofFigure(memory.weightsBytes) },
    { ...of, metric: 'peakRssBytes', ...ofFigure(memory.peakRssBytes) },
    ...memory.kvBytes.flatMap(({ context, predicted, measured }): TidyRow[] => [
      { ...of, metric: 'kvBytesPredicted', context, ...ofFigure(predicted) },
      { ...of, metric: 'kvBytesMeasured', context, ...ofFigure(measured) },
    ]),
  ]
}

function comparisonRows({
  candidate,
  metric,
  difference,
  ci95,
  relative,
  margin,
  verdict,
}: ComparisonResult): TidyRow[] {
  const [name, context] = metric.split('@')
  const of = {
    section: 'comparison',
    arm: candidate,
    ...(context === undefined ? {} : { context: Number(context) }),
  }
  return [
    { ...of, metric: `${name}.difference`, ...ofFigure(difference), ci95 },
    { ...of, metric: `${name}.relative`, ...ofFigure(relative), remark: verdict },
    ...(margin === null
      ? []
      : [{ ...of, metric: `${name}.margin`, value: margin, unit: '1', provenance: 'assumed' as const }]),
  ]
}

function documentRows({ name, scores }: Results['documents'][number]): TidyRow[] {
  return Object.entries(scores).flatMap(([arm, { nllSum, tokens }]): TidyRow[] => {
    const of = { section: 'document', arm, document: name, provenance: 'measured' } as const
    return [
      { ...of, metric: 'nllSum', value: nllSum, n: tokens, unit: 'nats' },
      { ...of, metric: 'nll', value: tokens === 0 ? null : nllSum / tokens, n: tokens, unit: 'nats/token' },
    ]
  })
}
