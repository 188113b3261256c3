import {
  type ArmResult,
  type ComparisonResult,
  type Figure,
  type Results,
  type Verdict,
  VERDICTS,
} from '../../shared/results.ts'
import { type Cell, number, type NumberFormat, text, type Tone, type ToneRule } from './sheet-model.ts'
import type { Words } from './words.ts'

export function baselineOf(results: Results): ArmResult {
  const baseline = results.arms.find((arm) => arm.role === 'baseline')
  if (baseline === undefined) throw new Error('results without a baseline arm')
  return baseline
}

export function candidatesOf(results: Results): readonly ArmResult[] {
  return results.arms.filter((arm) => arm.role === 'candidate')
}

/** The comparison that carries a candidate's verdict: the one with a margin. */
export function decidingComparison(results: Results, candidate: string): ComparisonResult | undefined {
  return results.comparisons.find((entry) => entry.candidate === candidate && entry.verdict !== null)
}

export function comparisonOf(
  results: Results,
  candidate: string,
  metric: string,
): ComparisonResult | undefined {
  return results.comparisons.find((entry) => entry.candidate === candidate && entry.metric === metric)
}

/** Context lengths at which a candidate's tokens surely come later than the baseline's: the interval lies above 0. */
export const slowerContexts = (results: Results, candidate: string): readonly number[] =>
  results.comparisons
    .filter(
      (entry) =>
        entry.candidate === candidate &&
        entry.metric.startsWith('tpotMs@') &&
        entry.ci95 !== null &&
        entry.ci95[0] > 0,
    )
    .map(({ metric }) => Number(metric.split('@')[1]))

/** The device that did the work: a GPU where one was used, else the processor. */
export const measuredDevice = ({ environment }: Results): string =>
  (environment.providerUsed === 'cpu' ? undefined : environment.gpus[0]?.name) ?? environment.cpu.model

export function verdictTone(verdict: Verdict | null): Tone {
  switch (verdict) {
    case 'kept':
      return 'good'
    case 'worse':
      return 'bad'
    case 'undecided':
    case 'insufficient-data':
      return 'caution'
    case null:
      return 'muted'
  }
}

export const verdictLabel = (verdict: Verdict | null, words: Words): string =>
  words(verdict === null ? 'verdict.none' : `verdict.${verdict}`)

/** Colours of verdicts wherever they stand as text. */
export const verdictTones = (words: Words): readonly ToneRule[] =>
  VERDICTS.map((verdict) => ({ text: verdictLabel(verdict, words), tone: verdictTone(verdict) }))

/** The reader's name of a metric of `comparisons`, with its context length where it has one. */
export function metricLabel(metric: string, words: Words): string {
  const [name, context] = metric.split('@')
  const label = (() => {
    switch (name) {
      case 'nll':
        return words('metric.nll')
      case 'bitsPerByte':
        return words('metric.bitsPerByte')
      case 'perplexity':
        return words('metric.perplexity')
      case 'ttftMs':
        return words('metric.ttft')
      case 'tpotMs':
        return words('metric.tpot')
      case 'kvBytes':
        return words('metric.kvBytes')
      case 'weightsBytes':
        return words('metric.weights')
      case 'peakRssBytes':
        return words('metric.peakRss')
      default:
        return name ?? metric
    }
  })()
  return context === undefined ? label : `${label} @ ${context}`
}

export const figureCell = (figure: Figure, format: NumberFormat): Cell => number(figure.value, format)

export const provenanceLabel = (figure: Figure | undefined, words: Words): string =>
  words(`provenance.${figure === undefined || figure.value === null ? 'unavailable' : figure.provenance}`)

export const provenanceCell = (figure: Figure | undefined, words: Words): Cell =>
  text(provenanceLabel(figure, words), { tone: 'muted' })

export const intervalCells = (
  interval: readonly [number, number] | null | undefined,
  format: NumberFormat,
): Cell[] => [number(interval?.[0] ?? null, format), number(interval?.[1] ?? null, format)]

/** A pure number has no unit to show. */
export const unitLabel = (unit: string): string => (unit === '1' ? '' : unit)

const BYTES_PER_MEBIBYTE = 2 ** 20

/** Bytes as people read them. */
export function inMebibytes(figure: Figure): Figure {
  const { value, ci95 } = figure
  return {
    ...figure,
    value: value === null ? null : value / BYTES_PER_MEBIBYTE,
    ...(ci95 === undefined ? {} : { ci95: [ci95[0] / BYTES_PER_MEBIBYTE, ci95[1] / BYTES_PER_MEBIBYTE] }),
    unit: 'MiB',
  }
}
