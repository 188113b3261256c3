import type { ArmResult, ComparisonResult, Figure } from '../../shared/results.ts'
import { type PairedSummary, quantile, summarize, summarizePairs, tpotMs } from '../measure/index.ts'
import type { FinishedUnit } from '../runs/index.ts'
import { type ArmFacts, unitsOf } from './facts.ts'
import { DIMENSIONLESS, figure, meanFigure } from './figures.ts'

type Repetitions = readonly FinishedUnit<'speed'>[]

const speedOf = (samples: readonly FinishedUnit[], arm: string, context: number): Repetitions =>
  unitsOf(samples, 'speed').filter(({ unit }) => unit.arm === arm && unit.context === context)

/** Time to first token by repetition, ms. */
const ttftByRepetition = (repetitions: Repetitions): ReadonlyMap<number, number> =>
  new Map(repetitions.map(({ unit, samples }) => [unit.repetition, samples.ttftMs]))

/** Time per output token by repetition, ms; repetitions that made a single token have none. */
const tpotByRepetition = (repetitions: Repetitions): ReadonlyMap<number, number> =>
  new Map(
    repetitions.flatMap(({ unit, samples }): [number, number][] => {
      const tpot = tpotMs(samples)
      return tpot === null ? [] : [[unit.repetition, tpot]]
    }),
  )

/** Latency and rates of one arm at one context length; rates are means over repetitions. */
export function speedResult(
  samples: readonly FinishedUnit[],
  arm: string,
  context: number,
): ArmResult['speed'][number] {
  const repetitions = speedOf(samples, arm, context)
  const gaps = Float64Array.from(repetitions.flatMap((repetition) => [...repetition.samples.gapsMs]))
  const tpots = [...tpotByRepetition(repetitions).values()]
  const tpot = summarize(tpots)
  const ttft = summarize([...ttftByRepetition(repetitions).values()])
  return {
    context,
    ttftMs: meanFigure(ttft, 'ms'),
    tpotMs: meanFigure(tpot, 'ms'),
    tpotP50Ms: figure(quantile(gaps, 0.5), 'ms', { n: gaps.length }),
    tpotP95Ms: figure(quantile(gaps, 0.95), 'ms', { n: gaps.length }),
    prefillTokensPerSecond: meanFigure(
      summarize(repetitions.map(({ samples: { promptTokens, ttftMs } }) => (1000 * promptTokens) / ttftMs)),
      'tokens/s',
    ),
    decodeTokensPerSecond: meanFigure(summarize(tpots.map((ms) => 1000 / ms)), 'tokens/s'),
    unstable:
      ttft?.unstable === true ||
      tpot?.unstable === true ||
      repetitions.some((repetition) => !repetition.samples.warmUpSettled),
  }
}

/** Memory of one arm; KV bytes at each context length, predicted by 2·L·n_kv·d_h·q·T and measured. */
export function memoryResult(
  samples: readonly FinishedUnit[],
  { id, model, weightsBytes }: ArmFacts,
  contexts: readonly number[],
): ArmResult['memory'] {
  const units = unitsOf(samples, 'memory').filter(({ unit }) => unit.arm === id)
  const peaks = units.flatMap(({ samples: { peakRssBytes } }) =>
    peakRssBytes === null ? [] : [peakRssBytes],
  )
  return {
    weightsBytes: figure(weightsBytes, 'bytes'),
    peakRssBytes: figure(peaks.length === 0 ? null : Math.max(...peaks), 'bytes'),
    kvBytes: contexts.map((context) => ({
      context,
      predicted: figure(model.kvBytesPerToken * context, 'bytes', { provenance: 'estimated' }),
      measured: figure(units.find(({ unit }) => unit.context === context)?.samples.kvBytes ?? null, 'bytes'),
    })),
  }
}

/** Speed and memory of one candidate against the baseline; what an arm lacks is left out. */
export function compareResources(
  samples: readonly FinishedUnit[],
  baseline: Pick<ArmResult, 'id' | 'memory'>,
  candidate: Pick<ArmResult, 'id' | 'memory'>,
  contexts: readonly number[],
): ComparisonResult[] {
  const latencies = contexts.flatMap((context) => {
    const [before, after] = [speedOf(samples, baseline.id, context), speedOf(samples, candidate.id, context)]
    const ttft = summarizePairs(ttftByRepetition(before), ttftByRepetition(after))
    const tpot = summarizePairs(tpotByRepetition(before), tpotByRepetition(after))
    return [
      ...(ttft === null ? [] : [latencyComparison(candidate.id, `ttftMs@${context}`, ttft)]),
      ...(tpot === null ? [] : [latencyComparison(candidate.id, `tpotMs@${context}`, tpot)]),
    ]
  })
  const kv = baseline.memory.kvBytes.flatMap((before) => {
    const after = candidate.memory.kvBytes.find(({ context }) => context === before.context)
    if (after === undefined) return []
    const metric = `kvBytes@${before.context}`
    const measured = byteComparison(candidate.id, metric, before.measured, after.measured)
    return measured.length > 0
      ? measured
      : byteComparison(candidate.id, metric, before.predicted, after.predicted)
  })
  return [
    ...latencies,
    ...kv,
    ...byteComparison(
      candidate.id,
      'weightsBytes',
      baseline.memory.weightsBytes,
      candidate.memory.weightsBytes,
    ),
    ...byteComparison(
      candidate.id,
      'peakRssBytes',
      baseline.memory.peakRssBytes,
      candidate.memory.peakRssBytes,
    ),
  ]
}

function latencyComparison(
  candidate: string,
  metric: string,
  { difference, ratioOfMeans }: PairedSummary,
): ComparisonResult {
  const ci95 = difference.ci95
  return {
    candidate,
    metric,
    difference: meanFigure(difference, 'ms'),
    ci95: ci95 === null ? null : [ci95[0], ci95[1]],
    relative: figure(ratioOfMeans.value - 1, DIMENSIONLESS, {
      ci95: ratioOfMeans.ci95 === null ? null : [ratioOfMeans.ci95[0] - 1, ratioOfMeans.ci95[1] - 1],
      n: ratioOfMeans.n,
    }),
    margin: null,
    verdict: null,
  }
}

/** One comparison of two sizes, or none when either is unknown. */
function byteComparison(
  candidate: string,
  metric: string,
  before: Figure,
  after: Figure,
): ComparisonResult[] {
  if (before.value === null || after.value === null) return []
  const { provenance } = after
  const difference = after.value - before.value
  return [
    {
      candidate,
      metric,
      difference: figure(difference, 'bytes', { provenance }),
      ci95: null,
      relative: figure(difference / before.value, DIMENSIONLESS, { provenance }),
      margin: null,
      verdict: null,
    },
  ]
}
