import type { Results } from '../../../shared/results.ts'
import { baselineOf, candidatesOf, documentNll } from './results-reading.ts'

/** One document's figures, flat, so that a table can sort by each. */
export interface DocumentScoreRow {
  readonly name: string
  /** Scored under the baseline. */
  readonly tokens: number
  /** By `nll:<arm>` nats per token, and by `relative:<candidate>` the share against the baseline. */
  readonly [figure: string]: string | number | null
}

export const nllField = (arm: string): string => `nll:${arm}`
export const relativeField = (candidate: string): string => `relative:${candidate}`

export interface ScoreOrder {
  readonly by: string
  readonly isDescending: boolean
}

/** Rows by one of their figures or by name; equal ones keep their order, and what has no value stands at the end. */
export function sortScores(
  rows: readonly DocumentScoreRow[],
  { by, isDescending }: ScoreOrder,
  locale: string,
): readonly DocumentScoreRow[] {
  const collator = new Intl.Collator(locale, { numeric: true })
  const sign = isDescending ? -1 : 1
  return rows.toSorted((a, b) => {
    const [left = null, right = null] = [a[by], b[by]]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right)
    return sign * collator.compare(String(left), String(right))
  })
}

/** The documents of a run in its order. Tokenizers that differ make the relative difference meaningless: null. */
export function documentRows(results: Results): readonly DocumentScoreRow[] {
  const baseline = baselineOf(results)
  const candidates = candidatesOf(results)
  return results.documents.map((document) => {
    const tokens = document.scores[baseline.id]?.tokens ?? 0
    const base = documentNll(document, baseline.id)
    const relative = (candidate: string): number | null => {
      const nll = documentNll(document, candidate)
      const isPaired = document.scores[candidate]?.tokens === tokens
      return nll === null || base === null || base === 0 || !isPaired ? null : nll / base - 1
    }
    return {
      name: document.name,
      tokens,
      ...Object.fromEntries(results.arms.map(({ id }) => [nllField(id), documentNll(document, id)])),
      ...Object.fromEntries(candidates.map(({ id }) => [relativeField(id), relative(id)])),
    }
  })
}
