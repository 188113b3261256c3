import { setImmediate as nextTurn } from 'node:timers/promises'

import type { ArmResult, ComparisonResult } from '../../shared/results.ts'
import {
  bitsPerByte,
  evaluate,
  klMean,
  klP95,
  nll,
  nllByPosition,
  perplexity,
  rmsDeltaP,
  sameTop1,
  type SumMetric,
} from '../metrics/index.ts'
import type { BootstrapOptions } from './bootstrap.ts'
import { DIMENSIONLESS, figure } from './figures.ts'
import { MetricBootstrap, type MetricEstimate } from './metric-bootstrap.ts'
import type { PairedArms, ScoredArm } from './paired-scores.ts'
import { holmVerdicts, verdictOf } from './verdict.ts'

type Quality = ArmResult['quality']

export interface QualityResults {
  /** By arm id. */
  readonly quality: ReadonlyMap<string, Quality>
  readonly comparisons: readonly ComparisonResult[]
  /** Documents behind the verdicts. */
  readonly documents: number
  /** Candidates that their own interval decides, but not Holm's correction for several candidates. */
  readonly undecidedByCorrection: readonly string[]
}

/**
 * Quality of every arm, and of every candidate against the baseline. Resampling thousands of documents takes seconds;
 * between two resamplings the process hears whoever watches it.
 */
export async function qualityResults(
  arms: PairedArms,
  marginNll: number,
  options: BootstrapOptions,
): Promise<QualityResults> {
  const all = [arms.baseline, ...arms.candidates]
  const corpus = new MetricBootstrap(
    all.flatMap(({ documents }) => LIKELIHOODS.map((metric) => ({ metric, documents }))),
    options,
  )
  const quality = new Map<string, Quality>()
  for (const [index, arm] of all.entries()) {
    quality.set(arm.facts.id, await armQuality(arm, index, corpus, options))
  }
  const { comparisons, undecidedByCorrection } = compareCandidates(arms.candidates, corpus, marginNll)
  return { quality, comparisons, documents: corpus.documents, undecidedByCorrection }
}

/** Resampled together for all arms; series number = arm · 2 + place here. */
const LIKELIHOODS = [nll, bitsPerByte] as const
const seriesOf = (armIndex: number, metric: (typeof LIKELIHOODS)[number]): number =>
  armIndex * LIKELIHOODS.length + LIKELIHOODS.indexOf(metric)

async function armQuality(
  { documents, facts, sharesTokenizer }: ScoredArm,
  armIndex: number,
  corpus: MetricBootstrap,
  options: BootstrapOptions,
): Promise<Quality> {
  const nllEstimate = corpus.value(seriesOf(armIndex, nll))
  const nllFigure = corpus.figure(nllEstimate, nll.unit)
  const byPosition: Quality['nllByPosition'][number][] = []
  for (const metric of nllByPosition(documents)) {
    await nextTurn()
    const bucket = new MetricBootstrap([{ metric, documents }], options)
    byPosition.push({ from: metric.from, to: metric.to, nll: bucket.figure(bucket.value(0), metric.unit) })
  }
  const hasPairs = documents.some(({ windows }) => windows.some(({ pair }) => pair !== undefined))
  return {
    nll: nllFigure,
    bitsPerByte: corpus.figure(corpus.value(seriesOf(armIndex, bitsPerByte)), bitsPerByte.unit),
    // exp is monotone, so the ends of the interval carry over.
    perplexity: figure(Math.exp(nllEstimate.value), perplexity.unit, {
      ci95: nllFigure.ci95 === undefined ? null : [Math.exp(nllFigure.ci95[0]), Math.exp(nllFigure.ci95[1])],
      n: corpus.documents,
    }),
    nllByPosition: byPosition,
    ...(facts.role === 'candidate' && sharesTokenizer && hasPairs
      ? { agreement: agreement(documents, options) }
      : {}),
  }
}

function agreement(
  documents: ScoredArm['documents'],
  options: BootstrapOptions,
): NonNullable<Quality['agreement']> {
  const metrics: readonly SumMetric[] = [klMean, sameTop1, rmsDeltaP]
  const bootstrap = new MetricBootstrap(
    metrics.map((metric) => ({ metric, documents })),
    options,
  )
  const of = (metric: SumMetric) => bootstrap.figure(bootstrap.value(metrics.indexOf(metric)), metric.unit)
  return {
    klMean: of(klMean),
    klP95: figure(evaluate(klP95, documents), klP95.unit, { n: bootstrap.documents }),
    sameTop1: of(sameTop1),
    rmsDeltaP: of(rmsDeltaP),
  }
}

/**
 * Each candidate's verdict rests on one metric: nll, or bits per byte where the tokenizers differ. It is judged by the
 * interval of the relative difference, corrected by Holm for the number of candidates; the interval shown is the
 * uncorrected one.
 */
function compareCandidates(
  candidates: readonly ScoredArm[],
  corpus: MetricBootstrap,
  margin: number,
): Pick<QualityResults, 'comparisons' | 'undecidedByCorrection'> {
  const entries = candidates.flatMap((arm, index) =>
    (arm.sharesTokenizer ? LIKELIHOODS : [bitsPerByte]).map((metric, place) => {
      const [candidate, baseline] = [seriesOf(index + 1, metric), seriesOf(0, metric)]
      return {
        arm: arm.facts.id,
        metric,
        decides: place === 0,
        difference: corpus.difference(candidate, baseline),
        relative: corpus.relative(candidate, baseline),
      }
    }),
  )
  const deciding = entries.filter(({ decides }) => decides)
  const verdicts = verdictsOf(
    deciding.map(({ relative }) => relative),
    margin,
  )
  const comparisons = entries.map((entry): ComparisonResult => {
    const difference = corpus.figure(entry.difference, entry.metric.unit)
    return {
      candidate: entry.arm,
      metric: entry.metric.id,
      difference,
      ci95: difference.ci95 ?? null,
      relative: corpus.figure(entry.relative, DIMENSIONLESS),
      margin: entry.decides ? margin : null,
      verdict: entry.decides ? verdicts[deciding.indexOf(entry)]! : null,
    }
  })
  const undecidedByCorrection = deciding
    .filter(({ relative: { bootstrap } }, index) => {
      const alone = bootstrap === null ? 'undecided' : verdictOf(bootstrap.interval(), margin)
      return verdicts[index] === 'undecided' && alone !== 'undecided'
    })
    .map(({ arm }) => arm)
  return { comparisons, undecidedByCorrection }
}

function verdictsOf(relatives: readonly MetricEstimate[], margin: number) {
  const distributions = relatives.flatMap(({ bootstrap }) => (bootstrap === null ? [] : [bootstrap]))
  return distributions.length < relatives.length
    ? relatives.map(() => 'insufficient-data' as const)
    : holmVerdicts(distributions, margin)
}
