import type { ArmResult, ComparisonResult, Figure, Results, Verdict } from '../../shared/results.ts'
import { type Cell, number, type NumberFormat, text, type Tone } from './sheet-model.ts'
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

export const provenanceCell = (figure: Figure, words: Words): Cell =>
  text(words(`provenance.${figure.value === null ? 'unavailable' : figure.provenance}`), { tone: 'muted' })

export const intervalCells = (
  interval: readonly [number, number] | null | undefined,
  format: NumberFormat,
): Cell[] => [number(interval?.[0] ?? null, format), number(interval?.[1] ?? null, format)]

/** A pure number has no unit to show. */
export const unitLabel = (unit: string): string => (unit === '1' ? '' : unit)
